using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>Writes the network view in a fixed order.</summary>
internal static class NetworkDigest
{
    public static void Write(World world, Audience audience, ViewWriter writer)
    {
        var view = world.Network;
        writer
            .Text(view.Origin)
            .Value(view.KeySetDigest)
            .Moment(view.At)
            .Truth(view.HasTicked)
            .Moment(view.ResumeTo);
        foreach (var outage in view.Outages)
        {
            writer.Word("outage").Moment(outage.From).Moment(outage.To).Number(outage.Act);
        }

        foreach (var record in view.Keys.Values.OrderBy(key => key.Key.Id.Thumbprint))
        {
            writer
                .Word("key")
                .Value(record.Key.Id.Thumbprint)
                .Text(record.Speaker.ToString())
                .Text(record.Holder)
                .Text(record.Role?.ToString())
                .Moment(record.Expires)
                .Moment(record.RevokedAt)
                .Moment(record.CompromisedSince)
                .History(record.History);
            if (record.SpeaksFrom is { } from)
            {
                writer.Word("speaks-from").Moment(from);
            }
        }

        foreach (var party in view.Parties.Values.OrderBy(party => party.Id.Index))
        {
            writer.Word("party").Number(party.Id.Index).Moment(party.AdmittedAt);
            writer.History(party.History);
        }

        foreach (var site in view.Sites.Values.OrderBy(site => site.Id.Index))
        {
            writer.Word("site").Number(site.Id.Index).History(site.History);
            var isKnown = audience == Audience.Full || site.IsRevealed;
            writer.Text(isKnown ? site.Address?.Address : null);
        }

        foreach (var book in view.Rulebooks)
        {
            writer.Word("rulebook").Text(book.Book.Id).Number(book.Act).Moment(book.InForceSince);
        }

        foreach (var joint in view.Joints.Values.OrderBy(joint => joint.Proposal))
        {
            writer.Word("joint").Value(joint.ActDigest).Number(joint.InForceSince);
            foreach (var signature in joint.Signatures)
            {
                writer.Text(signature.Speaker.ToString()).Number(signature.Index);
            }
        }

        WriteLosses(view, writer);
        Write(view.Invitations, writer);
        Write(view.Delegations.Values, writer);
        Write(view.Documents, writer);
        Write(view.Appeals, writer);
        Write("read-root", view.ReadRoots, writer);
        Write("refusal-root", view.RefusalRoots, writer);
        foreach (var (key, index) in view.Said.OrderBy(pair => pair.Value))
        {
            writer.Word("said").Number(index).Value(key);
        }
    }

    private static void WriteLosses(NetworkView view, ViewWriter writer)
    {
        foreach (var (target, confirmations) in view.Confirmations.OrderBy(pair => pair.Key))
        {
            foreach (var one in confirmations)
            {
                writer.Word("confirmed").Number(target).Number(one.Index).Moment(one.At);
            }
        }

        foreach (var root in view.Silencers)
        {
            writer.Word("silencer").Text(root);
        }
    }

    private static void Write(IEnumerable<Delegation> delegations, ViewWriter writer)
    {
        foreach (var delegation in delegations.OrderBy(one => one.Id.Index))
        {
            writer.Word("delegation").Moment(delegation.At).History(delegation.History);
        }
    }

    private static void Write(Invitations invitations, ViewWriter writer)
    {
        foreach (var invitation in invitations.All.Values.OrderBy(one => one.Id.Index))
        {
            writer
                .Word("invitation")
                .Value(invitation.Act.Code.Id.Thumbprint)
                .Number(invitation.SpentBy)
                .Number(invitation.WithdrawnBy)
                .History(invitation.History);
        }
    }

    private static void Write(NamedDocuments documents, ViewWriter writer)
    {
        foreach (var (digest, act) in documents.Erased.OrderBy(pair => pair.Value))
        {
            writer.Word("erased").Value(digest).Number(act);
        }

        foreach (var (digest, act) in documents.Revealed.OrderBy(pair => pair.Value))
        {
            writer.Word("revealed").Value(digest).Number(act);
        }
    }

    private static void Write(AppealDocket appeals, ViewWriter writer)
    {
        foreach (var appeal in appeals.All.Values.OrderBy(one => one.Id.Index))
        {
            writer
                .Word("appeal")
                .Number(appeal.Id.Index)
                .Moment(appeal.Due)
                .Number(appeal.StayedBy?.Index)
                .Number(appeal.DecidedBy?.Index)
                .Moment(appeal.DecidedAt)
                .Text(appeal.Outcome?.ToString());
        }
    }

    private static void Write(string word, RootedDays days, ViewWriter writer)
    {
        foreach (var day in days.Days.Values.OrderBy(day => day.Day))
        {
            writer
                .Word(word)
                .Moment(Instant.StartOf(day.Day))
                .Number(day.Count)
                .Value(day.Root)
                .Number(day.Act);
        }
    }
}
