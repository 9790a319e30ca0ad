using System.Globalization;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Web.Charts;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>
/// What is known of a model, row by row: value, range, source. What nobody stated is a row too.
/// </summary>
public static class ModelFacts
{
    /// <summary>The rows: the developer's first, then those of each report.</summary>
    public static IReadOnlyList<Fact> Of(
        World world,
        Model model,
        IReadOnlyList<ThresholdLine> thresholds
    )
    {
        var rows = new List<Fact>();
        if (model.Registration is { } act)
        {
            rows.AddRange(Registered(model, act, thresholds));
        }

        foreach (
            var one in model
                .Answers.Select(id => world.Registry.Models[id])
                .Append(model)
                .Where(one => one.Report is not null)
        )
        {
            rows.AddRange(Reported(world, one, model.IsRegistered, thresholds));
        }

        return rows;
    }

    private static IEnumerable<Fact> Registered(
        Model model,
        RegisterModel act,
        IReadOnlyList<ThresholdLine> thresholds
    )
    {
        var source = Markup.Of(
            $"The developer states, in its registration. {Report(model.Id.Index)}"
        );
        return Claims(act, thresholds)
            .Concat(Stated(act))
            .Concat(act.Evaluations.Select(Evaluated))
            .Concat(act.Facts.Select(fact => Declared(fact, source)))
            .Concat(InConfidence(model, act))
            .Select(row => row with { Source = source });
    }

    private static IEnumerable<Fact> Claims(
        RegisterModel act,
        IReadOnlyList<ThresholdLine> thresholds
    )
    {
        if (act.TrainingCompute.Count == 0)
        {
            yield return new(Say("Training compute"), Markup.Words(Say("Not stated in public")));
        }

        foreach (var claim in act.TrainingCompute)
        {
            var range = FlopRange.Between(claim.Low, claim.High);
            var figure = claim.Low == claim.High ? claim.Low : null;
            yield return new(
                State(claim.State),
                figure is { } number ? Markup.Of($"{number} FLOP") : Figures.Range(range)
            )
            {
                Range = Markup.Of(
                    $"Counted as {claim.Profile}. {claim.Method ?? Say("Method not given.")}"
                ),
                WideDrawing = ComputeScale.Wide(figure, range, thresholds),
                NarrowDrawing = ComputeScale.Narrow(figure, range, thresholds),
            };
        }
    }

    private static IEnumerable<Fact> Stated(RegisterModel act)
    {
        yield return new(
            Say("Parameters"),
            act.Parameters is { } parameters ? Markup.Words(Figures.Large(parameters)) : null
        );
        yield return new(
            Say("Puts out"),
            Markup.Words(string.Join(", ", act.ModalityOut.Select(ModelWords.Modality)))
        );
        yield return new(
            Say("Training"),
            Markup.Words(
                $"{ModelWords.Training(act.Training.State)}{From(act.Training.StartedOn)}"
                    + To(act.Training.FinishedOn)
            )
        );
        yield return new(
            Say("Weights, as intended"),
            Markup.Words(
                ModelWords.Weights(act.IntendedRelease.Weights)
                    + (
                        act.IntendedRelease.On is { } day
                            ? Plainly($", from {Times.Long(day)}")
                            : ""
                    )
            )
        );
    }

    private static Fact Evaluated(EvaluationClaim claim) =>
        new(
            Plainly($"Evaluation: {Plain(claim.Line)}"),
            claim.AtOrAbove
                ? Markup.Of($"At or above the line on {Times.Long(claim.On)}")
                : Markup.Of($"Below the line on {Times.Long(claim.On)}")
        );

    private static IEnumerable<Fact> InConfidence(Model model, RegisterModel act) =>
        act.SealedPart is { } digest
            ?
            [
                new(
                    Say("In confidence"),
                    new Markup().Leaf("span", $"{digest}", ("class", "c-digest"))
                )
                {
                    Range = model.RevealedBy is { } reveal
                        ? Markup.Of($"Made public by {reveal}.")
                        : Markup.Words(
                            Say(
                                "The digest of what only the authority reads; it cannot be changed "
                                    + "later."
                            )
                        ),
                },
            ]
            : [];

    private static IEnumerable<Fact> Reported(
        World world,
        Model model,
        bool beside,
        IReadOnlyList<ThresholdLine> thresholds
    )
    {
        var report = model.Report!;
        Markup Said(int source) => SourceOf(report, source, model.Id.Index);
        Fact Text(string name, ReportedText? text) =>
            new(name, text is null ? null : Markup.Words(Scaled(text.Value)))
            {
                Source = text is null ? Markup.Words(Say("Not in the source")) : Said(text.Source),
            };
        foreach (var row in Compute(world, model, beside, thresholds))
        {
            yield return row;
        }

        yield return Text(Named(Say("Parameters"), beside), report.Parameters);
        var weights = Text(Named(Say("Weights"), beside), report.Accessibility);
        yield return weights with
        {
            Range = beside ? null : Markup.Words(Say("No digest on file.")),
        };
        yield return Text(Named(Say("Domain"), beside), report.Domain) with
        {
            Range = Output(world, model),
        };
        yield return new(
            Named(Say("Training hardware"), beside),
            report.Hardware is null
                ? null
                : Markup.Words(
                    report.Hardware.Value
                        + (
                            report.HardwareQuantity is { } count
                                ? Plainly($", {Scaled(count.Value)} pieces")
                                : ""
                        )
                )
        )
        {
            Source = report.Hardware is { } hardware
                ? Said(hardware.Source)
                : Markup.Words(Say("Not in the source")),
        };
        foreach (var fact in report.Facts)
        {
            yield return Declared(fact, Said(0));
        }

        yield return Sources(report, beside, model.Id.Index);
    }

    private static IEnumerable<Fact> Compute(
        World world,
        Model model,
        bool beside,
        IReadOnlyList<ThresholdLine> thresholds
    )
    {
        var report = model.Report!;
        var estimate = BestEstimate.Of(world, model with { AnsweredBy = null });
        var stated = report.TrainingCompute;
        var source = stated ?? report.FinetuneCompute;
        var value =
            stated?.Figure is { } figure ? Markup.Of($"{figure} FLOP")
            : stated is not null ? Markup.Words(Say("Bounds only"))
            : report.FinetuneCompute?.Figure is { } added
                ? Markup.Of($"Adds {added} FLOP to what it was made from")
            : null;
        yield return new(
            Named(Say("Training compute"), beside),
            value ?? Markup.Words(Say("No figure"))
        )
        {
            Range = estimate.Range.IsUnknown
                ? Markup.Words(
                    Say("No source gives one, so no law that asks for it can be answered.")
                )
                : Markup.Of(
                    $"{Figures.Range(estimate.Range)}: the authority's reading. "
                        + $"{Prose.Of(estimate.Reading.Words)}"
                ),
            WideDrawing = estimate.Range.IsUnknown
                ? null
                : ComputeScale.Wide(estimate.Figure, estimate.Range, thresholds),
            NarrowDrawing = estimate.Range.IsUnknown
                ? null
                : ComputeScale.Narrow(estimate.Figure, estimate.Range, thresholds),
            Source = source is null
                ? Markup.Words(Say("Not in the source"))
                : SourceOf(report, source.Source, model.Id.Index, source.Confidence),
        };
        if (stated is not null && report.FinetuneCompute is { Figure: { } own } fine)
        {
            yield return new(Named(Say("Of it, fine-tuning"), beside), Markup.Of($"{own} FLOP"))
            {
                Source = SourceOf(report, fine.Source, model.Id.Index, fine.Confidence),
            };
        }
    }

    private static Markup? Output(World world, Model model)
    {
        if (
            FactSheets.ReadingsOf(world) is not { } readings
            || DomainReading.Of(model.Report!.Domain?.Value, readings) is not { Out: { } output }
        )
        {
            return null;
        }

        return Markup.Of(
            $"Puts out {Prose.Of(Explanations.Say(output, null))}: the authority's reading of "
                + $"these words."
        );
    }

    private static Fact Declared(DeclaredFact fact, Markup source)
    {
        var stated = Vocabulary.TryRead(fact, new(Asserter.Developer, ""), out var read, out _)
            ? Explanations.Say(read.Value, Vocabulary.Find(fact.Fact)?.Unit)
            : Say("not readable");
        return new(Explanations.Name(fact.Fact), Prose.Of(stated))
        {
            Range = fact.Source is { } words ? Markup.Words(words) : null,
            Source = source,
        };
    }

    private static Markup SourceOf(
        ReportModel report,
        int number,
        long index,
        string? confidence = null
    )
    {
        var source = report.Sources[Math.Min(number, report.Sources.Count - 1)];
        var markup = new Markup();
        if (source.Url is { } url)
        {
            markup.Leaf(
                "a",
                Publisher(source),
                ("class", "govuk-link"),
                ("href", url),
                ("rel", "nofollow noreferrer")
            );
        }
        else
        {
            markup.Text(Publisher(source));
        }

        if (confidence is not null)
        {
            markup.Add(Say($", rated {confidence}"));
        }

        return markup.Text(". ").Add(Report(index));
    }

    // The row of sources has whole titles; beside each fact the publisher is enough.
    private static string Publisher(PublicSource source) => source.Title.Split(',')[0];

    private static Fact Sources(ReportModel report, bool beside, long index)
    {
        var list = new Markup();
        foreach (var source in report.Sources)
        {
            list.Open("span", ("class", "c-line"));
            if (source.Url is { } url)
            {
                list.Leaf(
                    "a",
                    source.Title,
                    ("class", "govuk-link"),
                    ("href", url),
                    ("rel", "nofollow noreferrer")
                );
            }
            else
            {
                list.Text(source.Title);
            }

            list.Text(source.Licence is { } licence ? $", {licence}" : "").Close();
        }

        return new(Named(Say("Sources"), beside), list) { Source = Report(index) };
    }

    // A registration takes over what was reported before, row by row.
    private static string Named(string name, bool beside) =>
        beside ? Plainly($"{name}, reported before") : name;

    private static Markup Report(long index) =>
        new Markup().Leaf(
            "a",
            Plainly($"Act {Figures.Count(index)}"),
            ("class", "govuk-link"),
            ("href", $"/acts/{new ActId(index)}")
        );

    private static string Scaled(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Figures.Large(count)
            : text;

    private static string State(ComputeState state) =>
        state switch
        {
            ComputeState.SoFar => Say("Training compute so far"),
            ComputeState.Planned => Say("Training compute as planned"),
            _ => Say("Training compute as forecast"),
        };

    private static string From(DateOnly? day) =>
        day is { } one ? Plainly($", begun {Times.Long(one)}") : "";

    private static string To(DateOnly? day) =>
        day is { } one ? Plainly($", finished {Times.Long(one)}") : "";

    private static string Plain(string word) =>
        Prose.Capital(
            Prose.Plain(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(word))
        );
}
