using System.CommandLine;
using System.Text.Json;
using Concord.Acts.Network;
using Concord.Cli.Refile;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord refile</c>: files at the log that succeeds another what a party filed there, out of
/// the statements and receipts that it kept. A statement names one log, so each is signed anew; the
/// old one hangs on it with its receipt.
/// </summary>
internal static class RefileVerb
{
    private static readonly Argument<DirectoryInfo> s_folder = new("FOLDER")
    {
        Description = "Where statements and receipts of the old log are kept",
    };

    private static readonly Option<DirectoryInfo?> s_old = new("--old")
    {
        HelpName = "OLD",
        Description = "A mirror of the old log, or what is left of its data folder",
    };

    private static readonly Option<DirectoryInfo?> s_documents = new("--documents")
    {
        HelpName = "DIR",
        Description = "Where the salted files are that hung on acts, under whatever name",
    };

    private static readonly Option<string[]> s_called = new("--called")
    {
        HelpName = "OLD=NEW",
        Description = "What another's id of the old log is called in the new one; repeatable",
        DefaultValueFactory = _ => [],
    };

    public static Command Create() =>
        new Command("refile", "File anew, after a succession, what was kept of the old log")
            .With(s_folder, s_old, s_documents, s_called, Shared.Key, Shared.Receipts)
            .Does(RefileAsync);

    private static async Task<ExitCode> RefileAsync(Session session)
    {
        var folder = session.Words.GetRequiredValue(s_folder).FullName;
        if (!Directory.Exists(folder))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no folder {folder}.",
                "Name the one in which statements and receipts of the old log are kept."
            );
        }

        var old = OldLog.Open(session.Need(s_old).FullName);
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var authority = await client.GetAsync("authority", session.Cancel);
        var last = LastOf(authority);
        var kept = KeptAct.In(folder, old, last).ToList();
        if (kept.Count == 0)
        {
            throw new CommandFault(
                ExitCode.None,
                $"Nothing in {folder} was filed at {last.Origin}.",
                $"Statements end in {ReceiptFiles.Statement}, with the receipt beside them."
            );
        }

        var journal = RefileJournal.Open(folder, authority.GetProperty("origin").GetString()!);
        foreach (var (before, now) in (session.Words.GetValue(s_called) ?? []).Select(Called))
        {
            journal.Ids.Add(before, now);
        }

        var documents = new KeptFiles(old, folder, session.Words.GetValue(s_documents)?.FullName);
        var terms = authority.GetProperty("key_set");
        var composing = new Recomposing(journal.Ids, documents, last.Origin)
        {
            Epoch = terms.GetProperty("epoch").GetInt32(),
            Institutions = terms.GetProperty("k").GetInt32(),
        };
        var run = new Refiling(session, client, signatory, old, journal, composing);
        foreach (var one in kept.OrderBy(one => one.Index))
        {
            await run.TakeAsync(one);
        }

        return run.Say();
    }

    private static Predecessor LastOf(JsonElement authority)
    {
        if (
            !authority.TryGetProperty("predecessor", out var before)
            || before.ValueKind != JsonValueKind.Object
        )
        {
            throw new CommandFault(
                ExitCode.NotSo,
                "The log of this authority succeeds no other.",
                "File as usual."
            );
        }

        return Digest.TryParse(before.GetProperty("root").GetString(), out var root)
            ? new()
            {
                Origin = before.GetProperty("origin").GetString()!,
                Size = before.GetProperty("size").GetInt64(),
                Root = root,
            }
            : throw new CommandFault(
                ExitCode.Unavailable,
                "The authority does not say with which root the log before it ended.",
                "The server is not of this version."
            );
    }

    private static (string Before, string Now) Called(string word) =>
        word.Split('=') is [{ Length: > 0 } before, { Length: > 0 } now]
        && OldIds.IsId(before)
        && OldIds.IsId(now)
        && before[0] == now[0]
            ? (before, now)
            : throw new CommandFault(
                ExitCode.Usage,
                $"--called {word} does not name two ids of one kind.",
                "Say what an old id is called now: --called P-0000-0BBP=P-0000-05BG"
            );
}
