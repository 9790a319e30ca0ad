using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Holds the machine's clock against what witnesses told in their newest answers (DESIGN §4): the
/// median of those no older than an hour, where they make a quorum. An answer's time is carried on
/// by the monotonic counter, so a clock that is set is found out at once.
/// </summary>
/// <param name="time">The machine's clock and counter.</param>
/// <param name="isAwaiting">Whether witnesses will be appointed: until then nothing is known, and a
/// server that starts with a wrong clock passes no deadline in its first seconds.</param>
public sealed class WitnessClocks(TimeProvider time, bool isAwaiting)
{
    /// <summary>How long what a witness told counts.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(1);

    private volatile bool _isAwaiting = isAwaiting;
    private volatile Appointed? _appointed;

    private sealed record Appointed(TlogPolicy Policy, IReadOnlyList<AskedWitness> Witnesses);

    /// <summary>The machine's clock now.</summary>
    public ClockCheck Now => Check(Instant.From(time.GetUtcNow()));

    /// <summary>Holds a reading of the machine's clock, made just now, against them.</summary>
    public ClockCheck Check(Instant now)
    {
        if (_appointed is not { } appointed)
        {
            return new(_isAwaiting ? ClockAgreement.Unknown : ClockAgreement.Unwitnessed, null);
        }

        var offsets = new Dictionary<NoteVerifier, ClockOffset>();
        foreach (var witness in appointed.Witnesses)
        {
            if (OffsetOf(witness, now) is { } offset)
            {
                offsets[witness.Key] = offset;
            }
        }

        if (!appointed.Policy.IsReachedBy(offsets.Keys))
        {
            return new(ClockAgreement.Unknown, null);
        }

        var median = ClockOffset.Median(offsets.Values);
        return new(
            median.IsWithin(TickWatch.Leeway) ? ClockAgreement.Agrees : ClockAgreement.Disagrees,
            median
        );
    }

    /// <summary>How far a witness is ahead; null: it has not told the time for an hour.</summary>
    public ClockOffset? OffsetOf(AskedWitness witness, Instant now)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.State.Reading is not { } reading)
        {
            return null;
        }

        var since = time.GetElapsedTime(reading.Answered);
        return since <= AgeMax ? ClockOffset.Of(reading.Told + since, now, reading.Waited) : null;
    }

    /// <summary>Takes those who are asked by a policy.</summary>
    internal void Use(TlogPolicy policy, IReadOnlyList<AskedWitness> witnesses)
    {
        _appointed = policy.AsksForWitnesses ? new(policy, witnesses) : null;
        _isAwaiting = false;
    }
}
