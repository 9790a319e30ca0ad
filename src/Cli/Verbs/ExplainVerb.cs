using System.CommandLine;
using System.Text.Json;
using Concord.Authority.Api;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord explain</c>: what a rulebook asks of a model, and why. It reads the log of the data
/// folder, whether or not a server runs on it.
/// </summary>
internal static class ExplainVerb
{
    private const int NearestCount = 5;

    private static readonly Argument<string> s_model = new("MODEL")
    {
        Description = "An id (M-…), or a name, compared without case, spaces and signs",
    };

    private static readonly Option<string?> s_rulebook = Values.Text(
        "--rulebook",
        "ID",
        "The rulebook, for example eu-ai-act; without it, every rulebook in a line each"
    );

    private static readonly Option<string[]> s_assume = Facts.Option(
        "--assume",
        "Answer as if this were so, for example market[EU]=placed"
    );

    private static readonly Option<string?> s_duty = Values.Text(
        "--duty",
        "ID",
        "Show the conditions of one duty of the rulebook, for example notify-systemic"
    );

    private static readonly Option<bool> s_brief = new("--brief")
    {
        Description = "Show the conditions that decided, and not the whole tree",
    };

    private static readonly Option<bool> s_confidence = new("--in-confidence")
    {
        Description = "Read what is stated in confidence too; for the authority itself",
    };

    public static Command Create() =>
        new Command("explain", "Say what the law asks of a model, since when, of whom, and why")
            .With(s_model, s_rulebook, s_assume, AsOf.Option, s_duty, s_brief, s_confidence)
            .Does(ExplainAsync);

    private static async Task<ExitCode> ExplainAsync(Session session)
    {
        using var log = LocalLog.Open(session);
        var (world, at) = await AsOf.FoldAsync(session, log);
        if (Find(session, world) is not { } model)
        {
            return RegisterQuery.Named(world, session.Words.GetRequiredValue(s_model)).Count > 1
                ? ExitCode.Several
                : ExitCode.None;
        }

        var sheet = Sheet(session, world, model);
        if (session.Words.GetValue(s_rulebook) is not { } id)
        {
            Overview(session, world, at, model, sheet);
            return ExitCode.Done;
        }

        var adopted = world.Network.RulebookOn(id, at.Day) ?? throw NoRulebook(world.Network, id);
        var answer = Evaluation.Of(
            adopted.Book,
            sheet,
            at,
            adopted.AppliesFrom,
            world.Network.Outages
        );
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            WriteModel(json, world, model);
            AnswerDocument.WriteMembers(json, answer);
            json.WriteEndObject();
        });
        if (!session.Terminal.IsJson)
        {
            Show(session, Title(world, model), answer);
        }

        return ExitCode.Done;
    }

    private static void Show(Session session, string title, RulebookAnswer answer)
    {
        var isBrief = session.Words.GetValue(s_brief);
        if (session.Words.GetValue(s_duty) is not { } id)
        {
            ExplanationScreen.Show(session.Terminal, title, answer, isBrief);
            return;
        }

        var duty =
            answer.Duties.FirstOrDefault(one =>
                string.Equals(one.Duty.Id, id, StringComparison.Ordinal)
            )
            ?? throw new CommandFault(
                ExitCode.None,
                $"{answer.Book.Id} has no duty {id}.",
                "It has: " + string.Join(", ", answer.Duties.Select(one => one.Duty.Id))
            );
        session.Terminal.Say(title);
        ExplanationScreen.Show(session.Terminal, answer.Book, duty, isBrief);
    }

    private static Model? Find(Session session, World world)
    {
        var word = session.Words.GetRequiredValue(s_model);
        var found = RegisterQuery.Named(world, word);
        if (found.Count == 1)
        {
            return found[0];
        }

        var listed = found.Count > 1 ? found : RegisterQuery.Nearest(world, word, NearestCount);
        var what =
            found.Count > 1
                ? $"{found.Count} models are called {word}. Name one by its id:"
                : $"No model is called {word}. The nearest:";
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("error", what.TrimEnd(':'));
            json.WriteNumber(
                "exit_code",
                (int)(found.Count > 1 ? ExitCode.Several : ExitCode.None)
            );
            json.WriteStartArray(found.Count > 1 ? "several" : "nearest");
            foreach (var model in listed)
            {
                json.WriteStartObject();
                WriteModel(json, world, model);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        if (!session.Terminal.IsJson)
        {
            List(session.Terminal, world, what, listed);
        }

        return null;
    }

    private static void List(
        Terminal terminal,
        World world,
        string what,
        IReadOnlyList<Model> models
    )
    {
        terminal.Say($"[yellow]?[/] {Markup.Escape(what)}");
        var table = new Table().Border(TableBorder.None).HideHeaders();
        table.AddColumns("id", "name", "developer", "date");
        foreach (var model in models)
        {
            table.AddRow(
                $"  [bold]{model.Id}[/]",
                Markup.Escape(model.FullName),
                Markup.Escape(DeveloperOf(world, model)),
                DateOf(model)
            );
        }

        terminal.Screen.Write(table);
    }

    private static FactSheet Sheet(Session session, World world, Model model)
    {
        var audience = session.Words.GetValue(s_confidence) ? Audience.Full : Audience.Public;
        var sheet = FactSheets.Of(world, model.Id, audience);
        var assumed = (session.Words.GetValue(s_assume) ?? []).Select(Assume).ToArray();
        return sheet.TryAssume(assumed, whatIf: true, out var fault)
            ?? throw new CommandFault(
                ExitCode.Usage,
                $"--assume: {fault?.Rule}.",
                "The facts and their values are in specs/rulebook.md, section 8."
            );
    }

    private static Assumption Assume(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new(word[..at], word[(at + 1)..])
            : throw new CommandFault(
                ExitCode.Usage,
                $"--assume: '{word}' is not FACT=VALUE.",
                "For example --assume market[EU]=placed"
            );
    }

    private static void Overview(
        Session session,
        World world,
        Instant at,
        Model model,
        FactSheet sheet
    )
    {
        var rows = world
            .Network.Rulebooks.Select(one => one.Book.Id)
            .Distinct(StringComparer.Ordinal)
            .Select(id => world.Network.RulebookOn(id, at.Day))
            .OfType<AdoptedRulebook>()
            .Where(one => one.Book.Headline is not null)
            .Select(one =>
                (one.Book, Headline: Evaluation.Headline(one.Book, sheet, at, one.AppliesFrom))
            )
            .ToList();
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            WriteModel(json, world, model);
            json.WriteStartArray("rulebooks");
            foreach (var (book, headline) in rows)
            {
                json.WriteStartObject();
                json.WriteString("rulebook", book.Id);
                json.WriteString("question", book.Headline?.Question);
                json.WriteString("answer", Explanations.Word(headline.Answer));
                json.WriteBoolean("no_figure", headline.NoFigure);
                json.WriteString("upcoming", headline.Upcoming is { } day ? Clock.Text(day) : null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        if (session.Terminal.IsJson)
        {
            return;
        }

        session.Terminal.Say(Title(world, model));
        var table = new Table().Border(TableBorder.None).HideHeaders();
        table.AddColumns("answer", "rulebook", "question", "from");
        foreach (var (book, headline) in rows)
        {
            table.AddRow(
                "  " + ExplanationScreen.Colour(headline.Answer, headline.NoFigure),
                $"[bold]{Markup.Escape(book.Id)}[/]",
                Markup.Escape(book.Headline?.Question ?? book.Title),
                headline.Upcoming is { } day ? $"[grey]from {Clock.Text(day)}[/]" : ""
            );
        }

        session.Terminal.Screen.Write(table);
        session.Terminal.Note("  Why: add --rulebook ID.");
    }

    private static string Title(World world, Model model) =>
        $"[bold]{Markup.Escape(model.FullName)}[/] [grey]{model.Id}, "
        + $"{Markup.Escape(DeveloperOf(world, model))}, "
        + $"{(model.IsRegistered ? "registered" : "reported, not registered")}[/]";

    private static void WriteModel(Utf8JsonWriter json, World world, Model model)
    {
        json.WriteStartObject("model");
        json.WriteString("id", model.Id.ToString());
        json.WriteString("name", model.FullName);
        json.WriteString("developer", DeveloperOf(world, model));
        json.WriteString("date", DateOf(model));
        json.WriteBoolean("registered", model.IsRegistered);
        json.WriteEndObject();
    }

    private static string DeveloperOf(World world, Model model) =>
        model.Developer is { } id ? world.Network.Parties.Find(id)?.Name ?? id.ToString()
        : model.Report is { Developers.Count: > 0 } report ? string.Join(", ", report.Developers)
        : "developer not named";

    private static string DateOf(Model model) =>
        (model.Report?.PublishedOn ?? model.Registration?.Training.FinishedOn) is { } day
            ? Clock.Text(day)
            : "";

    private static CommandFault NoRulebook(NetworkView network, string id) =>
        new(
            ExitCode.None,
            $"This authority applies no rulebook {id}.",
            "It applies: " + string.Join(", ", network.Rulebooks.Select(one => one.Book.Id))
        );
}
