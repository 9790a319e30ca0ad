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
    /// <summary>The sheet of a model at a world; empty for an id that is not there.</summary>
    /// <param name="world">The world.</param>
    /// <param name="id">The model; a report that is answered gives the sheet of its answer.</param>
    /// <param name="audience">Whether what is stated in confidence is read.</param>
    public static FactSheet Of(World world, ModelId id, Audience audience) =>
        new FactReader(world).Of(id, audience);

    /// <summary>What is stated of a model itself, nothing that follows from its lineage.</summary>
    internal static IEnumerable<Stated> Own(
        World world,
        Model model,
        Audience audience,
        Computes computes
    ) =>
        Registered(world, model, audience)
            .Concat(Reported(world, model, computes))
            .Concat(
                model.Answers.SelectMany(one =>
                    Reported(world, world.Registry.Models[one], computes)
                )
            );

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
            ? new Computes(world, ReadingsOf(world)).Of(model)
            : ComputeReading.None;

    /// <summary>
    /// The sheet that a model would have if it were registered by an act: what is filed is judged
    /// by the same facts.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="act">The act.</param>
    /// <param name="country">Where the developer sits; null: not said.</param>
    public static FactSheet Supposed(World world, RegisterModel act, string? country)
    {
        var source = new FactSource(Asserter.Developer, "as answered");
        var sheet = FactSheet
            .Of(Registered(act, country, source, world.At))
            .With("standing", Known.Of("registered"), new(Asserter.Authority, "this register"));
        return T1(world, sheet) is { } stated ? sheet.With(stated) : sheet;
    }

    private static IEnumerable<Stated> Registered(
        RegisterModel act,
        string? country,
        FactSource source,
        Instant filedAt
    )
    {
        foreach (
            var stated in Claims(act.TrainingCompute, source, filedAt)
                .Concat(Facts(act.Facts, source))
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
        if (country is not null)
        {
            yield return new("established_in", Known.Of(country), source);
        }

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
    }

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
        foreach (var stated in Registered(act, developer.Country, source, model.FiledAt))
        {
            yield return stated;
        }

        var sealedSource = InConfidence(source, developer.Name, model.RevealedBy);
        var details = model.DetailsFor(audience);
        foreach (
            var stated in Claims(details?.TrainingCompute ?? [], sealedSource, model.FiledAt)
                .Concat(Facts(details?.Facts ?? [], sealedSource))
        )
        {
            yield return stated;
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

    private static FactSource InConfidence(FactSource source, string who, ActId? reveal) =>
        reveal is { } act
            ? source with
            {
                Words = $"{who}, made public by {act}",
                Act = act.Index,
            }
            : source with
            {
                Words = $"{who}, stated in confidence",
            };

    private static IEnumerable<Stated> Claims(
        IReadOnlyList<ComputeClaim> claims,
        FactSource source,
        Instant filedAt
    ) =>
        claims.Select(claim => new Stated(
            $"flop[{claim.Profile}].{Word(claim.State)}",
            Known.Of(FlopRange.Between(claim.Low, claim.High)),
            source with
            {
                KnownAt = claim.KnownAt ?? filedAt,
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

    private static IEnumerable<Stated> Reported(World world, Model model, Computes computes)
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

        var compute = computes.Of(report);
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
    }

    private static string Rated(ReportModel report, ReportedCompute? figure) =>
        (figure is null ? report.Sources[0] : report.Sources[figure.Source]).Title
        + (figure?.Confidence is { Length: > 0 } word ? $", rated {word}" : ", not rated");

    /// <summary>
    /// Whether its releases are at T1 of the default rulebook: by the model itself, or by the root
    /// of which it is a light derivative.
    /// </summary>
    internal static Stated? T1(World world, FactSheet sheet)
    {
        const string rulebook = "concord-default";
        if (
            world.Network.RulebookOn(rulebook, world.At.Day)?.Book is not { } book
            || !book.Definitions.ContainsKey("t1")
        )
        {
            return null;
        }

        var own = Evaluation.Definition(book, "t1", sheet, world.At);
        var root = sheet.Read("parent_class.t1", world.At).Value is Known.Truth passed
            ? passed.Value
            : Answer.No;
        return new(
            "release_class.t1",
            new Known.Truth(own.Or(root)),
            new(Asserter.Reading, $"the model's facts and its root's, judged by {book.Short}")
        );
    }

    internal static Stated Standing(World world, Model model)
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
