using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>
/// The law of amending, correcting and withdrawing: by who filed, or by officers of k institutions
/// who void; the history stays.
/// </summary>
[Clause("registration")]
internal static class ChangeLaw
{
    private const string Source = "ACTS, registry/amend, correct, withdraw";

    public static Refusal? Refuse(Hearing hearing, Amend act) =>
        Filer(hearing, act.Target) ?? Change(hearing, act.Target, act.Changes, "$.changes");

    public static Refusal? Refuse(Hearing hearing, Correct act) =>
        Filer(hearing, act.Target) ?? Change(hearing, act.Target, act.Changes, "$.changes");

    public static Refusal? Refuse(Hearing hearing, Withdraw act) =>
        Filer(hearing, act.Target) ?? End(hearing, act.Target, typeof(Withdraw));

    public static Refusal? Refuse(Hearing hearing, VoidAct act)
    {
        if (act.Target.Index >= hearing.World.Size)
        {
            return Refusals.NotThere("$.target", "act", act.Target.ToString());
        }

        if (hearing.World.FilerOf(act.Target) is not { } filer)
        {
            return new(
                "not-voidable",
                "Registrations, reports, releases, derivations, deployments and what is filed on "
                    + "weights can be voided.",
                "DESIGN §3, attachments and voids; ACTS, network/void",
                "$.target",
                $"{act.Target} is none of them.",
                "Undo it by the act that its own room has for that: a key is revoked, a standing "
                    + "is restored or expires, a key set or rulebook is followed by another."
            );
        }

        // What replaces is judged as if who filed the act had said it.
        return act.Replacement is { } replacement
            ? Change(hearing with { Speaker = filer }, act.Target, replacement, "$.replacement")
            : End(hearing, act.Target, typeof(VoidAct));
    }

    private static Refusal? End(Hearing hearing, ActId target, Type act)
    {
        var registry = hearing.World.Registry;
        var weights = hearing.World.Lineage.Weights;
        var index = target.Index;
        var standing =
            registry.Models.Find(new(index))?.Standing
            ?? registry.Releases.Find(new(index))?.Standing;
        var gone =
            registry.Deployments.Find(new(index)) is { IsWithdrawn: true }
            || weights.IsEnded(target)
            || standing is null
                && registry.Changed(target) is null
                && weights.FilerOf(target) is null;
        if (gone || standing?.AsOf(hearing.At).State == StandingState.Withdrawn)
        {
            return Refuse(
                "already-withdrawn",
                "An act is withdrawn once.",
                "It has been withdrawn."
            );
        }

        var isHeld =
            standing is { } now
            && (
                !StandingTable.Allows(now.AsOf(hearing.At).State, act)
                || (now.AsOf(hearing.At).Stayed is not null && act == typeof(Withdraw))
            );
        return isHeld
            ? Refuse(
                "standing",
                "What is suspended is not withdrawn: the suspension must stay to be seen.",
                "It is suspended, or the suspension is stayed until an appeal is decided."
            )
            : null;
    }

    private static Refusal? Change(Hearing hearing, ActId target, JsonElement changes, string path)
    {
        var registry = hearing.World.Registry;
        var act = registry.Changed(target);
        if (act is null or Deploy)
        {
            return Refuse(
                "not-changeable",
                "Registrations, reports, releases and derivations in force can be changed.",
                act is Deploy ? "A deployment is sealed; an open change would show it."
                    : hearing.World.Lineage.Weights.FilerOf(target) is not null
                        ? "What was measured is withdrawn and filed anew, not changed."
                    : "It has been withdrawn."
            );
        }

        if (!Registry.Change.TryMerge(act, changes, out var merged, out var fault))
        {
            return new(
                fault.Rule,
                "A changed act is read as strictly as a filed one.",
                Source,
                path + fault.Path["$.changes".Length..],
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
        return inner is null ? null : inner with { Where = $"{path}{inner.Where[1..]}" };
    }

    private static Refusal? Filer(Hearing hearing, ActId target)
    {
        return hearing.World.FilerOf(target) is not { } filer
                ? Refusals.NotThere("$.target", "act of yours", target.ToString())
            : filer == hearing.Speaker ? null
            : Refusals.NotPermitted("who filed it", hearing.Speaker.ToString()!);
    }

    private static Refusal Refuse(string code, string rule, string detail) =>
        new(code, rule, Source, "$.target", detail, "Nothing can be done with this act.");
}
