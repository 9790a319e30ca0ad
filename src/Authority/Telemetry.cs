using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Concord.Authority;

/// <summary>
/// What the authority measures of itself: meter and activity source <c>Concord</c>. No measurement
/// carries content, keys or names of parties.
/// </summary>
public sealed class Telemetry : IDisposable
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "Concord";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _filings;
    private readonly Counter<long> _entries;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _batchEntries;

    /// <summary>The instruments.</summary>
    public Telemetry()
    {
        _filings = _meter.CreateCounter<long>(
            "concord.filings",
            "{filing}",
            "Filings answered, by outcome."
        );
        _entries = _meter.CreateCounter<long>("concord.entries", "{entry}", "Entries appended.");
        _commitSeconds = _meter.CreateHistogram<double>(
            "concord.commit.duration",
            "s",
            "From taking a batch to its published checkpoint."
        );
        _batchEntries = _meter.CreateHistogram<int>(
            "concord.commit.entries",
            "{entry}",
            "Entries in a batch."
        );
    }

    /// <summary>Where activities come from.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts an answered filing.</summary>
    /// <param name="outcome">filed, duplicate, or the code of the problem.</param>
    /// <param name="act">The wire name of the act, where it is known.</param>
    public void Answered(string outcome, string? act) =>
        _filings.Add(
            1,
            new KeyValuePair<string, object?>("outcome", outcome),
            new KeyValuePair<string, object?>("act", act ?? "unknown")
        );

    /// <summary>Counts a committed batch.</summary>
    public void Committed(int entries, TimeSpan duration)
    {
        _entries.Add(entries);
        _batchEntries.Record(entries);
        _commitSeconds.Record(duration.TotalSeconds);
    }

    /// <summary>Shows numbers that are there anyway.</summary>
    /// <param name="size">The size of the log.</param>
    /// <param name="queued">Filings that wait.</param>
    /// <param name="tickAgeSeconds">The age of the last tick.</param>
    public void Observe(Func<long> size, Func<int> queued, Func<double> tickAgeSeconds)
    {
        _meter.CreateObservableGauge("concord.log.size", size, "{entry}", "Entries in the log.");
        _meter.CreateObservableGauge("concord.queue", queued, "{filing}", "Filings that wait.");
        _meter.CreateObservableGauge(
            "concord.tick.age",
            tickAgeSeconds,
            "s",
            "Seconds since the last tick."
        );
    }

    /// <summary>Shows up to which size of the log the index of weights is.</summary>
    public void ObserveIndex(Func<long> through) =>
        _meter.CreateObservableGauge(
            "concord.weights.index",
            through,
            "{entry}",
            "Entries of the log that the index of weights knows; zero: there is none now."
        );

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
