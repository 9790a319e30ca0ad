using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// What the register knows of a model, in the words of the vocabulary: what its developer states,
/// what public sources say, how the authority reads them, and what follows from its lineage.
/// </summary>
public static class FactSheets
{
    private const int LineageDepthMax = 64;

    /// <summary>The sheet of a model at a world; empty for an id that is not there.</summary>
    /// <param name="world">The world.</param>
    /// <param name="id">The model; a report that is answered gives the sheet of its answer.</param>
    /// <param name="audience">Whether what is stated in confidence is read.</param>
    public static FactSheet Of(World world, ModelId id, Audience audience)
    {
        if (world.Registry.Models.Find(world.Registry.Canonical(id)) is not { } model)
        {
            return FactSheet.Empty;
        }

        return FactSheet.Of(
            Registered(world, model, audience)
                .Concat(Reported(world, model, 0))
                .Concat(
                    model.Answers.SelectMany(one => Reported(world, world.Registry.Models[one], 0))
                )
                .Concat(Derived(world, model))
                .Append(Standing(world, model))
        );
    }

    /// <summary>
    /// How the authority reads public figures and words at a world; null: it has adopted no
    /// readings.
    /// </summary>
    public static Readings? ReadingsOf(World world) =>
        world
            .Network.Rulebooks.LastOrDefault(book =>
                book.Book.Readings is not null && book.AppliesFrom <= world.At.Day
            )
            ?.Book.Readings;

    /// <summary>
    /// Training compute as the authority reads it for charts and lists: the developer's public
    /// figure, else the reading of the public sources.
    /// </summary>
    public static ComputeReading ComputeOf(World world, ModelId id) =>
        world.Registry.Models.Find(world.Registry.Canonical(id)) is { } model
            ? ComputeOf(world, model, 0)
            : ComputeReading.None;

    private static ComputeReading ComputeOf(World world, Model model, int depth)
    {
        if (model.Registration is { } act)
        {
            foreach (var claim in act.TrainingCompute.Where(c => c.State == ComputeState.SoFar))
            {
                return new(
                    FlopRange.Between(claim.Low, claim.High),
                    $"Stated by the developer, counted as {claim.Profile}."
                );
            }

            return model
                    .Answers.Select(one => ComputeOf(world, world.Registry.Models[one], depth + 1))
                    .FirstOrDefault(reading => !reading.Range.IsUnknown)
                ?? ComputeReading.None;
        }

        return model.Report is { } report && ReadingsOf(world) is { } readings
            ? ComputeReading.Of(
                report.TrainingCompute,
                report.FinetuneCompute,
                ParentRanges(world, report, depth),
                readings
            )
            : ComputeReading.None;
    }

    private static List<FlopRange> ParentRanges(World world, ReportModel report, int depth) =>
        depth >= LineageDepthMax
            ? []
            :
            [
                .. report.BaseModels.Select(parent =>
                    parent.Model is { } id
                    && world.Registry.Models.Find(world.Registry.Canonical(id)) is { } model
                        ? ComputeOf(world, model, depth + 1).Range
                        : FlopRange.Unknown
                ),
            ];

    private static IEnumerable<Stated> Registered(World world, Model model, Audience audience)
    {
        if (model.Registration is not { } act)
        {
            yield break;
        }

        var developer = world.Network.Parties[model.Developer!.Value];
        var source = new FactSource(Asserter.Developer, $"{developer.Name}, registration")
        {
            Act = model.Id.Index,
        };
        var sealedSource = source with { Words = $"{developer.Name}, stated in confidence" };
        foreach (var stated in Claims(act.TrainingCompute, source, model))
        {
            yield return stated;
        }

        foreach (var stated in Facts(act.Facts, source))
        {
            yield return stated;
        }

        var details = audience == Audience.Full ? model.Details : null;
        foreach (
            var stated in Claims(details?.TrainingCompute ?? [], sealedSource, model)
                .Concat(Facts(details?.Facts ?? [], sealedSource))
        )
        {
            yield return stated;
        }

        yield return new(
            "modality.out",
            Known.Of([.. act.ModalityOut.Order(StringComparer.Ordinal)]),
            source
        );
        yield return new("training_state", Known.Of(Word(act.Training.State)), source);
        yield return new("established_in", Known.Of(developer.Country), source);
        if (act.Training.StartedOn is { } started)
        {
            yield return new("training_starts_on", Known.Of(started), source);
        }

        foreach (var evaluation in act.Evaluations)
        {
            yield return new(
                $"evaluation[{evaluation.Line}]",
                Known.Of(evaluation.AtOrAbove),
                source
            );
        }

        foreach (var release in model.Releases ?? Enumerable.Empty<ReleaseId>())
        {
            var access = world.Registry.Releases[release].Act.Access;
            yield return new(
                "released_weights",
                Known.Of(access != WeightsAccess.Closed),
                source with
                {
                    Act = release.Index,
                }
            );
            break;
        }
    }

    private static IEnumerable<Stated> Claims(
        IReadOnlyList<ComputeClaim> claims,
        FactSource source,
        Model model
    ) =>
        claims.Select(claim => new Stated(
            $"flop[{claim.Profile}].{Word(claim.State)}",
            Known.Of(FlopRange.Between(claim.Low, claim.High)),
            source with
            {
                KnownAt = claim.KnownAt ?? model.FiledAt,
                Note = claim.Method,
            }
        ));

    private static IEnumerable<Stated> Facts(IReadOnlyList<DeclaredFact> facts, FactSource source)
    {
        foreach (var fact in facts)
        {
            if (Vocabulary.TryRead(fact, source, out var stated, out _))
            {
                yield return stated;
            }
        }
    }

    private static IEnumerable<Stated> Reported(World world, Model model, int depth)
    {
        if (model.Report is not { } report)
        {
            yield break;
        }

        var source = new FactSource(Asserter.PublicSource, report.Sources[0].Title)
        {
            Act = model.Id.Index,
        };
        foreach (var stated in Facts(report.Facts, source))
        {
            yield return stated;
        }

        if (report.PublishedOn is { } published)
        {
            yield return new("published_on", Known.Of(published), source);
        }

        if (ReadingsOf(world) is not { } readings)
        {
            yield break;
        }

        var compute = ComputeReading.Of(
            report.TrainingCompute,
            report.FinetuneCompute,
            ParentRanges(world, report, depth),
            readings
        );
        if (!compute.Range.IsUnknown)
        {
            var figure = report.TrainingCompute ?? report.FinetuneCompute;
            yield return new(
                $"flop[{FactSheet.AnyProfile}].so_far",
                Known.Of(compute.Range),
                source with
                {
                    By = Asserter.Reading,
                    Words = Rated(report, figure),
                    Note = compute.Words,
                }
            );
        }

        foreach (var stated in DomainReading.Of(report.Domain?.Value, readings).Facts(source))
        {
            yield return stated;
        }

        // A base model is judged by its own facts only, so that a chain of reports has an end.
        var parents = depth == 0 ? Bases(world, report) : [];
        foreach (var stated in ReportedDescent.Facts(world, report, parents, readings, source))
        {
            yield return stated;
        }

        if (parents.Count > 0 && parents.Count == report.BaseModels.Count)
        {
            var reading = source with { By = Asserter.Reading };
            foreach (var stated in ParentFacts(world, parents, reading))
            {
                yield return stated;
            }
        }
    }

    private static List<Model> Bases(World world, ReportModel report) =>
        [
            .. report
                .BaseModels.Select(parent =>
                    parent.Model is { } id
                        ? world.Registry.Models.Find(world.Registry.Canonical(id))
                        : null
                )
                .OfType<Model>(),
        ];

    private static string Rated(ReportModel report, ReportedCompute? figure) =>
        (figure is null ? report.Sources[0] : report.Sources[figure.Source]).Title
        + (figure?.Confidence is { Length: > 0 } word ? $", rated {word}" : ", not rated");

    /// <summary>What follows from the newest release that is declared a derivative.</summary>
    private static IEnumerable<Stated> Derived(World world, Model model)
    {
        var derivation = model
            .Releases?.Select(id => world.Registry.Releases[id])
            .FirstOrDefault(release => release.Derivation is not null);
        if (derivation?.Derivation is not { } act)
        {
            yield break;
        }

        var source = new FactSource(Asserter.Developer, "declared by the maker of the derivative")
        {
            Act = derivation.DerivationAct,
        };
        var parents = act.Parents.Select(world.Registry.ModelOf).OfType<Model>().ToList();
        yield return new("relation", Known.Of(Word(act.Relation)), source);
        yield return new(
            "actor_is_provider_of_parent",
            Known.Of(parents.All(parent => parent.Developer == act.By)),
            source
        );
        var modification = FlopRange.Between(act.ComputeLow, act.ComputeHigh);
        if (!modification.IsUnknown)
        {
            yield return new($"mod_flop[{FactSheet.AnyProfile}]", Known.Of(modification), source);
        }

        if (act.SafeguardsRemoved is { } removed)
        {
            yield return new("safeguards_removed", Known.Of(removed), source);
        }

        if (act.CapabilityRaised is { } raised)
        {
            yield return new("capability_raised", Known.Of(raised), source);
        }

        foreach (var stated in ParentFacts(world, parents, source))
        {
            yield return stated;
        }
    }

    private static IEnumerable<Stated> ParentFacts(
        World world,
        IReadOnlyList<Model> parents,
        FactSource source
    )
    {
        var ranges = parents.Select(parent => ComputeOf(world, parent, 1).Range).ToList();
        if (ranges.Count > 0 && ranges.All(range => !range.IsUnknown))
        {
            var sum = ranges.Aggregate((left, right) => left + right);
            yield return new($"parent_flop[{FactSheet.AnyProfile}]", Known.Of(sum), source);
        }

        foreach (var (book, definition, fact) in ParentClasses.Rows)
        {
            if (
                world.Network.RulebookOn(book, world.At.Day)?.Book is not { } rulebook
                || !rulebook.Definitions.ContainsKey(definition)
            )
            {
                continue;
            }

            var answers = parents.Select(parent =>
                Evaluation.Definition(rulebook, definition, OwnFacts(world, parent), world.At)
            );
            yield return new(
                fact,
                new Known.Truth(answers.DefaultIfEmpty(Answer.Undetermined).Max()),
                source with
                {
                    Words = $"the parent's facts, judged by {rulebook.Short}",
                }
            );
        }
    }

    // A parent's class is judged by its own facts: its own lineage has made them what they are.
    private static FactSheet OwnFacts(World world, Model parent) =>
        FactSheet.Of(Registered(world, parent, Audience.Public).Concat(Reported(world, parent, 1)));

    private static Stated Standing(World world, Model model)
    {
        var state = model.Standing.AsOf(world.At).State;
        return new(
            "standing",
            Known.Of(state == StandingState.Reported ? "unregistered" : Word(state)),
            new(Asserter.Authority, "this register") { Act = model.Standing.DecidedBy }
        );
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
