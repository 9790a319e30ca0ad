using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>What an intake is made of.</summary>
internal sealed record IntakeParts
{
    /// <summary>The pen.</summary>
    public required Sequencer Sequencer { get; init; }

    /// <summary>The keys that sign, chosen by the key set in force.</summary>
    public required KeyRing Keys { get; init; }

    /// <summary>Told of a world in which other keys sign than before.</summary>
    public required Action<World> KeysChanged { get; init; }

    /// <summary>Makes receipts.</summary>
    public required Receipts Receipts { get; init; }

    /// <summary>Makes ticks.</summary>
    public required TickClock Clock { get; init; }

    /// <summary>Seals each day's readings and refusals under a root.</summary>
    public required DailyRoots Roots { get; init; }

    /// <summary>Deletes what acts erase.</summary>
    public required Erasures Erasures { get; init; }

    /// <summary>The machine's clock, held against the witnesses' times.</summary>
    public required WitnessClocks Clocks { get; init; }

    /// <summary>Signs and keeps refusals.</summary>
    public required RefusalDesk Refusals { get; init; }

    /// <summary>Signs that a filing came in when it could not be taken.</summary>
    public required ArrivalDesk Arrivals { get; init; }

    /// <summary>Who read what is not public.</summary>
    public required ReadingRecord Readings { get; init; }

    /// <summary>Whether the disk is too full for another commit.</summary>
    public required Func<bool> IsFull { get; init; }

    /// <summary>Whether the data folder is still where it was opened.</summary>
    public required Func<bool> IsHere { get; init; }

    /// <summary>What lists of acts are made from.</summary>
    public required ActIndex Index { get; init; }

    /// <summary>The bounds.</summary>
    public required IntakeLimits Limits { get; init; }

    /// <summary>The machine's clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What is measured.</summary>
    public required Telemetry Telemetry { get; init; }

    /// <summary>What is said.</summary>
    public required ILogger Logger { get; init; }
}
