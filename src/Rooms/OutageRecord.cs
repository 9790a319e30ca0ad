using Concord.Measures;

namespace Concord.Rooms;

/// <summary>A time in which the authority could not be reached, as officers signed it.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Act">The log index by which the act goes.</param>
public sealed record OutageRecord(Instant From, Instant To, long Act)
{
    // No act can name a later moment.
    private static readonly Instant s_last = new(253_402_300_799_999);

    /// <summary>
    /// The end of a time that runs for a party, with the outage counted in: what was left of it
    /// when the outage began is left when it ends.
    /// </summary>
    /// <param name="since">Since when it runs.</param>
    /// <param name="until">Its end, earlier outages counted in.</param>
    public Instant Toll(Instant since, Instant until)
    {
        if (until <= From || since >= To)
        {
            return until;
        }

        var stood = To - (since > From ? since : From);
        return until < s_last - stood ? until + stood : s_last;
    }
}
