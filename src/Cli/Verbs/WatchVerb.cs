using System.CommandLine;
using Concord.Acts.Lineage;
using Concord.Cli.Scanning;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord watch</c>: scans every upload to a folder, and with a key reports the copies that it
/// finds.
/// </summary>
internal static class WatchVerb
{
    private static readonly Argument<DirectoryInfo> s_folder = new("FOLDER")
    {
        Description = "The folder of uploads: each file or folder in it is one",
    };

    private static readonly Option<int> s_every = new("--every")
    {
        HelpName = "SECONDS",
        Description = "The time between two looks; what is unchanged for two is scanned",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<FileInfo> s_state = new("--state")
    {
        HelpName = "FILE",
        Description = "Where is kept what was dealt with, outside of the folder",
        DefaultValueFactory = _ => new("concord-watch.jsonl"),
    };

    private static readonly Option<PlaceKind?> s_kind = Values.Word<PlaceKind>(
        "--kind",
        "The kind of place, which is public [default: hub]"
    );

    private static readonly Option<string?> s_country = Values.Text(
        "--country",
        "CC",
        "The country of the place, which is public"
    );

    private static readonly Option<string?> s_at = Values.Text(
        "--at",
        "URL",
        "The address before an upload's name, which is sealed [default: the folder]"
    );

    private static readonly Option<bool> s_once = new("--once")
    {
        Description = "End when nothing waits any more",
    };

    public static Command Create() =>
        new Command("watch", "Scan every upload to a folder; with a key, report copies found")
            .With(s_folder, s_every, s_state, s_once)
            .With(s_kind, s_country, s_at, Shared.Key, Shared.For, Shared.Receipts)
            .Does(WatchAsync);

    private static async Task<ExitCode> WatchAsync(Session session)
    {
        var folder = session.Words.GetRequiredValue(s_folder);
        if (!folder.Exists)
        {
            throw new CommandFault(ExitCode.Usage, $"There is no folder {folder.FullName}.");
        }

        var every = session.Words.GetValue(s_every);
        if (every is < 1 or > 86_400)
        {
            throw new CommandFault(ExitCode.Usage, "--every is from 1 to 86400 seconds.");
        }

        using var memory = UploadMemory.Open(session.Words.GetRequiredValue(s_state).FullName);
        using var client = ScanVerb.HasAuthority(session) ? session.Connect() : null;
        var asking = client is null ? null : new Identification(session, client);
        using var signatory = client is null ? null : await SignatoryAsync(session, client);
        var report = signatory is null ? null : Report(session, client!, signatory, memory);
        if (report is not null)
        {
            await report.FinishAsync();
        }

        var watch = new UploadWatch(session, folder.FullName, memory)
        {
            Identify = asking is null ? null : asking.AskAsync,
            Report = report is null ? null : report.FileAsync,
        };
        try
        {
            while (await LookAsync(session, watch) || !session.Words.GetValue(s_once))
            {
                await Task.Delay(TimeSpan.FromSeconds(every), TimeProvider.System, session.Cancel);
            }
        }
        catch (OperationCanceledException) when (session.Cancel.IsCancellationRequested)
        {
            // It was told to stop, which is how a watch ends.
        }

        return ExitCode.Done;
    }

    // Without a key nothing is signed: it only prints.
    private static async Task<Signatory?> SignatoryAsync(Session session, AuthorityClient client) =>
        session.Words.GetValue(Shared.Key) is { Length: > 0 }
            ? await Signatory.OneAsync(session, client)
            : null;

    private static FoundCopyReport Report(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        UploadMemory memory
    ) =>
        new(session, client, signatory, memory)
        {
            Kind = session.Words.GetValue(s_kind) ?? PlaceKind.Hub,
            Country = session.Words.GetValue(s_country),
            Place =
                session.Words.GetValue(s_at)
                ?? session.Words.GetRequiredValue(s_folder).FullName + "/",
        };

    // What was not dealt with because no authority answered is looked at again.
    private static async Task<bool> LookAsync(Session session, UploadWatch watch)
    {
        try
        {
            return await watch.LookAsync();
        }
        catch (CommandFault fault)
            when (fault.Code == ExitCode.Unavailable && !session.Words.GetValue(s_once))
        {
            if (session.Terminal.IsJson)
            {
                session.Terminal.Print(
                    $$"""{"event":"unavailable","says":{{System.Text.Json.JsonSerializer.Serialize(
                        fault.Message
                    )}}}"""
                );
            }
            else
            {
                session.Terminal.Say($"[yellow]·[/] {Markup.Escape(fault.Message)}");
            }

            return true;
        }
    }
}
