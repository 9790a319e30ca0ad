using System.CommandLine;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord mirror</c>: keeps a copy of what is public of an authority, verified while it is
/// brought, and refuses a history that is not the continuation of the one it holds.
/// </summary>
internal static class MirrorVerb
{
    private const int DefaultSeconds = 5;

    private static readonly Argument<string> s_source = new("SOURCE")
    {
        HelpName = "URL|DIR",
        Description = "A running authority, its data folder, or another mirror",
    };

    private static readonly Option<string?> s_vkey = Values.Text(
        "--vkey",
        "KEY|FILE",
        "The log's verifier key [default: what the source says, at the first time]"
    );

    private static readonly Option<bool> s_follow = new("--follow")
    {
        Description = "Go on until it is stopped",
    };

    private static readonly Option<int> s_every = new("--every")
    {
        HelpName = "SECONDS",
        Description = "With --follow: how long to wait between two looks",
        DefaultValueFactory = _ => DefaultSeconds,
    };

    public static Command Create() =>
        new Command("mirror", "Keep a verified copy of what is public of an authority")
            .With(s_source, s_vkey, s_follow, s_every)
            .Does(MirrorAsync);

    private static async Task<ExitCode> MirrorAsync(Session session)
    {
        using var source = new MirrorSource(session.Words.GetRequiredValue(s_source));
        var mirror = new MirrorFolder(session.Folder.Path);
        var log = await KeysAsync(session, source, mirror);
        using var held = mirror.Data.Lock();
        long scanned = 0;
        var said = "";
        do
        {
            try
            {
                var before = scanned;
                scanned = await PullAsync(session, source, mirror, log, scanned);
                log = Learn(session, mirror, log, before, scanned);
                said = "";
            }
            catch (CommandFault fault)
                when (fault.Code != ExitCode.Forked && session.Words.GetValue(s_follow))
            {
                // On the day on which the source is lost, nobody is there to start it again.
                if (!string.Equals(said, fault.Message, StringComparison.Ordinal))
                {
                    session.Terminal.Note($"  {fault.Message}");
                }

                said = fault.Message;
            }
        } while (await GoesOnAsync(session));

        return ExitCode.Done;
    }

    private static async Task<bool> GoesOnAsync(Session session)
    {
        if (!session.Words.GetValue(s_follow))
        {
            return false;
        }

        try
        {
            var pause = TimeSpan.FromSeconds(Math.Max(1, session.Words.GetValue(s_every)));
            await Task.Delay(pause, TimeProvider.System, session.Cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The key that was said, or the one that is pinned, or the one of the
    /// source.</summary>
    private static async Task<LogKeys> KeysAsync(
        Session session,
        MirrorSource source,
        MirrorFolder mirror
    )
    {
        if (File.Exists(mirror.Data.Database))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{mirror.Path} is the data folder of an authority, not a mirror.",
                "Name a folder of its own with --data."
            );
        }

        var said = session.Words.GetValue(s_vkey) is { } text ? Read(text) : null;
        if (mirror.Data.IsFounded)
        {
            var pinned = LogRecovery.KeysOf(session.File, mirror.Data.AuthorityFile);
            return said is null || pinned.Verifiers.Contains(said)
                ? pinned
                : throw Another(mirror.Data.AuthorityFile, pinned.Newest, said);
        }

        var file = await source.AuthorityAsync(session.Cancel);
        var shown = Read(file.VerifierKey);
        if (said is not null && !said.Equals(shown))
        {
            throw Another("the source", shown, said);
        }

        DataFolder.CreatePrivate(mirror.Path);
        file.Write(mirror.Data);
        if (said is null)
        {
            session.Terminal.Note(
                $"The source's own word is taken for its key, and kept: {shown}\n"
                    + "  Compare it with what the authority has printed elsewhere."
            );
        }

        return shown;
    }

    private static NoteVerifier Read(string text)
    {
        var key = File.Exists(text) ? File.ReadAllText(text).Trim() : text;
        return NoteVerifier.TryParse(key, out var verifier, out var fault)
            ? verifier
            : throw new CommandFault(
                ExitCode.Usage,
                $"{key} is not a verifier key: {fault}",
                "`concord log vkey` prints it."
            );
    }

    private static CommandFault Another(string whose, NoteVerifier shown, NoteVerifier said) =>
        new(
            ExitCode.NotSo,
            $"The key of {whose} is not the one that was said.",
            "Mirror another log into another folder."
        )
        {
            Details = [("there", shown.ToString()), ("said", said.ToString())],
        };

    private static async Task<long> PullAsync(
        Session session,
        MirrorSource source,
        MirrorFolder mirror,
        LogKeys log,
        long scanned
    )
    {
        var tiles = new FileTiles(mirror.Data.Log);
        LogPullReport report;
        try
        {
            report = await RecoveryFaults.TellAsync(() =>
                session.Terminal.WatchAsync(
                    "Mirroring",
                    progress =>
                        ForkAsync(
                            mirror,
                            () =>
                                LogPull.RunAsync(
                                    source.Log,
                                    tiles,
                                    log,
                                    isWhole: false,
                                    progress,
                                    session.Cancel,
                                    entries => KeysIn(entries, log)
                                )
                        )
                )
            );
        }
        catch (OperationCanceledException) when (session.Words.GetValue(s_follow))
        {
            return scanned;
        }

        var (brought, gone) = await BringAsync(session, source, mirror, scanned, report.Held.Size);
        if (scanned == 0 || report.Entries > 0)
        {
            Say(session, report, brought, gone);
        }

        return report.Held.Size;
    }

    /// <summary>
    /// The keys that the log names by now: roots have signed their key sets, and the log that was
    /// held before signed the tree in which they stand.
    /// </summary>
    private static LogKeys Learn(
        Session session,
        MirrorFolder mirror,
        LogKeys log,
        long from,
        long size
    )
    {
        var tiles = new FileTiles(mirror.Data.Log);
        if (
            !LogBundles.Read(tiles, from, size).Any(entry => KeySetChain.Concerns(entry.Span))
            || KeysIn(LogBundles.Read(tiles, 0, size), log) is not { } named
        )
        {
            return log;
        }

        AuthorityFile.Read(mirror.Data).Naming(named).Write(mirror.Data);
        if (named.Verifiers.Count > log.Verifiers.Count)
        {
            session.Terminal.Note($"  The log's roots name a further key: {named.Newest}");
        }

        return named;
    }

    private static LogKeys? KeysIn(IEnumerable<ReadOnlyMemory<byte>> entries, LogKeys known) =>
        KeySetChain.Of(entries).Sets.LogKeys() is { } named
        && named.Verifiers.Contains(known.Newest)
            ? named
            : null;

    private static async Task<LogPullReport> ForkAsync(
        MirrorFolder mirror,
        Func<Task<LogPullReport>> pull
    )
    {
        try
        {
            return await pull();
        }
        catch (LogForkException fork)
        {
            throw RecoveryFaults.Fork(fork, mirror.Keep(fork));
        }
    }

    private static async Task<(int Brought, int Gone)> BringAsync(
        Session session,
        MirrorSource source,
        MirrorFolder mirror,
        long from,
        long size
    )
    {
        var (brought, gone) = (0, 0);
        var contents = mirror.Contents;
        var erased = mirror.ErasedIn(from, size);
        foreach (var digest in erased)
        {
            contents.Delete(digest);
        }

        var tiles = new FileTiles(mirror.Data.Log);
        var attachments = LogBundles
            .Read(tiles, from, size)
            .SelectMany(
                (entry, i) =>
                    PublicAttachment.Of(
                        from + i,
                        entry,
                        index => LogBundles.Read(tiles, index, size).First()
                    )
            );
        foreach (var attachment in attachments)
        {
            if (erased.Contains(attachment.Digest) || contents.Read(attachment.Digest) is not null)
            {
                continue;
            }

            var bytes = await source.ReadAsync(attachment, session.Cancel);
            if (bytes is not null && Digest.Of(bytes) == attachment.Digest)
            {
                contents.Write(bytes);
                brought++;
            }
            else
            {
                gone++;
            }
        }

        return (brought, gone);
    }

    private static void Say(Session session, LogPullReport report, int brought, int gone)
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("origin", report.Held.Origin);
            json.WriteNumber("size", report.Held.Size);
            json.WriteString("root", report.Held.Root.ToBase64());
            json.WriteNumber("entries", report.Entries);
            json.WriteNumber("fetched", report.Fetched);
            json.WriteNumber("documents", brought);
            json.WriteNumber("documents_missing", gone);
            json.WriteBoolean("source_is_behind", report.IsBehind);
            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        terminal.Say(
            $"[green]✓[/] [bold]{Markup.Escape(report.Held.Origin)}[/] at size "
                + $"{report.Held.Size}: {report.Entries} entries are new, every one as the log "
                + "signed it"
        );
        if (brought + gone > 0)
        {
            terminal.Fact("documents", $"{brought} brought, {gone} not to be had");
        }

        if (report.IsBehind)
        {
            terminal.Say(
                $"[yellow]![/] the source shows size {report.Shown.Size}, which this mirror is "
                    + "past: it was restored from an older copy, or lags"
            );
        }
    }
}
