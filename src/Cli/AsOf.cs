using System.CommandLine;
using System.Globalization;
using Concord.Acts.Network;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Cli;

/// <summary>
/// The moment for which something is asked: in the past, what the log said up to then and the law
/// of that day; in the future, what is known now and the law as it will be.
/// </summary>
internal static class AsOf
{
    /// <summary>The option.</summary>
    public static Option<string?> Option { get; } =
        Values.Text(
            "--on",
            "DAY",
            "Answer as of a day (2027-01-01, its end in UTC) or an instant, past or future"
        );

    /// <summary>The world to judge by, and the moment of judgement.</summary>
    /// <exception cref="CommandFault">The moment is none, or lies before the log.</exception>
    public static async Task<(World World, Instant At)> FoldAsync(Session session, LocalLog log)
    {
        if (session.Words.GetValue(Option) is not { } word)
        {
            var now = await log.FoldAsync(session);
            return (now, now.At);
        }

        var at = Read(word);
        var size = log.Size;
        var world = await log.FoldAsync(
            session,
            size,
            logged =>
            {
                if (logged.Act is Tick tick && tick.Time > at && logged.Index < size)
                {
                    size = logged.Index;
                }
            }
        );
        if (size < log.Size)
        {
            world = await log.FoldAsync(session, size);
        }

        return world.Network.Genesis is { } genesis && genesis.FoundedAt <= at
            ? (world, at)
            : throw new CommandFault(
                ExitCode.Usage,
                $"--on {word}: the log begins later.",
                "Ask for a day since the authority was founded, or for one that lies ahead."
            );
    }

    private static Instant Read(string word) =>
        DateOnly.TryParseExact(
            word,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? Instant.StartOf(day.AddDays(1)) + TimeSpan.FromMilliseconds(-1)
        : Instant.TryParse(word, out var at) ? at
        : throw new CommandFault(
            ExitCode.Usage,
            $"--on: '{word}' is neither a day nor an instant.",
            "Write 2027-01-01, or 2027-01-01T08:00:00Z."
        );
}
