using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>
/// Holds a log's ticks to the law of time without folding the log, as a monitor does: later than
/// the last, by no more than two hours unless officers resumed the clock, and within a minute of
/// the witnesses' times around them (DESIGN §4).
/// </summary>
public sealed class TickWatch
{
    /// <summary>How far a tick may be from the witnesses' times around it.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private readonly List<(long Index, Instant Time)> _unwitnessed = [];
    private readonly Dictionary<Digest, HashSet<KeyId>> _resuming = [];
    private (long Size, Instant Time)? _witnessed;

    /// <summary>A watch that begins after a tick; null: at the beginning of a log.</summary>
    public TickWatch(Instant? last = null) => Last = last;

    /// <summary>The last tick.</summary>
    public Instant? Last { get; private set; }

    /// <summary>Until when officers have resumed the clock since the last tick.</summary>
    public Instant? ResumeTo { get; private set; }

    /// <summary>Whether an entry may say the time: cheap, so that only those are kept.</summary>
    public static bool Concerns(ReadOnlySpan<byte> entry) =>
        entry.IndexOf("network/tick/"u8) >= 0 || entry.IndexOf("network/resume-clock/"u8) >= 0;

    /// <summary>Reads the next entry of the log.</summary>
    /// <returns>What is wrong with its time, in a sentence.</returns>
    public string? Read(long index, ReadOnlyMemory<byte> entry)
    {
        if (
            !Statement.TryParse(entry, out var statement, out _)
            || statement.IsEnvelope
            || !ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var act,
                out _
            )
        )
        {
            return null;
        }

        switch (act)
        {
            case ResumeClock resume:
                Resume(resume, statement);
                return null;
            case Tick tick:
                var fault = FaultOf(index, tick.Time);
                (Last, ResumeTo) = (tick.Time, null);
                _unwitnessed.Add((index, tick.Time));
                return fault;
            default:
                return null;
        }
    }

    /// <summary>Says when a witness first saw a size.</summary>
    /// <returns>What is wrong with the ticks before it, a sentence for each.</returns>
    public IReadOnlyList<string> Witness(long size, Instant time)
    {
        var faults = _unwitnessed
            .Where(tick => tick.Index < size && tick.Time > time + Leeway)
            .Select(tick =>
                $"The tick at entry {tick.Index} says {tick.Time}; a witness saw it at {time}."
            )
            .ToList();
        _unwitnessed.RemoveAll(tick => tick.Index < size);
        if (_witnessed is not { } known || size > known.Size)
        {
            _witnessed = (size, time);
        }

        return faults;
    }

    private string? FaultOf(long index, Instant time)
    {
        var earliest = ResumeTo ?? Last;
        return Last is { } last && time <= last
                ? $"The tick at entry {index} says {time}, not later than the last, {last}."
            : time < earliest ? $"The tick at entry {index} says {time}, before the resumed clock."
            : time > earliest + ClockLaw.LongestStep
                ? $"The tick at entry {index} says {time}, more than two hours after {earliest}, "
                    + "and no resumption of the clock stands before it."
            : _witnessed is { } seen && index >= seen.Size && time < seen.Time - Leeway
                ? $"The tick at entry {index} says {time}; a witness saw the log without it at "
                    + $"{seen.Time}."
            : null;
    }

    // A joint act takes effect with its k-th signer; which institutions they are is law's to say.
    private void Resume(ResumeClock act, Statement statement)
    {
        var digest = Digest.Of(statement.Payload.Span);
        if (!_resuming.TryGetValue(digest, out var signers))
        {
            _resuming[digest] = signers = [];
        }

        signers.Add(statement.Key);
        if (signers.Count >= act.Joint.K)
        {
            ResumeTo = act.To;
        }
    }
}
