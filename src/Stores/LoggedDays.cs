using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Stores;

/// <summary>
/// Collects the daily roots of readings and refusals out of a log's entries, in whatever order they
/// are shown. Law has admitted one for each day.
/// </summary>
public sealed class LoggedDays
{
    private readonly Dictionary<(Type Kind, DateOnly Day), DailyRoot> _roots = [];

    /// <summary>The roots that were seen.</summary>
    public IReadOnlyCollection<DailyRoot> Roots => [.. _roots.Values];

    /// <summary>Reads an entry; one that is no daily root changes nothing.</summary>
    public void Read(ReadOnlyMemory<byte> entry)
    {
        if (
            Concerns(entry.Span)
            && Statement.TryParse(entry, out var statement, out _)
            && !statement.IsEnvelope
            && ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var act,
                out _
            )
            && act is DailyRoot root
        )
        {
            _roots.TryAdd((root.GetType(), root.Day), root);
        }
    }

    private static bool Concerns(ReadOnlySpan<byte> entry) =>
        entry.IndexOf("network/read-root/"u8) >= 0 || entry.IndexOf("network/refusal-root/"u8) >= 0;
}
