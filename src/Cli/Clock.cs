using System.Globalization;
using Concord.Measures;

namespace Concord.Cli;

/// <summary>The authority's time, by which acts are judged; this machine's for reading alone.
/// </summary>
internal static class Clock
{
    /// <summary>The day of the last tick.</summary>
    public static async Task<DateOnly> DayAsync(Session session, AuthorityClient client) =>
        (await TickAsync(session, client)).Day;

    /// <summary>The last tick.</summary>
    public static async Task<Instant> TickAsync(Session session, AuthorityClient client)
    {
        var health = await client.GetAsync("healthz", session.Cancel);
        return Instant.TryParse(health.GetProperty("tick").GetString(), out var tick)
            ? tick
            : throw new CommandFault(ExitCode.Unavailable, "The server says no time.");
    }

    /// <summary>
    /// Now, as a signed request says it: this machine's time, which the server holds against its
    /// own.
    /// </summary>
    public static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    /// <summary>A day as acts have it.</summary>
    public static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
