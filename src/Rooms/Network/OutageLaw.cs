using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of outages: past, recent, and in the order of time, so that no hour is counted twice.
/// </summary>
[Clause("network")]
internal static class OutageLaw
{
    /// <summary>How far back an outage may begin.</summary>
    public static readonly TimeSpan BackMax = TimeSpan.FromDays(30);

    private const string Source = "DESIGN §4, outages toll clocks";

    public static Refusal? Refuse(Hearing hearing, Outage act)
    {
        var at = hearing.At;
        return act.To > at ? Span("$.to", $"It ends at {act.To}; the last tick is {at}.")
            : act.From < at - BackMax
                ? Span("$.from", $"It begins at {act.From}; 30 days ago was {at - BackMax}.")
            : LastOf(hearing) is { } last && act.From < last.To
                ? new(
                    "outage-order",
                    "An outage begins no earlier than the last one ended.",
                    Source,
                    "$.from",
                    $"It begins at {act.From}; {new ActId(last.Act)} ended at {last.To}.",
                    "State the part after it as an outage of its own."
                )
            : null;
    }

    private static OutageRecord? LastOf(Hearing hearing) =>
        hearing.World.Network.Outages is [.., var last] ? last : null;

    private static Refusal Span(string where, string detail) =>
        new(
            "outage-span",
            "An outage is over, and began no more than 30 days ago.",
            Source,
            where,
            detail,
            "State it when it is over, within 30 days of its beginning."
        );
}
