using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Rooms;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord replay</c>: folds the log from nothing and prints the views' digests.
/// </summary>
internal static class ReplayVerb
{
    private static readonly Option<long?> s_size = new("--size")
    {
        HelpName = "N",
        Description = "Fold the first N entries [default: all]",
    };

    private static readonly Option<bool> s_judge = new("--judge")
    {
        Description = "Judge every act again by today's law, and list where it differs",
    };

    private static readonly Option<bool> s_keep = new("--keep")
    {
        Description = "Keep the digests as those to which the next build must fold the log",
    };

    public static Command Create() =>
        new Command("replay", "Fold the log from nothing, and print the digests of all views")
            .With(s_size, s_judge, s_keep)
            .Does(ReplayAsync);

    private static async Task<ExitCode> ReplayAsync(Session session)
    {
        using var log = LocalLog.Open(session);
        var size = session.Words.GetValue(s_size) ?? log.Size;
        if (size < 0 || size > log.Size)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"The log has {log.Size} entries, and --size says {size}."
            );
        }

        var differences = session.Words.GetValue(s_judge)
            ? await JudgeAsync(session, log, size)
            : null;
        var world = await log.FoldAsync(session, size);
        var views = StateApi.DigestsOf(world);
        if (session.Words.GetValue(s_keep))
        {
            ViewPin.Of(world).Write(session.Folder);
        }

        var server = await ServerAsync(session, size);
        var isSame = server is null || Same(views, server.Value);
        Say(session, world, views, server is null ? null : isSame, differences);
        return isSame && differences is not { Count: > 0 } ? ExitCode.Done : ExitCode.NotSo;
    }

    private static void Say(
        Session session,
        World world,
        IReadOnlyList<StateApi.DigestLine> views,
        bool? isSameAsServer,
        IReadOnlyList<string>? differences
    )
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("origin", world.Network.Origin);
            json.WriteNumber("size", world.Size);
            json.WritePropertyName("views");
            JsonSerializer.Serialize(json, views, ApiJson.Options);
            if (isSameAsServer is { } same)
            {
                json.WriteBoolean("same_as_server", same);
            }

            if (differences is not null)
            {
                json.WritePropertyName("judged_otherwise");
                JsonSerializer.Serialize(json, differences);
            }

            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        terminal.Say($"[bold]{Markup.Escape(world.Network.Origin)}[/] at size {world.Size}");
        foreach (var view in views)
        {
            terminal.Say(
                $"  {view.View, -10} [grey]{Values.WordOf(view.Audience), -7}[/] {view.Digest}"
            );
        }

        if (isSameAsServer is { } isSame)
        {
            terminal.Say(
                isSame
                    ? "[green]✓[/] the running server has the same views"
                    : "[red]✗[/] the running server has other views: stop it, and tell its operator"
            );
        }

        if (differences is not null)
        {
            terminal.Say(
                differences.Count == 0
                    ? "[green]✓[/] today's law judges every act as it was judged"
                    : $"[yellow]![/] today's law judges {differences.Count} acts otherwise:"
            );
            foreach (var difference in differences)
            {
                terminal.Say("  " + Markup.Escape(difference));
            }
        }
    }

    /// <summary>The server's digests, when one runs and stands at the same size.</summary>
    private static async Task<JsonElement?> ServerAsync(Session session, long size)
    {
        if (session.Words.GetValue(Shared.Authority) is null && session.File.Url is null)
        {
            return null;
        }

        using var client = session.Connect();
        if (!await client.AnswersAsync(session.Cancel))
        {
            return null;
        }

        var digests = await client.GetAsync("digests", session.Cancel);
        var isComparable =
            digests.GetProperty("size").GetInt64() == size
            && string.Equals(
                digests.GetProperty("origin").GetString(),
                session.File.Origin,
                StringComparison.Ordinal
            );
        return isComparable ? digests : null;
    }

    private static bool Same(IReadOnlyList<StateApi.DigestLine> views, JsonElement server)
    {
        var theirs = server
            .GetProperty("views")
            .EnumerateArray()
            .Select(view => view.GetProperty("digest").GetString());
        return views.Select(view => view.Digest).SequenceEqual(theirs, StringComparer.Ordinal);
    }

    private static Task<List<string>> JudgeAsync(Session session, LocalLog log, long size) =>
        session.Terminal.WatchAsync(
            "Judging again",
            progress => Task.Run(() => Judge(log, size, progress), session.Cancel)
        );

    private static List<string> Judge(
        LocalLog log,
        long size,
        IProgress<(long Done, long Of)> progress
    )
    {
        var world = World.Empty;
        var differences = new List<string>();
        foreach (var logged in log.Contents.Acts(0, size))
        {
            if (Difference(log, world, logged) is { } difference)
            {
                differences.Add($"{new ActId(logged.Index)} {logged.Type.Name}: {difference}");
            }

            world = world.Fold(logged);
            progress.Report((world.Size, size));
        }

        return differences;
    }

    private static string? Difference(LocalLog log, World world, Logged logged)
    {
        var statement = log.Contents.Statement(logged.Index);
        var document = statement.IsEnvelope ? log.Contents.Content(logged.ActDigest) : null;
        var part = Subjects.SealedPartOf(logged.Act) is { } digest
            ? log.Contents.Content(digest)
            : null;
        ReadOnlyMemory<byte>[] attachments =
        [
            .. logged
                .Act.Attachments.Select(one => log.Contents.Content(one.Digest))
                .OfType<ReadOnlyMemory<byte>>(),
        ];
        return !Opening.TryOpen(
            new(statement.Bytes, document, part, attachments),
            world.Network.KeyOf,
            out var signed,
            out var fault
        )
            ? $"{fault.Code}: {fault.Detail}"
            : Law.Judge(world, signed) switch
            {
                Verdict.Refused refused => $"{refused.Refusal.Code}: {refused.Refusal.Detail}",
                Verdict.Duplicate duplicate => $"a duplicate of {new ActId(duplicate.Index)}",
                _ => null,
            };
    }
}
