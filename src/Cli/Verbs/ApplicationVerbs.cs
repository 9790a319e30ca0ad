using System.CommandLine;
using System.Text.Json;
using Concord.Measures;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord party applications</c> and <c>party close</c>: the organisations that ask by a form
/// to be admitted, and how one is turned down.
/// </summary>
internal static class ApplicationVerbs
{
    private static readonly Argument<long> s_number = new("N")
    {
        Description = "The number of the application",
    };

    private static readonly Option<string?> s_why = Values.Text(
        "--why",
        "TEXT",
        "Why, in at most 300 characters; its status shows it"
    );

    public static Command Applications() =>
        new Command("applications", "Show the organisations that ask to be admitted")
            .With(Shared.Key)
            .Does(ShowAsync);

    public static Command Close() =>
        new Command("close", "Turn an application down, with the registrar's or an officer's key")
            .With(s_number, s_why, Shared.Key)
            .Does(CloseAsync);

    private static async Task<ExitCode> ShowAsync(Session session)
    {
        using var client = session.Connect();
        using var reader = await Signatory.OneAsync(session, client);
        var found = await client.ReadAsync(
            "applications",
            reader,
            Clock.Now,
            why: null,
            session.Cancel
        );
        session.Terminal.Json(found.WriteTo);
        foreach (var one in found.GetProperty("applications").EnumerateArray())
        {
            string Text(string name) => Markup.Escape(one.GetProperty(name).GetString() ?? "");
            session.Terminal.Say(
                $"[bold]{one.GetProperty("number").GetInt64()}[/] {Text("name")}, {Text("country")}"
            );
            session.Terminal.Fact("came", Text("at"));
            session.Terminal.Fact("digest", Text("digest"));
        }

        return ExitCode.Done;
    }

    private static async Task<ExitCode> CloseAsync(Session session)
    {
        using var client = session.Connect();
        using var sender = await Signatory.OneAsync(session, client);
        var number = session.Words.GetValue(s_number);
        var closed = await client.PostAsync(
            $"applications/{number}/close",
            sender,
            Clock.Now,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["why"] = session.Need(s_why),
            },
            session.Cancel
        );
        session.Terminal.Json(closed.WriteTo);
        session.Terminal.Say($"[green]✓[/] The application {number} is closed");
        session.Terminal.Note("  Its status, which the applicant has, says why.");
        return ExitCode.Done;
    }
}
