using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord ask</c>, <c>answer</c>, <c>questions</c>: what the authority asks a party on a case,
/// in confidence.
/// </summary>
internal static class QuestionVerbs
{
    private static readonly Argument<SubjectId?> s_case = Values.SubjectArgument(
        "CASE",
        "The model (M-…) or release (R-…) that is asked about"
    );

    private static readonly Option<PartyId?> s_to = Values.Id<PartyId>("--to", "Who is asked, P-…");

    private static readonly Option<string?> s_question = Values.Text(
        "--question",
        "TEXT",
        "What is asked"
    );

    private static readonly Option<Instant?> s_due = Values.Moment(
        "--due",
        "Until when an answer is due"
    );

    private static readonly Argument<ActId?> s_act = Values.IdArgument<ActId>(
        "QUESTION",
        "The question, A-…"
    );

    private static readonly Option<string?> s_answer = Values.Text(
        "--answer",
        "TEXT",
        "What is answered"
    );

    private static readonly Argument<string?> s_about = new("CASE")
    {
        Description = "Only those on this model (M-…) or release (R-…)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_why = Values.Text(
        "--why",
        "TEXT",
        "Why they are read; officers must say it, and the party sees it"
    );

    public static Command Ask() =>
        new Command("ask", "Ask a party about a model or release, in confidence")
            .With(s_case, s_to, s_question, s_due)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(
                    session,
                    new AskQuestion
                    {
                        Salt = Composition.NewSalt(),
                        Case = session.Words.GetValue(s_case)!.Value,
                        To = Given(session.Words.GetValue(s_to), "--to", "Name who is asked."),
                        Question = session.Need(s_question),
                        Due = Given(
                            session.Words.GetValue(s_due),
                            "--due",
                            "Say until when: --due 2027-01-01"
                        ),
                    }
                )
            );

    public static Command Answer() =>
        new Command("answer", "Answer a question of the authority, in confidence")
            .With(s_act, s_answer)
            .With(Shared.Key, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(
                    session,
                    new AnswerQuestion
                    {
                        Salt = Composition.NewSalt(),
                        Question = session.Words.GetValue(s_act)!.Value,
                        Answer = session.Need(s_answer),
                    }
                )
            );

    public static Command Questions() =>
        new Command("questions", "Show what you are asked and have answered, or all as an officer")
            .With(s_about, s_why, Shared.Key)
            .Does(ShowAsync);

    private static async Task<ExitCode> ShowAsync(Session session)
    {
        using var client = session.Connect();
        using var reader = await Signatory.OneAsync(session, client);
        var path = session.Words.GetValue(s_about) is { } about ? $"cases/{about}" : "questions";
        var found = await client.ReadAsync(
            path,
            reader,
            Clock.Now,
            session.Words.GetValue(s_why),
            session.Cancel
        );
        session.Terminal.Json(found.WriteTo);
        foreach (var question in found.GetProperty("questions").EnumerateArray())
        {
            Say(session.Terminal, question);
        }

        return ExitCode.Done;
    }

    private static void Say(Terminal terminal, JsonElement question)
    {
        string Text(string name) => Markup.Escape(question.GetProperty(name).GetString() ?? "");
        terminal.Say($"[bold]{Text("id")}[/] to {Text("to")} on {Text("case")}: {Text("state")}");
        terminal.Fact("question", Text("question"));
        terminal.Fact("due", Text("due"));
        foreach (var answer in question.GetProperty("answers").EnumerateArray())
        {
            var late = answer.GetProperty("late").GetBoolean() ? " (late)" : "";
            terminal.Fact(
                "answer",
                $"{Markup.Escape(answer.GetProperty("answer").GetString() ?? "")}{late}"
            );
        }
    }

    private static T Given<T>(T? value, string name, string remedy)
        where T : struct =>
        value ?? throw new CommandFault(ExitCode.Usage, $"{name} is missing.", remedy);
}
