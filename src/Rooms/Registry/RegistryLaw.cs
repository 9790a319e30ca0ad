using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// The law of registration: models, reports, releases, deployments, transfers. Nobody is refused
/// for
/// registering below a threshold; thresholds make duties, and live in rulebooks.
/// </summary>
[Clause("registration")]
internal static class RegistryLaw
{
    private const string Source = "ACTS, registry";

    public static Refusal? Refuse(Hearing hearing, RegisterModel act) =>
        NetworkLaw.OwnParty(hearing, act.Developer, "$.developer")
        ?? NetworkLaw.RoleOf(hearing, PartyRole.Developer)
        ?? Homonym(hearing, act)
        ?? RefuseContent(hearing, act, hearing.Signed.SealedPart as RegistrationDetails)
        ?? Reports(hearing, act);

    /// <summary>What holds of a registration when it is filed and after each change.</summary>
    public static Refusal? RefuseContent(
        Hearing hearing,
        RegisterModel act,
        RegistrationDetails? details
    )
    {
        var at = hearing.At;
        var started = act.Training.State == TrainingState.Planned ? null : act.Training.StartedOn;
        for (var i = 0; i < act.Evaluations.Count; i++)
        {
            if (
                Refusals.AfterTick(at, ($"$.evaluations[{i}].on", act.Evaluations[i].On)) is
                { } late
            )
            {
                return late;
            }
        }

        return Refusals.AfterTick(
                at,
                ("$.training.started_on", started),
                ("$.training.finished_on", act.Training.FinishedOn)
            )
            ?? Claims(hearing, act.TrainingCompute, "$.training_compute")
            ?? Claims(hearing, details?.TrainingCompute ?? [], "$.sealed_part.training_compute")
            ?? Facts(hearing, act.Facts, "$.facts")
            ?? Facts(hearing, details?.Facts ?? [], "$.sealed_part.facts");
    }

    public static Refusal? Refuse(Hearing hearing, ReportModel act)
    {
        var may =
            hearing.Speaker is Speaker.Authority { Purpose: KeyPurpose.Registrar }
            || hearing.Organisation is { } party && party.IsAny(PartyRole.Institute);
        return !may
            ? Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!)
            : RefuseContent(hearing, act);
    }

    /// <summary>What holds of a report when it is filed and after each change.</summary>
    public static Refusal? RefuseContent(Hearing hearing, ReportModel act)
    {
        for (var i = 0; i < act.BaseModels.Count; i++)
        {
            if (act.BaseModels[i].Model is { } parent && !hearing.World.Registry.Models.Has(parent))
            {
                return Refusals.NotThere($"$.base_models[{i}].model", "model", parent.ToString());
            }
        }

        return Refusals.AfterTick(hearing.At, ("$.published_on", act.PublishedOn))
            ?? Facts(hearing, act.Facts, "$.facts");
    }

    public static Refusal? Refuse(Hearing hearing, Release act)
    {
        var registry = hearing.World.Registry;
        if (
            registry.Models.Find(act.Model)
            is not { Standing.State: not StandingState.Withdrawn } model
        )
        {
            return Refusals.NotThere("$.model", "model", act.Model.ToString());
        }

        return model.Developer is not { } developer
            ? new(
                "not-registered",
                "A release is declared of a registered model.",
                Source,
                "$.model",
                $"{act.Model} is reported from public sources; nobody has registered it.",
                $"Register the model first and let the registration answer {act.Model}."
            )
            : NetworkLaw.OwnParty(hearing, developer, "$.model")
                ?? NetworkLaw.RoleOf(hearing, PartyRole.Developer)
                ?? RefuseContent(hearing, act, own: null);
    }

    /// <summary>What holds of a release when it is filed and after each change.</summary>
    public static Refusal? RefuseContent(Hearing hearing, Release act, ReleaseId? own)
    {
        var registry = hearing.World.Registry;
        for (var i = 0; i < act.Weights.Count; i++)
        {
            var digest = act.Weights[i].Digest;
            if (
                registry.Weights.TryGet(digest, out var other)
                && other != own
                && registry.Releases[other].Developer != hearing.Party
            )
            {
                return new(
                    "weights-known",
                    "A byte-identical copy is covered by the registration of its release.",
                    "IDAIS-Oxford, registration: copies; ACTS, release",
                    $"$.weights[{i}].digest",
                    $"These weights are release {other} of another developer.",
                    $"Host it as {other}; if you changed it, declare the changed file's digest."
                );
            }
        }

        return Refusals.AfterTick(hearing.At, ("$.released_on", act.ReleasedOn));
    }

    public static Refusal? Refuse(Hearing hearing, Deploy act)
    {
        var world = hearing.World;
        var release = world.Registry.Releases.Find(act.Release);
        return NetworkLaw.OwnParty(hearing, act.Host, "$.host")
            ?? NetworkLaw.RoleOf(hearing, PartyRole.Host)
            ?? (
                release is null
                    ? Refusals.NotThere("$.release", "release", act.Release.ToString())
                    : Barred(hearing, SubjectId.Of(act.Release))
            )
            ?? (
                act.Site is { } site && !world.Network.Sites.Has(site)
                    ? Refusals.NotThere("$.site", "site", site.ToString())
                    : null
            );
    }

    public static Refusal? Refuse(Hearing hearing, Transfer act)
    {
        var parties = act.Joint.Parties ?? [];
        for (var i = 0; i < parties.Count; i++)
        {
            if (!hearing.World.Network.Parties.Has(parties[i]))
            {
                return Refusals.NotThere($"$.joint.parties[{i}]", "party", parties[i].ToString());
            }
        }

        if (hearing.World.Registry.Releases.Find(act.Release) is not { } release)
        {
            return Refusals.NotThere("$.release", "release", act.Release.ToString());
        }

        return release.Holders.Contains(parties[0])
            ? Barred(hearing, SubjectId.Of(act.Release))
            : new(
                "not-the-holder",
                "A release is passed on by its developer or by who received it as owner.",
                "ACTS, transfer",
                "$.joint.parties[0]",
                $"{parties[0]} is not known to hold {act.Release}.",
                "Have the transfer to that party declared first."
            );
    }

    /// <summary>
    /// Refused when the subject, or the model it is a release of, is suspended or gone.
    /// </summary>
    private static Refusal? Barred(Hearing hearing, SubjectId subject)
    {
        var registry = hearing.World.Registry;
        var model = registry.ModelOf(subject)!;
        foreach (
            var (id, standing) in (ReadOnlySpan<(SubjectId, Standing)>)
                [(subject, registry.StandingOf(subject)!), (SubjectId.Of(model.Id), model.Standing)]
        )
        {
            var now = standing.AsOf(hearing.At);
            if (now.State is StandingState.Suspended or StandingState.Withdrawn)
            {
                return new(
                    "standing",
                    "What is suspended or withdrawn is neither deployed nor passed on.",
                    "DESIGN §6, standing; IDAIS-Oxford, registration of sale or use",
                    "$.release",
                    $"{id} is {now.State.ToString().ToLowerInvariant()} "
                        + $"by act {new ActId(now.DecidedBy)}.",
                    "Read the act; the authority says there what has to change."
                );
            }
        }

        return null;
    }

    private static Refusal? Homonym(Hearing hearing, RegisterModel act)
    {
        var registry = hearing.World.Registry;
        var full = act.Version is { } version ? $"{act.Name} {version}" : act.Name;
        var twin = registry
            .Names.Find(FoldedName.Of(full))
            ?.Select(id => registry.Models[id])
            .FirstOrDefault(model =>
                model.Developer == act.Developer
                && model.Standing.State != StandingState.Withdrawn
                && string.Equals(
                    FoldedName.Of(model.FullName),
                    FoldedName.Of(full),
                    StringComparison.Ordinal
                )
            );
        return twin is null
            ? null
            : new(
                "homonym",
                "No two models of one developer have names that read alike.",
                "ACTS, register-model: homonyms",
                "$.name",
                $"{full} reads like {twin.Id}, {twin.FullName}.",
                "Amend that registration, or state a version that tells them apart."
            );
    }

    private static Refusal? Reports(Hearing hearing, RegisterModel act)
    {
        for (var i = 0; i < act.Answers.Count; i++)
        {
            var report = hearing.World.Registry.Models.Find(act.Answers[i]);
            if (report is not { Report: not null })
            {
                return Refusals.NotThere($"$.answers[{i}]", "report", act.Answers[i].ToString());
            }
        }

        return null;
    }

    private static Refusal? Claims(Hearing hearing, IReadOnlyList<ComputeClaim> claims, string path)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            var known = hearing
                .World.Network.Rulebooks.SelectMany(book => book.Book.Profiles.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToList();
            if (!known.Contains(claims[i].Profile, StringComparer.Ordinal))
            {
                return new(
                    "unknown-profile",
                    "Compute is counted under a profile that a rulebook defines.",
                    "specs/rulebook.md, counting profiles",
                    $"{path}[{i}].profile",
                    $"There is no counting profile {claims[i].Profile}.",
                    known.Count > 0
                        ? $"Use one of: {string.Join(", ", known)}."
                        : "This authority has adopted no rulebook yet: state no figure, or ask it."
                );
            }

            if (claims[i].KnownAt is { } since && since > hearing.At)
            {
                return Refusals.DatedAfterTick(
                    $"{path}[{i}].known_at",
                    since.ToString(),
                    hearing.At
                );
            }
        }

        return null;
    }

    private static Refusal? Facts(Hearing hearing, IReadOnlyList<DeclaredFact> facts, string path)
    {
        var isReport = hearing.Signed.Act is ReportModel;
        var by = new FactSource(isReport ? Asserter.PublicSource : Asserter.Developer, "");
        for (var i = 0; i < facts.Count; i++)
        {
            if (!Vocabulary.TryRead(facts[i], by, out _, out var fault))
            {
                return new(
                    "fact-fault",
                    "A fact has the type and unit that the vocabulary gives it.",
                    "specs/rulebook.md, vocabulary",
                    $"{path}[{i}]{fault.Path.TrimStart('$')}",
                    fault.Rule,
                    "Correct the fact; `concord schema` lists the vocabulary."
                );
            }

            if (facts[i].KnownAt is { } known && known > hearing.At)
            {
                return Refusals.DatedAfterTick(
                    $"{path}[{i}].known_at",
                    known.ToString(),
                    hearing.At
                );
            }
        }

        return null;
    }
}
