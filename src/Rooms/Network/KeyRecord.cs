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

    /// <summary>Whether objections to it may still be made at a time.</summary>
    public bool IsWaiting(Instant at) => SpeaksFrom is { } from && at < from;
}
