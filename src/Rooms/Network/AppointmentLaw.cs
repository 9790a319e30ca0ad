using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of those who work at the authority without deciding: an officer appoints them, for its
/// own institution and for a time, and everybody can see who they are.
/// </summary>
[Clause("network")]
internal static class AppointmentLaw
{
    private const string Source = "decisions/0032";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    public static Refusal? Refuse(Hearing hearing, Appoint act)
    {
        var network = hearing.World.Network;
        if (
            hearing.Speaker is not Speaker.Officer officer
            || !string.Equals(officer.Institution, act.Institution, StringComparison.Ordinal)
        )
        {
            return Refusals.NotPermitted(
                $"an officer of {act.Institution}",
                hearing.Speaker.ToString()!
            );
        }

        return NetworkLaw.InUse(network, act.Key, "$.key")
            ?? NetworkLaw.Lapsed(act.Until, hearing.At, "$.until")
            ?? (
                act.Until > hearing.At + s_longest ? TooLong(hearing, act)
                : IsTaken(network, act) ? Taken(act)
                : null
            );
    }

    private static Refusal TooLong(Hearing hearing, Appoint act) =>
        new(
            "appointment-span",
            "An appointment lasts for at most a year (366 days).",
            Source,
            "$.until",
            $"The act says {act.Until}; the last tick is {hearing.At}.",
            "Choose an earlier moment; another appointment, of another key, can follow."
        );

    private static Refusal Taken(Appoint act) =>
        new(
            "name-in-use",
            "Two keys of an institution have no one name.",
            Source,
            "$.name",
            $"{act.Institution} has a key that stands for {act.Name}.",
            "Choose another name, or end that key first."
        );

    private static bool IsTaken(NetworkView network, Appoint act) =>
        (
            network.Staff.TryGetValue($"{act.Institution}/{act.Name}", out var key)
            && network.Keys[key].IsActive(network.At)
        )
        || network
            .KeySet!.Institutions.Where(one =>
                string.Equals(one.Name, act.Institution, StringComparison.Ordinal)
            )
            .SelectMany(one => one.Officers)
            .Any(one => string.Equals(one.Name, act.Name, StringComparison.Ordinal));
}
