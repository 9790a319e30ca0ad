using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Cli.Verbs;

/// <summary><c>concord derive</c>: declares what a release was made from.</summary>
internal static class DeriveVerb
{
    private static readonly Argument<ReleaseId?> s_child = Values.IdArgument<ReleaseId>(
        "CHILD",
        "The derivative, R-…"
    );

    private static readonly Option<SubjectId[]> s_parents = Values.Subjects(
        "--from",
        "What it was made from; several by commas"
    );

    private static readonly Option<Relation?> s_relation = Values.Word<Relation>(
        "--relation",
        "How it was made"
    );

    private static readonly Option<string?> s_compute = Values.Text(
        "--compute",
        "FLOP[..FLOP]",
        "Compute of the modification, a figure or an interval"
    );

    private static readonly Option<bool?> s_safeguards = new("--safeguards-removed")
    {
        Description = "Whether safeguards of the parent were removed",
    };

    private static readonly Option<bool?> s_raised = new("--capability-raised")
    {
        Description = "Whether an evaluation shows a capability above the parent's",
    };

    private static readonly Option<DateOnly?> s_published = Values.Day(
        "--published",
        "When it was given to others"
    );

    public static Command Create() =>
        new Command("derive", "Declare what a release was made from")
            .With(s_child, s_parents, s_relation, s_compute, s_safeguards, s_raised, s_published)
            .With(Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(session =>
                Filing.FileAsync(session, signer => Task.FromResult(Compose(session, signer)))
            );

    private static Composition Compose(Session session, Signatory signatory)
    {
        var words = session.Words;
        var (low, high) = words.GetValue(s_compute) is { } figure
            ? Facts.Interval(figure, s_compute.Name)
            : ((Flop?)null, (Flop?)null);
        return Composition.Of(
            new Derive
            {
                Child = words.GetValue(s_child)!.Value,
                Parents = words.GetValue(s_parents) is { Length: > 0 } parents
                    ? parents
                    : throw new CommandFault(
                        ExitCode.Usage,
                        "--from is missing.",
                        "Name what it was made from: --from R-… or --from M-…"
                    ),
                Relation =
                    words.GetValue(s_relation)
                    ?? throw new CommandFault(
                        ExitCode.Usage,
                        "--relation is missing.",
                        "Say how it was made, for example --relation fine_tune"
                    ),
                By = signatory.Party,
                ComputeLow = low,
                ComputeHigh = high,
                SafeguardsRemoved = words.GetValue(s_safeguards),
                CapabilityRaised = words.GetValue(s_raised),
                PublishedOn = words.GetValue(s_published),
            }
        );
    }
}
