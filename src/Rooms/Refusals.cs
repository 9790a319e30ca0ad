using Concord.Measures;

namespace Concord.Rooms;

/// <summary>Refusals that are the same in every room.</summary>
internal static class Refusals
{
    public static Refusal NotYetOpen() =>
        new(
            "not-yet-open",
            "Until its first tick a log admits nothing but its genesis and that tick.",
            "DESIGN §4, time is an act",
            "$.act",
            "The authority has been founded, but its clock has not begun.",
            "File again when the authority's server is running."
        );

    public static Refusal NotPermitted(string who, string speaker) =>
        new(
            "not-permitted",
            $"This act is signed by: {who}.",
            "ACTS, column “signed by”",
            "$.act",
            $"The key speaks for {speaker}.",
            "Have it signed by who may sign it."
        );

    public static Refusal WrongParty(string path, string named, string speaker) =>
        new(
            "not-your-party",
            "A key speaks for its own party alone.",
            "DESIGN §3, signers",
            path,
            $"The act names {named}, the key speaks for {speaker}.",
            "Name your own party, or have the act signed by the party that it names."
        );

    public static Refusal RoleMissing(string roles, string has) =>
        new(
            "party-role-missing",
            $"This act is for parties admitted as: {roles}.",
            "ACTS, admit-party",
            "$.act",
            $"The party is admitted as: {has}.",
            "Ask the authority to admit the party in that role."
        );

    public static Refusal KeyMayNot(string needs, string has) =>
        new(
            "key-role-missing",
            $"This act needs a key of a party's {needs}.",
            "ACTS, grant-role",
            "$.act",
            $"The key is a {has}'s.",
            "Sign with another key, or have an administrator of the party grant the role."
        );

    public static Refusal NotThere(string path, string what, string id) =>
        new(
            "not-found",
            $"What an act refers to must be in the register ({what}).",
            "ACTS, column “law reads”",
            path,
            $"There is no {what} {id}.",
            "Check the id; its last two characters are check digits, so a mistyped one is noticed."
        );

    public static Refusal DatedAfterTick(string path, string date, Instant at) =>
        new(
            "dated-after-tick",
            "What is stated as past must not be dated after the authority's last tick.",
            "DESIGN §4, acts are judged at the last tick",
            path,
            $"The act says {date}; the last tick is {at}.",
            "State the day on which it happened, or file it then."
        );

    public static Refusal NotAfterTick(string path, string date, Instant at) =>
        new(
            "not-in-future",
            "What begins or ends in the future must be dated after the authority's last tick.",
            "DESIGN §4, acts are judged at the last tick",
            path,
            $"The act says {date}; the last tick is {at}.",
            "Choose a later moment."
        );

    /// <summary>The first of several days that lies after the last tick.</summary>
    public static Refusal? AfterTick(
        Instant at,
        params ReadOnlySpan<(string Path, DateOnly? Day)> days
    )
    {
        foreach (var (path, day) in days)
        {
            if (day is { } stated && stated > at.Day)
            {
                return DatedAfterTick(path, stated.ToString("yyyy-MM-dd"), at);
            }
        }

        return null;
    }
}
