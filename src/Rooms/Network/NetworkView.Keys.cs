using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>How acts change which keys speak, and for whom.</summary>
public sealed partial record NetworkView
{
    private NetworkView Found(Genesis act, Logged entry)
    {
        var keys = Keys;
        foreach (var root in act.Roots.Keys)
        {
            keys = keys.Set(
                root.Key.Id,
                KeyRecord.Of(root.Key, new Speaker.Root(root.Name), entry)
            );
        }

        var founded = this with
        {
            Genesis = act,
            Keys = keys,
            At = act.FoundedAt,
            ReadRoots = RootedDays.From(act.FoundedAt.Day),
            RefusalRoots = RootedDays.From(act.FoundedAt.Day),
        };
        return founded.Replace(act.KeySet, entry);
    }

    private NetworkView Replace(KeySetBody body, Logged entry)
    {
        var keys = Keys;
        foreach (var (id, record) in Keys.ToList())
        {
            if (record.RevokedAt is null && IsEndedBy(body, record.Speaker))
            {
                keys = keys.Set(
                    id,
                    record with
                    {
                        RevokedAt = At,
                        History = Next(record.History, entry),
                    }
                );
            }
        }

        foreach (var (key, speaker) in KeyRecord.SpeakersOf(body))
        {
            keys = keys.Set(key.Id, KeyRecord.Of(key, speaker, entry));
        }

        return this with
        {
            KeySet = body,
            KeySetDigest = entry.ActDigest,
            KeySets = KeySets.Add(new(body, entry.ActDigest, entry.Index + 1)),
            Keys = keys,
        };
    }

    // Who works for an institution goes with it.
    private static bool IsEndedBy(KeySetBody body, Speaker speaker) =>
        speaker switch
        {
            Speaker.Officer or Speaker.Authority => true,
            Speaker.Staff staff => !body.Institutions.Any(one =>
                string.Equals(one.Name, staff.Institution, StringComparison.Ordinal)
            ),
            _ => false,
        };

    private NetworkView Admit(AdmitParty act, Logged entry)
    {
        var id = new PartyId(entry.Index);
        var keys = Keys;
        foreach (var key in act.Keys)
        {
            keys = keys.Set(key.Key.Id, KeyRecord.Of(id, key, entry));
        }

        var party = new Party
        {
            Id = id,
            Name = act.Name,
            Country = act.Country,
            Lei = act.Lei,
            Ror = act.Ror,
            Roles = act.Roles,
            Keys = [.. act.Keys.Select(key => key.Key.Id)],
            AdmittedAt = At,
            History = Next(null, entry),
        };
        return Await([.. act.Keys.Select(key => key.Expires)]) with
        {
            Keys = keys,
            Parties = Parties.Set(id, party),
            PartyNames = PartyNames.Set(FoldedName.Of(act.Name), id),
        };
    }

    private NetworkView Revoke(RevokeKey act, Logged entry) =>
        Invitations.Of(act.Key) is { } invitation
            ? this with
            {
                Invitations = Invitations.Withdraw(invitation, entry),
            }
            : this with
            {
                Silencers =
                    Keys[entry.Key].Speaker is Speaker.Root root
                    && OfficersLaw.Silences(this, act.Key)
                        ? [.. Silencers, root.Name]
                        : Silencers,
                Keys = Keys.Set(
                    act.Key,
                    Keys[act.Key] with
                    {
                        RevokedAt = At,
                        CompromisedSince = act.CompromisedSince,
                        History = Next(Keys[act.Key].History, entry),
                    }
                ),
            };

    private Speaker SpeakerOf(Speaker own, string issuer) =>
        DelegationLaw.SpeakerOf(this, own, issuer);

    private NetworkView Let(DelegateAct act, Logged entry)
    {
        var earlier = Delegations.Find((act.Party, act.To));
        return this with
        {
            Delegations = Delegations.Set(
                (act.Party, act.To),
                new()
                {
                    Act = act,
                    By = entry.Key,
                    At = At,
                    History = Next(earlier?.History, entry),
                }
            ),
        };
    }

    private NetworkView Recover(RecoverKeys act, Logged entry, Effect effect)
    {
        var from = effect.At + RecoveryLaw.ObjectionPeriod;
        var key = KeyRecord.Of(act.Party, act.Key, entry) with { SpeaksFrom = from };
        return Add(act.Party, key, entry).Await(from);
    }

    private NetworkView Add(PartyId id, KeyRecord key, Logged entry)
    {
        var party = Parties[id];
        return Await(key.Expires) with
        {
            Keys = Keys.Set(key.Key.Id, key),
            Parties = Parties.Set(
                id,
                party with
                {
                    Keys = [.. party.Keys, key.Key.Id],
                    History = Next(party.History, entry),
                }
            ),
        };
    }
}
