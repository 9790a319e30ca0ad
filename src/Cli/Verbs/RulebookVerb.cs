using System.CommandLine;
using System.Text.Json;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Rooms.Rulebooks;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord rulebook</c>: the rulebooks that come with the program, and their adoption by
/// officers of k institutions.
/// </summary>
internal static class RulebookVerb
{
    private static readonly Argument<string> s_rulebook = new("RULEBOOK")
    {
        Description = "The id of one that comes with the program, or a file (specs/rulebook.md)",
    };

    private static readonly Option<DateOnly?> s_from = Values.Day(
        "--from",
        "From which day the authority applies it [default: the day of its last tick]"
    );

    public static Command Create() =>
        new Command("rulebook", "Show rulebooks, and adopt them").With(
            new Command("list", "List the rulebooks that come with the program").Does(session =>
            {
                List(session.Terminal);
                return Task.FromResult(ExitCode.Done);
            }),
            new Command("show", "Print a rulebook")
                .With(s_rulebook)
                .Does(session =>
                {
                    session.Terminal.Print(Text(session.Words.GetRequiredValue(s_rulebook)));
                    return Task.FromResult(ExitCode.Done);
                }),
            new Command("adopt", "Have the authority apply a rulebook; officers of k sign")
                .With(s_rulebook, s_from, Shared.Key, Shared.Receipts, Shared.Dry)
                .Does(AdoptAsync)
        );

    private static async Task<ExitCode> AdoptAsync(Session session)
    {
        using var json = JsonDocument.Parse(Text(session.Words.GetRequiredValue(s_rulebook)));
        using var client = session.Connect();
        var joint = await Joint.OfInstitutionsAsync(session, client);
        var act = new AdoptRulebook
        {
            Joint = joint,
            AppliesFrom = session.Words.GetValue(s_from) ?? await Clock.DayAsync(session, client),
            Rulebook = json.RootElement.Clone(),
        };
        return await Filing.FileJointAsync(
            session,
            client,
            Joint.Keys(session, joint),
            Composition.Of(act)
        );
    }

    private static string Text(string word)
    {
        var own = Resources
            .Rulebooks()
            .FirstOrDefault(one => string.Equals(one.Id, word, StringComparison.Ordinal));
        if (own.Json is { } text)
        {
            return text;
        }

        if (!File.Exists(word))
        {
            throw new CommandFault(
                ExitCode.None,
                $"No rulebook {word} comes with the program, and there is no such file.",
                "There are: " + string.Join(", ", Resources.Rulebooks().Select(one => one.Id))
            );
        }

        text = File.ReadAllText(word);
        try
        {
            using var json = JsonDocument.Parse(text);
            return Rulebook.TryParse(json.RootElement, out _, out var faults)
                ? text
                : throw new CommandFault(
                    ExitCode.NotSo,
                    $"{word} is not a rulebook: {faults[0]}",
                    "The format is in specs/rulebook.md."
                );
        }
        catch (JsonException e)
        {
            throw new CommandFault(ExitCode.NotSo, $"{word} is not JSON: {e.Message}");
        }
    }

    private static void List(Terminal terminal)
    {
        var books = new List<Rulebook>();
        foreach (var (_, text) in Resources.Rulebooks())
        {
            using var json = JsonDocument.Parse(text);
            if (Rulebook.TryParse(json.RootElement, out var book, out _))
            {
                books.Add(book);
            }
        }

        terminal.Json(json =>
        {
            json.WriteStartArray();
            foreach (var book in books)
            {
                json.WriteStartObject();
                json.WriteString("rulebook", book.Id);
                json.WriteString("title", book.Title);
                json.WriteNumber("duties", book.Duties.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var book in books)
        {
            terminal.Say($"[bold]{Markup.Escape(book.Id), -16}[/] {Markup.Escape(book.Title)}");
        }
    }
}
