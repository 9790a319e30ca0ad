using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>What appeals and openings change in the register.</summary>
public sealed partial record RegistryView
{
    private RegistryView Decide(StandingAct act, Logged entry, Effect effect, NetworkView network)
    {
        if (act is not (Suspend or Certify { Conditions.Count: > 0 }))
        {
            return this;
        }

        var period = AppealLaw.FilingTime(network);
        var decision = new DecisionRecord(act, entry.ActDigest, effect.At, period);
        return this with
        {
            Decisions = Decisions.Set(effect.Act, decision),
            Deadlines = Deadlines.Add(effect.At + period),
        };
    }

    // An appeal stands in the history of what it is about.
    private RegistryView Appealed(long decision, Logged entry)
    {
        var target = Decisions[decision].Act.Target;
        return Set(target, StandingOf(target)!, entry);
    }

    private RegistryView Decide(DecideAppeal act, Logged entry, Effect effect, NetworkView network)
    {
        if (network.Appeals.All[act.Appeal.Index].Act.Against is not { } against)
        {
            return this;
        }

        var target = Decisions[against.Index].Act.Target;
        var standing = StandingOf(target)!.Appealed(against.Index, act.Outcome, effect);
        var view = Set(target, standing, entry);
        return view with
        {
            Deadlines = view.Deadlines.Union(
                standing
                    .All()
                    .Select(one => one.Until)
                    .OfType<Instant>()
                    .Where(end => end > effect.At)
            ),
        };
    }

    // Whoever holds the log alone reads what was sealed from this entry on.
    private RegistryView Show(long index, string opening, long by) =>
        Models.Find(new(index)) is { Registration: { } registration } model
            ? this with
            {
                Models = Models.Set(
                    model.Id,
                    model with
                    {
                        Details =
                            model.Details
                            ?? Opened.Part<RegistrationDetails>(ActTable.Of(registration), opening),
                        RevealedBy = new(by),
                    }
                ),
            }
        : Deployments.Find(new(index)) is { } deployment
            ? this with
            {
                Deployments = Deployments.Set(
                    deployment.Id,
                    deployment with
                    {
                        RevealedBy = new(by),
                    }
                ),
            }
        : this;
}
