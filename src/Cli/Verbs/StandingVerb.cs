using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord standing</c>: whether a model, release or file may be used, sold or hosted.
/// Unknown is never fine.
/// </summary>
internal static class StandingVerb
{
    private const string DigestPrefix = "sha256:";

    private static readonly Argument<string> s_subject = new("SUBJECT")
    {
        Description = "M-…, R-…, a model's name, a digest sha256:…, or a file of weights",
    };

    private static readonly Option<FileInfo?> s_staple = new("--staple")
    {
        HelpName = "FILE",
        Description =
            "Fetch the authority's signed answer and keep it in FILE.standing, for others to check",
    };

    public static Command Create() =>
        new Command("standing", "Say whether a model, release or file is in good standing")
            .With(s_subject, s_staple)
            .Does(StandingAsync);

    private static async Task<ExitCode> StandingAsync(Session session)
    {
        using var log = LocalLog.Open(session);
        var ticks = new List<(long Index, Instant At)>();
        var world = await log.FoldAsync(
            session,
            log.Size,
            logged =>
            {
                if (logged.Act is Tick tick)
                {
                    ticks.Add((logged.Index, tick.Time));
                }
            }
        );
        var word = session.Words.GetRequiredValue(s_subject);
        var asked = await FindAsync(session, world, word);
        var standing =
            StandingAnswer.Look(world, asked)
            ?? throw Unknown(word, $"The log has no {asked}.", "");
        Say(
            session,
            world,
            standing,
            ContestedEntry.Of(
                world.Network,
                log.Contents.Statement,
                index =>
                    ticks.FindLast(one => one.Index < index) is { Index: > 0, At: var at }
                        ? at
                        : null,
                standing.Own.DecidedBy
            )
        );
        await StapleAsync(session, asked);
        return standing.IsGood ? ExitCode.Done : ExitCode.NotSo;
    }

    private static async Task StapleAsync(Session session, string asked)
    {
        if (session.Words.GetValue(s_staple) is not { } file)
        {
            return;
        }

        using var client = session.Connect();
        var answer =
            await client.BytesAsync($"standing/{asked}", "application/cose", session.Cancel)
            ?? throw new CommandFault(
                ExitCode.None,
                "The authority signs no answers on standing.",
                "Its key set must name a key for it (SECURITY.md)."
            );
        var path = file.ToString();
        path = path.EndsWith(ReceiptFiles.Standing, StringComparison.Ordinal)
            ? path
            : path + ReceiptFiles.Standing;
        await File.WriteAllBytesAsync(path, answer, session.Cancel);
        session.Terminal.Fact("signed", $"{Markup.Escape(path)}: concord verify checks it");
    }

    // What is asked for in its canonical form: an id, or the digest of what evidence alone knows.
    private static async Task<string> FindAsync(Session session, World world, string word)
    {
        if (File.Exists(word))
        {
            var digest = await session.Terminal.WatchAsync(
                "Hashing",
                progress => WeightsHash.OfAsync(new(word), progress, session.Cancel)
            );
            return ByDigest(world, word, digest);
        }

        if (word.StartsWith(DigestPrefix, StringComparison.Ordinal))
        {
            return Digest.TryParse(word, out var digest)
                ? ByDigest(world, word, digest)
                : throw new CommandFault(
                    ExitCode.Usage,
                    $"'{word}' is not a digest.",
                    "Write it as sha256: and 64 hexadecimal digits."
                );
        }

        return ShortId.TryParse(word, ReleaseId.Letter, out var release)
            ? new ReleaseId(release).ToString()
            : ByName(world, word).ToString();
    }

    private static string ByDigest(World world, string word, Digest digest) =>
        Recognition.StandingOf(world, digest) is not { } known
            ? throw Unknown(word, $"No registered release has the weights {digest}.", "")
        : known.By is null ? known.Subject.ToString()
        : digest.ToString();

    private static SubjectId ByName(World world, string word)
    {
        var found = RegisterQuery.Named(world, word);
        return found.Count switch
        {
            1 => SubjectId.Of(found[0].Id),
            0 => throw Unknown(
                word,
                $"No model is called {word}.",
                string.Join(
                    ", ",
                    RegisterQuery.Nearest(world, word, 5).Select(one => $"{one.FullName} {one.Id}")
                )
            ),
            _ => throw new CommandFault(
                ExitCode.Several,
                $"{found.Count} models are called {word}.",
                "Name one by its id: "
                    + string.Join(", ", found.Select(one => $"{one.FullName} {one.Id}"))
            ),
        };
    }

    private static CommandFault Unknown(string word, string what, string nearest) =>
        new(
            ExitCode.None,
            what,
            nearest.Length == 0
                ? $"Unknown is never fine: ask whoever gave you {word} for its registration."
                : $"Unknown is never fine. The nearest: {nearest}"
        );

    private static void Say(
        Session session,
        World world,
        EffectiveStanding standing,
        IReadOnlyList<ContestedEntry> contested
    )
    {
        var (id, own) = (standing.Subject, standing.Own);
        var name = NameOf(world, id);
        session.Terminal.Json(json => Write(json, world, standing, contested));
        var terminal = session.Terminal;
        var mark = standing.IsGood ? "[green]✓[/]" : "[red]✗[/]";
        terminal.Say($"{mark} [bold]{Markup.Escape(name)}[/] {id} is {Words(own.State)}");
        if (own.Until is { } until)
        {
            terminal.Fact("until", $"{until}");
        }

        if (own.Stayed is { } stayed)
        {
            var suspension = new ActId(stayed.DecidedBy);
            terminal.Fact("stayed", $"{suspension} has no effect until its appeal is decided");
        }

        foreach (var condition in own.Conditions)
        {
            terminal.Fact("condition", Markup.Escape(condition));
        }

        foreach (var ancestor in standing.MarkedBy)
        {
            terminal.Fact(
                "marked by",
                $"{Markup.Escape(NameOf(world, ancestor))} {ancestor}, from which it was made, is "
                    + Words(Descent.StandingOf(world, ancestor)?.Own.State)
            );
        }

        if (standing.By is { } by)
        {
            terminal.Fact(
                "by evidence",
                by.Log10P is { } figure
                    ? $"{by.Act}: not trained independently, p at most 10^{figure}"
                    : $"{by.Act}: the same weights"
            );
        }

        terminal.Fact("decided by", $"{new ActId(own.DecidedBy)}");
        foreach (var (entry, doubt) in contested)
        {
            terminal.Fact(
                "contested",
                $"{entry}: its key was in other hands since {doubt.Since}; "
                    + (
                        doubt.VoidedBy is { } end ? $"voided by {end}"
                        : doubt.ConfirmedBy is { } act ? $"confirmed by {act}"
                        : "nobody has confirmed or voided it"
                    )
            );
        }

        terminal.Fact("as of", $"{world.At}, log size {world.Size}");
    }

    private static void Write(
        Utf8JsonWriter json,
        World world,
        EffectiveStanding standing,
        IReadOnlyList<ContestedEntry> contested
    )
    {
        var (id, own) = (standing.Subject, standing.Own);
        json.WriteStartObject();
        json.WriteString("subject", id.ToString());
        json.WriteString("name", NameOf(world, id));
        json.WriteString("standing", Values.WordOf(own.State));
        json.WriteBoolean("good", standing.IsGood);
        json.WriteString("until", own.Until?.ToString());
        json.WriteString("decided_by", new ActId(own.DecidedBy).ToString());
        if (own.Stayed is { } stayed)
        {
            json.WriteString("stayed", new ActId(stayed.DecidedBy).ToString());
        }

        json.WriteStartArray("conditions");
        foreach (var condition in own.Conditions)
        {
            json.WriteStringValue(condition);
        }

        json.WriteEndArray();
        json.WriteStartArray("marked_by");
        foreach (var ancestor in standing.MarkedBy)
        {
            json.WriteStringValue(ancestor.ToString());
        }

        json.WriteEndArray();
        if (standing.By is { } by)
        {
            StandingAnswer.Write(json, by);
        }

        json.WriteStartArray("contested");
        foreach (var (entry, doubt) in contested)
        {
            json.WriteStartObject();
            json.WriteString("act", entry.ToString());
            json.WriteString("since", doubt.Since.ToString());
            json.WriteString("confirmed_by", doubt.ConfirmedBy?.ToString());
            json.WriteString("voided_by", doubt.VoidedBy?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("size", world.Size);
        json.WriteString("tick", world.At.ToString());
        json.WriteEndObject();
    }

    private static string NameOf(World world, SubjectId id) =>
        id.Letter == ReleaseId.Letter
            ? world.Registry.Releases.Find(new(id.Index))?.Act.Name ?? ""
            : world.Registry.Models.Find(new(id.Index))?.FullName ?? "";

    private static string Words(StandingState? state) =>
        state switch
        {
            StandingState.Reported => "reported from public sources, and not registered",
            StandingState.Registered => "registered",
            StandingState.Certified => "certified",
            StandingState.Suspended => "suspended",
            StandingState.Withdrawn => "withdrawn",
            _ => "unknown",
        };
}
