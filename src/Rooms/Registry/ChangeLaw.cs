using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>
/// The law of amending, correcting and withdrawing: by who filed, the history stays.
/// </summary>
[Clause("registration")]
internal static class ChangeLaw
{
    private const string Source = "ACTS, registry/amend, correct, withdraw";

    public static Refusal? Refuse(Hearing hearing, Amend act) =>
        Change(hearing, act.Target, act.Changes);

    public static Refusal? Refuse(Hearing hearing, Correct act) =>
        Change(hearing, act.Target, act.Changes);

    public static Refusal? Refuse(Hearing hearing, Withdraw act)
    {
        if (Filer(hearing, act.Target) is { } refusal)
        {
            return refusal;
        }

        var registry = hearing.World.Registry;
        var index = act.Target.Index;
        var standing =
            registry.Models.Find(new(index))?.Standing
            ?? registry.Releases.Find(new(index))?.Standing;
        var gone =
            registry.Deployments.Find(new(index)) is { IsWithdrawn: true }
            || standing is null && registry.Changed(act.Target) is null;
        if (gone || standing?.AsOf(hearing.At).State == StandingState.Withdrawn)
        {
            return Refuse(
                "already-withdrawn",
                "An act is withdrawn once.",
                "It has been withdrawn."
            );
        }

        return
            standing is { } now
            && !StandingTable.Allows(now.AsOf(hearing.At).State, typeof(Withdraw))
            ? Refuse(
                "standing",
                "What is suspended is not withdrawn: the suspension must stay to be seen.",
                "It is suspended."
            )
            : null;
    }

    private static Refusal? Change(Hearing hearing, ActId target, JsonElement changes)
    {
        if (Filer(hearing, target) is { } refusal)
        {
            return refusal;
        }

        var registry = hearing.World.Registry;
        var act = registry.Changed(target);
        if (act is null or Deploy)
        {
            return Refuse(
                "not-changeable",
                "Registrations, reports, releases and derivations in force can be changed.",
                act is Deploy
                    ? "A deployment is sealed; an open change would show it."
                    : "It has been withdrawn."
            );
        }

        if (!Registry.Change.TryMerge(act, changes, out var merged, out var fault))
        {
            return new(
                fault.Rule,
                "A changed act is read as strictly as a filed one.",
                Source,
                fault.Path,
                fault.Detail,
                "Correct the change and file it anew."
            );
        }

        var inner = merged switch
        {
            RegisterModel model => RegistryLaw.RefuseContent(hearing, model, details: null),
            ReportModel report => RegistryLaw.RefuseContent(hearing, report)
                ?? LineageLaw.RefuseBases(hearing, new(target.Index), report),
            Release release => RegistryLaw.RefuseContent(hearing, release, new(target.Index)),
            Derive derive => LineageLaw.RefuseContent(hearing, derive),
            _ => throw new InvariantException("a changeable act has a law"),
        };
        return inner is null ? null : inner with { Where = $"$.changes{inner.Where[1..]}" };
    }

    private static Refusal? Filer(Hearing hearing, ActId target)
    {
        return hearing.World.Registry.IsFiledBy(target, hearing.Speaker) switch
        {
            null => Refusals.NotThere("$.target", "act of yours", target.ToString()),
            true => null,
            false => Refusals.NotPermitted("who filed it", hearing.Speaker.ToString()!),
        };
    }

    private static Refusal Refuse(string code, string rule, string detail) =>
        new(code, rule, Source, "$.target", detail, "Nothing can be done with this act.");
}
