using Concord.Authority.Api;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// Judges filings one after the other as if each that is admitted were logged, and logs none: what
/// a whole file of acts would be told. One caller.
/// </summary>
/// <param name="from">The world that it begins with.</param>
/// <param name="signers">The bound on one signer: a signature is checked for each.</param>
/// <param name="clockStands">Whether a world's clock stands.</param>
public sealed class DryRun(Snapshot from, RateLimit signers, Func<World, bool> clockStands)
{
    private World _world = from.World;

    /// <summary>Judges the next filing.</summary>
    public DryVerdict Judge(Acts.Received received)
    {
        if (clockStands(_world))
        {
            return new(null, new(Problems.ClockStopped, $"the last tick is {_world.At}"), null);
        }

        if (!Gate.TryOpen(received, _world, signers, out var signed, out var problem))
        {
            return new(null, problem, null);
        }

        switch (Law.Judge(_world, signed))
        {
            case Verdict.Admitted admitted:
                _world = _world.Fold(admitted.Act.At(_world.Size));
                return new("admitted", null, signed.Type.Name);
            case Verdict.Duplicate:
                return new("duplicate", null, signed.Type.Name);
            case Verdict.Refused refused:
                return new(null, FilingApi.ProblemOf(refused.Refusal), signed.Type.Name);
            case var other:
                throw new InvariantException($"no verdict for {other}");
        }
    }
}
