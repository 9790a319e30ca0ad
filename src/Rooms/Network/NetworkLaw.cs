using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Network;

/// <summary>The law of parties, their keys, sites and rulebooks.</summary>
[Clause("network")]
internal static class NetworkLaw
{
    private const string Source = "DESIGN §3, keys";

    public static Refusal? Refuse(Hearing hearing, KeySet act)
    {
        var network = hearing.World.Network;
        return act.Previous != network.KeySetDigest
            ? new(
                "key-set-chain",
                "A key set names the one that it follows.",
                Source,
                "$.previous",
                $"It names {act.Previous}; in force is {network.KeySetDigest}.",
                "Make it again from the key set in force."
            )
            : KeySetLaw.RefuseBody(
                act.Body,
                network.Genesis!.Roots,
                network.KeySet!.Epoch + 1,
                "$.body"
            )
                ?? KeySetLaw.RefuseLogKeys(act.Body, network.Origin, network.KeySets, "$.body")
                ?? PartyKeyInSet(network, act.Body);
    }

    public static Refusal? Refuse(Hearing hearing, AdmitParty act)
    {
        if (
            hearing.Speaker
            is not (
                Speaker.Authority { Purpose: KeyPurpose.Registrar }
                or Speaker.Staff { Role: StaffRole.Clerk }
            )
        )
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        var network = hearing.World.Network;
        if (network.PartyNames.TryGet(FoldedName.Of(act.Name), out var homonym))
        {
            return new(
                "homonym",
                "No two parties have names that read alike.",
                "ACTS, admit-party: homonyms",
                "$.name",
                $"{act.Name} reads like {homonym}, {network.Parties[homonym].Name}.",
                "If it is the same organisation, add a key to it; else state the full legal name."
            );
        }

        for (var i = 0; i < act.Keys.Count; i++)
        {
            if (InUse(network, act.Keys[i].Key, $"$.keys[{i}].key") is { } used)
            {
                return used;
            }

            if (Lapsed(act.Keys[i].Expires, hearing.At, $"$.keys[{i}].expires") is { } lapsed)
            {
                return lapsed;
            }
        }

        return act.Keys.Any(key => key.Role == KeyRole.Administrator)
            ? null
            : new(
                "no-administrator",
                "A party is admitted with at least one administrator's key.",
                "ACTS, admit-party",
                "$.keys",
                "None of the keys is an administrator's.",
                "Give one of the keys the role administrator."
            );
    }

    public static Refusal? Refuse(Hearing hearing, AddKey act) =>
        OwnParty(hearing, act.Party)
        ?? InUse(hearing.World.Network, act.Key.Key, "$.key.key")
        ?? Lapsed(act.Key.Expires, hearing.At, "$.key.expires");

    public static Refusal? Refuse(Hearing hearing, GrantRole act)
    {
        var record = hearing.World.Network.Keys.Find(act.Key);
        return OwnParty(hearing, act.Party)
            ?? (
                record?.Speaker is Speaker.Party party && party.Id == act.Party
                    ? Gone(record)
                    : Refusals.NotThere("$.key", "key of this party", act.Key.ToString())
            )
            ?? Lapsed(act.Until, hearing.At, "$.until");
    }

    public static Refusal? Refuse(Hearing hearing, RevokeKey act)
    {
        if (hearing.World.Network.Keys.Find(act.Key) is not { } record)
        {
            // To everybody else there is no such key, as there is none of that name in force.
            return
                hearing.Party is { } party
                && hearing.World.Network.Invitations.Of(act.Key) is { IsUnspent: true } invitation
                && invitation.Act.Party == party
                ? null
                : Refusals.NotThere("$.key", "key or open invitation", act.Key.ToString());
        }

        var may = (record.Speaker, hearing.Speaker) switch
        {
            (Speaker.Party key, Speaker.Party signer) => key.Id == signer.Id,
            (Speaker.Officer key, Speaker.Officer signer) => key != signer
                && string.Equals(key.Institution, signer.Institution, StringComparison.Ordinal),
            (Speaker.Staff key, Speaker.Officer signer) => string.Equals(
                key.Institution,
                signer.Institution,
                StringComparison.Ordinal
            ),
            (Speaker.Officer or Speaker.Authority or Speaker.Staff, Speaker.Root) => true,
            _ => false,
        };
        return !may
                ? Refusals.NotPermitted(
                    "an administrator of the key's party; for an officer's key another officer of "
                        + "the institution or a root; for a clerk's, auditor's or reader's an "
                        + "officer of the institution or a root; for a key of the authority a root",
                    hearing.Speaker.ToString()!
                )
            : Gone(record) is { } gone ? gone
            : act.CompromisedSince is { } since && since > hearing.At
                ? Refusals.DatedAfterTick("$.compromised_since", since.ToString(), hearing.At)
            : OfficersLaw.Refuse(hearing, act);
    }

    [Clause("data-centres")]
    public static Refusal? Refuse(Hearing hearing, Site act) =>
        OwnParty(hearing, act.Operator, "$.operator")
        ?? RoleOf(hearing, PartyRole.Datacentre, PartyRole.Host);

    [Clause("registration")]
    public static Refusal? Refuse(Hearing hearing, AdoptRulebook act)
    {
        if (!Rulebook.TryParse(act.Rulebook, out var book, out var faults))
        {
            return new(
                "rulebook-fault",
                "A rulebook keeps to its format and vocabulary.",
                "specs/rulebook.md",
                $"$.rulebook{faults[0].Path.TrimStart('$')}",
                faults[0].Rule,
                "Correct it and propose it anew."
            );
        }

        var earlier = hearing.World.Network.Rulebooks.LastOrDefault(one =>
            string.Equals(one.Book.Id, book.Id, StringComparison.Ordinal)
        );
        return earlier is not null && act.AppliesFrom <= earlier.AppliesFrom
            ? new(
                "rulebook-overlap",
                "A new edition of a rulebook applies from a later day than the last.",
                "ACTS, adopt-rulebook: overlap",
                "$.applies_from",
                $"{book.Id} applies from {earlier.AppliesFrom:yyyy-MM-dd} already.",
                "Choose a later day."
            )
            : null;
    }

    /// <summary>The speaker is the party that the act names.</summary>
    public static Refusal? OwnParty(Hearing hearing, PartyId named, string path = "$.party") =>
        hearing.Speaker is not Speaker.Party
            ? Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!)
        : hearing.Party != named
            ? Refusals.WrongParty(path, named.ToString(), hearing.Speaker.ToString()!)
        : null;

    /// <summary>The speaking party is admitted in one of the roles.</summary>
    public static Refusal? RoleOf(Hearing hearing, params ReadOnlySpan<PartyRole> roles) =>
        hearing.Organisation is { } party && party.IsAny(roles)
            ? null
            : Refusals.RoleMissing(Words(roles), Words([.. hearing.Organisation?.Roles ?? []]));

    private static string Words(ReadOnlySpan<PartyRole> roles)
    {
        var words = new List<string>();
        foreach (var role in roles)
        {
            words.Add(role.ToString().ToLowerInvariant());
        }

        return string.Join(" or ", words);
    }

    private static Refusal? PartyKeyInSet(NetworkView network, KeySetBody body)
    {
        var keys = body
            .Institutions.SelectMany(one => one.Officers)
            .Select(officer => officer.Key)
            .Concat(body.AuthorityKeys.Select(key => key.Key));
        var taken = keys.FirstOrDefault(key =>
            network.Invitations.Codes.Has(key.Id)
            || (
                network.Keys.Find(key.Id) is { } record
                && (
                    record.Speaker is Speaker.Party or Speaker.Staff || record.RevokedAt is not null
                )
            )
        );
        return taken is null ? null : InUse(network, taken, "$.body");
    }

    internal static Refusal? InUse(NetworkView network, PublicKey key, string path) =>
        network.Keys.Has(key.Id) || network.Invitations.Codes.Has(key.Id)
            ? new(
                "key-in-use",
                "One purpose, one key: a key is added once, and never again.",
                Source,
                path,
                $"The key {key.Id} is known here.",
                "Make a new key."
            )
            : null;

    internal static Refusal? Lapsed(Instant? until, Instant at, string path) =>
        until is { } end && end <= at ? Refusals.NotAfterTick(path, end.ToString(), at) : null;

    private static Refusal? Gone(KeyRecord record) =>
        record.RevokedAt is { } revoked
            ? new(
                "key-revoked",
                "A revoked key stays revoked.",
                Source,
                "$.key",
                $"The key was revoked at {revoked}.",
                "Add a new key."
            )
            : null;
}
