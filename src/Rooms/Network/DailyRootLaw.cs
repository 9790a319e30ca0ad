using System.Globalization;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of daily roots: for each day since the founding one, when the day is over by the log's
/// ticks.
/// </summary>
[Clause("network")]
internal static class DailyRootLaw
{
    private const string Source = "ACTS, network/read-root, refusal-root: day once";

    public static Refusal? Refuse(Hearing hearing, DailyRoot act)
    {
        if (hearing.Speaker is not Speaker.Authority { Purpose: KeyPurpose.Registrar })
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        var network = hearing.World.Network;
        var founded = network.Genesis!.FoundedAt.Day;
        var days = act is ReadRoot ? network.ReadRoots : network.RefusalRoots;
        return act.Day >= hearing.At.Day
                ? Refuse(
                    "day-not-over",
                    "A day gets its root when a tick has passed its end.",
                    $"The act says {Text(act.Day)}; the last tick is {hearing.At}.",
                    "File it when the day is over."
                )
            : act.Day < founded
                ? Refuse(
                    "day-before-founding",
                    "No day before the founding has a root: nothing was kept.",
                    $"The act says {Text(act.Day)}; the authority was founded on {Text(founded)}.",
                    "Name a day since the founding."
                )
            : days.Of(act.Day) is { } known
                ? Refuse(
                    "day-has-root",
                    "A day gets one root, which is never replaced.",
                    $"{Text(act.Day)} got its root in entry {known.Act}.",
                    "Nothing needs to be done; if that root is wrong, the record must be examined."
                )
            : null;
    }

    private static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Refusal Refuse(string code, string rule, string detail, string remedy) =>
        new(code, rule, Source, "$.day", detail, remedy);
}
