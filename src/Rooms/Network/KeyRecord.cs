using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>A key, whom it speaks for, and from when to when.</summary>
public sealed record KeyRecord
{
    /// <summary>The public key.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>Whom it speaks for.</summary>
    public required Speaker Speaker { get; init; }

    /// <summary>Who holds it, a function and not a person's name.</summary>
    public required string Holder { get; init; }

    /// <summary>
    /// What it may do for its party; officers, roots and the authority have no role.
    /// </summary>
    public KeyRole? Role { get; init; }

    /// <summary>
    /// From when it may sign, where it was given after a loss; until then the party may end it.
    /// </summary>
    public Instant? SpeaksFrom { get; init; }

    /// <summary>Until when it may sign.</summary>
    public Instant? Expires { get; init; }

    /// <summary>When it was revoked.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>Acts signed by it since then are contested.</summary>
    public Instant? CompromisedSince { get; init; }

    /// <summary>The entries that made it so.</summary>
    public required History History { get; init; }

    /// <summary>Whether it may sign at a time.</summary>
    public bool IsActive(Instant at) =>
        RevokedAt is null && !IsWaiting(at) && (Expires is not { } end || at < end);

    /// <summary>Whether what it signed at a time is contested.</summary>
    public bool IsContestedAt(Instant at) => CompromisedSince is { } since && since <= at;

    /// <summary>Whether objections to it may still be made at a time.</summary>
    public bool IsWaiting(Instant at) => SpeaksFrom is { } from && at < from;

    /// <summary>The keys that a key set names, with those for whom they speak.</summary>
    internal static IEnumerable<(PublicKey Key, Speaker Speaker)> SpeakersOf(KeySetBody body) =>
        body
            .Institutions.SelectMany(institution =>
                institution.Officers.Select(officer =>
                    (officer.Key, (Speaker)new Speaker.Officer(institution.Name, officer.Name))
                )
            )
            .Concat(
                body.AuthorityKeys.Select(key =>
                    (key.Key, (Speaker)new Speaker.Authority(key.Purpose))
                )
            );

    /// <summary>The key of a root, an officer or the authority.</summary>
    internal static KeyRecord Of(PublicKey key, Speaker speaker, Logged entry) =>
        new()
        {
            Key = key,
            Speaker = speaker,
            Holder = speaker.ToString()!,
            History = new(entry.Index, entry.ActDigest, null),
        };

    /// <summary>The key of somebody at the authority.</summary>
    internal static KeyRecord Of(Appoint act, Logged entry) =>
        Of(act.Key, new Speaker.Staff(act.Role, act.Institution, act.Name), entry) with
        {
            Expires = act.Until,
        };

    /// <summary>The key of a party.</summary>
    internal static KeyRecord Of(PartyId party, PartyKey key, Logged entry) =>
        new()
        {
            Key = key.Key,
            Speaker = new Speaker.Party(party),
            Holder = key.Holder,
            Role = key.Role,
            Expires = key.Expires,
            History = new(entry.Index, entry.ActDigest, null),
        };
}
