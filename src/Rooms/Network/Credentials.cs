using Concord.Acts;
using Concord.Acts.Network;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>Whether the key of a statement may speak now, and for whom it says it speaks.</summary>
internal static class Credentials
{
    private const string Source = "DESIGN §3, keys";

    public static Refusal? Refuse(World world, Signed signed)
    {
        var network = world.Network;
        var key = signed.Statement.Key;
        if (!network.IsFounded)
        {
            return new(
                "not-founded",
                "A log begins with the signatures of its roots on genesis.",
                "DESIGN §4, time is an act",
                "$.act",
                "This log has no complete genesis.",
                "File the genesis act first."
            );
        }

        if (!network.Keys.TryGet(key, out var record) || !record.Key.Equals(signed.Key))
        {
            return new(
                "unknown-key",
                "An act is signed by a key that an earlier act has added.",
                Source,
                "header 4 (kid)",
                $"The key {key} is not known here.",
                "Have the party's administrator add it, or ask the authority to admit the party."
            );
        }

        if (Silent(record, world.At) is { } silent)
        {
            return silent;
        }

        var stated = signed.Statement.Issuer;
        if (DelegationLaw.DelegationOf(network, record.Speaker, stated) is { } delegation)
        {
            return DelegationLaw.Refuse(network, delegation, signed.Type) ?? Role(signed, record);
        }

        var issuer = network.IssuerOf(record.Speaker);
        return string.Equals(issuer, signed.Statement.Issuer, StringComparison.Ordinal)
            ? Role(signed, record)
            : IssuerMismatch(signed.Statement.Issuer, issuer);
    }

    /// <summary>The statement names another speaker than that of its key.</summary>
    public static Refusal IssuerMismatch(string stated, string issuer) =>
        new(
            "issuer-mismatch",
            "The issuer names this log and whom the key speaks for.",
            "specs/statements.md, iss",
            "header 15, claim 1 (iss)",
            $"The statement says {stated}; the key speaks as {issuer}.",
            $"Sign with iss {issuer}."
        );

    // Why a key may not speak at a time; null: it may.
    private static Refusal? Silent(KeyRecord record, Instant at)
    {
        if (record.RevokedAt is { } revoked)
        {
            return new(
                "key-revoked",
                "A revoked key signs nothing more.",
                Source,
                "header 4 (kid)",
                $"The key {record.Key.Id} was revoked at {revoked}.",
                "Sign with another key of the party."
            );
        }

        if (record.IsWaiting(at))
        {
            return new(
                "key-waits",
                "A key that was given after a loss signs when the time for objections is over.",
                "DESIGN §3, lost keys; decisions/0009",
                "header 4 (kid)",
                $"The key {record.Key.Id} signs from {record.SpeaksFrom}; the last tick is {at}.",
                "Wait until then."
            );
        }

        if (!record.IsActive(at))
        {
            return new(
                "key-expired",
                "A key signs until it expires.",
                Source,
                "header 4 (kid)",
                $"The key {record.Key.Id} expired at {record.Expires}; the last tick is {at}.",
                "Sign with another key of the party."
            );
        }

        return null;
    }

    private static Refusal? Role(Signed signed, KeyRecord record)
    {
        // Nothing takes a revelation or a confirmation back: who answers for the party signs them.
        var needsAdministrator =
            signed.Act
            is AddKey
                or Invite
                or RevokeKey
                or GrantRole
                or DelegateAct
                or Reveal
                or Confirm;
        return record.Role switch
        {
            null or KeyRole.Administrator => null,
            KeyRole.Filer when !needsAdministrator => null,
            KeyRole.Filer => Refusals.KeyMayNot("administrator", "filer"),
            _ => Refusals.KeyMayNot(
                needsAdministrator ? "administrator" : "administrator or filer",
                "reader"
            ),
        };
    }
}
