using System.Globalization;

namespace Concord.Authority.Witnesses;

/// <summary>The machine's clock, held against the witnesses' times.</summary>
/// <param name="Agreement">What was found.</param>
/// <param name="Offset">How far the witnesses are ahead; null: none tells the time.</param>
public sealed record ClockCheck(ClockAgreement Agreement, ClockOffset? Offset)
{
    /// <summary>Whether deadlines may pass.</summary>
    public bool LetsDeadlinesPass =>
        Agreement is ClockAgreement.Unwitnessed or ClockAgreement.Agrees;

    /// <summary>What is told to anybody; null: nothing is amiss.</summary>
    public string? Finding =>
        Agreement switch
        {
            ClockAgreement.Disagrees =>
                $"The server's clock is {Distance} than its witnesses’ times, more than a minute. "
                    + "Until it is right no time is told and no deadline passes; acts are taken "
                    + "and judged at the last tick.",
            ClockAgreement.Unknown =>
                "No quorum of the log's witnesses has told the time for an hour. Until they do, no "
                    + "deadline passes; acts are taken.",
            _ => null,
        };

    private string Distance
    {
        get
        {
            var ahead = Offset?.Middle ?? TimeSpan.Zero;
            var (amount, unit) = ahead.Duration() switch
            {
                { TotalDays: >= 2 } span => (span.TotalDays, "days"),
                { TotalHours: >= 2 } span => (span.TotalHours, "hours"),
                { TotalMinutes: >= 2 } span => (span.TotalMinutes, "minutes"),
                var span => (span.TotalSeconds, "seconds"),
            };
            var text = amount.ToString("0", CultureInfo.InvariantCulture);
            return $"{text} {unit} {(ahead > TimeSpan.Zero ? "earlier" : "later")}";
        }
    }
}
