using System.CommandLine;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary><c>concord report</c>: reports a model from public sources.</summary>
internal static class ReportVerb
{
    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "The model's name as the source has it",
    };

    private static readonly Option<string[]> s_developers = Values.Texts(
        "--developer",
        "NAME",
        "Who made it, in words"
    );

    private static readonly Option<string?> s_source = Values.Text(
        "--source",
        "TITLE",
        "Where it is written: title, publisher, edition"
    );

    private static readonly Option<string?> s_url = Values.Text("--url", "URL", "Its address");

    private static readonly Option<string?> s_licence = Values.Text(
        "--licence",
        "NAME",
        "The licence under which it is repeated here"
    );

    private static readonly Option<Flop?> s_compute = Values.Compute(
        "--compute",
        "Training compute as the source states it"
    );

    private static readonly Option<string?> s_confidence = Values.Text(
        "--confidence",
        "WORD",
        "The source's word of certainty"
    );

    private static readonly Option<DateOnly?> s_published = Values.Day(
        "--published",
        "The day of publication"
    );

    private static readonly Option<string[]> s_facts = Facts.Option(
        "--fact",
        "A fact of the rulebooks' vocabulary that the source states"
    );

    public static Command Create() =>
        new Command("report", "Report a model from public sources; signed by an institute")
            .With(s_name, s_developers, s_source, s_url, s_licence, s_compute, s_confidence)
            .With(s_published, s_facts, Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session => Filing.FileAsync(session, ActOf(session)));

    private static ReportModel ActOf(Session session)
    {
        var words = session.Words;
        var figure = words.GetValue(s_compute);
        return new()
        {
            Name = words.GetRequiredValue(s_name),
            Developers = words.GetValue(s_developers) is { Length: > 0 } developers
                ? developers
                : throw new CommandFault(ExitCode.Usage, "--developer is missing."),
            PublishedOn = words.GetValue(s_published),
            TrainingCompute = figure is null
                ? null
                : new()
                {
                    Figure = figure,
                    Confidence = words.GetValue(s_confidence),
                    Source = 0,
                },
            Facts = Facts.Read(words.GetValue(s_facts)),
            Sources =
            [
                new()
                {
                    Title = session.Need(s_source),
                    Url = words.GetValue(s_url),
                    Licence = words.GetValue(s_licence),
                },
            ],
        };
    }
}
