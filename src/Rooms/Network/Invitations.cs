using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>All invitations, by their acts and by the keys that their codes make.</summary>
/// <param name="All">By the index of their acts.</param>
/// <param name="Codes">By the thumbprint of the code's key.</param>
public sealed record Invitations(Map<long, Invitation> All, Map<KeyId, long> Codes)
{
    /// <summary>Before the first.</summary>
    public static readonly Invitations None = new(
        Map<long, Invitation>.Empty,
        Map<KeyId, long>.Empty
    );

    /// <summary>The invitation whose code makes a key; null: none.</summary>
    public Invitation? Of(KeyId code) => Codes.TryGet(code, out var index) ? All[index] : null;

    internal Invitations In(Edit? edit) => new(All.In(edit), Codes.In(edit));

    internal Invitations Open(Invite act, Logged entry) =>
        new(
            All.Set(
                entry.Index,
                new()
                {
                    Act = act,
                    By = entry.Key,
                    History = new(entry.Index, entry.ActDigest, null),
                }
            ),
            Codes.Set(act.Code.Id, entry.Index)
        );

    internal Invitations Spend(AddKey act, Logged entry) =>
        act.Invitation is { } proof
            ? Close(All[proof.Invite.Index] with { SpentBy = entry.Index }, entry)
            : this;

    internal Invitations Withdraw(Invitation invitation, Logged entry) =>
        Close(invitation with { WithdrawnBy = entry.Index }, entry);

    private Invitations Close(Invitation closed, Logged entry) =>
        this with
        {
            All = All.Set(
                closed.Id.Index,
                closed with
                {
                    History = new(entry.Index, entry.ActDigest, closed.History),
                }
            ),
        };
}
