using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Api;
using Concord.Authority.Web.Filing;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Authority.Admission;

/// <summary>
/// Judges acts that nobody has signed yet one after the other, as if each that the law admits were
/// logged. One caller.
/// </summary>
/// <param name="world">The world that it begins with.</param>
/// <param name="issuer">In whose name they would be filed.</param>
/// <param name="key">The key that would sign.</param>
internal sealed class SupposedRun(World world, string issuer, PublicKey key)
{
    private readonly long _from = world.Size;
    private World _world = world;

    /// <summary>Judges the next act.</summary>
    public Supposed Judge(ActRow row)
    {
        if (!Opening.TryForesee(row, issuer, key, out var signed, out var fault))
        {
            return new("unread", null)
            {
                Problem = new(Problems.BadAct, fault.Detail)
                {
                    Fault = fault.Code,
                    Where = fault.Where,
                },
            };
        }

        if (_world.Network.Said.TryGet(NetworkView.SaidKey(issuer, signed.ActDigest), out var at))
        {
            // Of the rows before it, or of the log that it began with.
            return new(at < _from ? "filed" : "repeated", signed) { Act = new ActId(at) };
        }

        if (!AsksLaw(signed.Act))
        {
            return new("unjudged", signed);
        }

        if (Law.Foresee(_world, signed) is { } refusal)
        {
            return new("refused", signed) { Problem = FilingApi.ProblemOf(refusal) };
        }

        var entry = Law.Suppose(_world, signed);
        _world = _world.Fold(entry);
        return new("admitted", signed) { Entry = entry, After = _world };
    }

    // Of some acts the law would tell whoever asks what is for the speaker alone.
    private bool AsksLaw(Act act) =>
        act is not AnswerQuestion
        && (Subjects.TargetOf(act) is not { } target || Targets.IsPublic(_world, target));
}
