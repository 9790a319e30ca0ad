using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Charts;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>A further officer's signature on a joint act, under the very text of the first.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class DecideSignPage(PublicSite site) : OfficerPage(site)
{
    /// <summary>The proposal.</summary>
    public Logged Proposal { get; private set; } = null!;

    /// <summary>Who has signed.</summary>
    public JointState Joint { get; private set; } = null!;

    /// <summary>The id of the proposal.</summary>
    public ActId Id => new(Joint.Proposal);

    /// <summary>What the act would do.</summary>
    public Markup Aim => ActSentence.Aim(new(World, isLinked: false), (JointAct)Proposal.Act);

    /// <summary>The act in words, before it is checked.</summary>
    public Markup Body
    {
        get
        {
            using var body = System.Text.Json.JsonDocument.Parse(ActJson.Write(Proposal.Act));
            return new JsonFacts(new(World)).Of(body.RootElement);
        }
    }

    /// <summary>The ring of its signatures.</summary>
    public Markup Ring
    {
        get
        {
            var (signed, needed) = (World.Network.Counted(Joint).Count, Joint.Terms.K);
            return QuorumRing.Draw(
                Math.Min(signed, needed),
                needed,
                $"{signed} signed, {needed} needed"
            );
        }
    }

    /// <summary>Why it cannot be signed on a page; null: it can.</summary>
    public string? Closed =>
        Joint.InForceSince is not null ? "It is in force; nothing needs to be done."
        : Joint.Terms.Epoch != World.Network.KeySet!.Epoch
            ? "It was proposed under an earlier key set. Whoever wants it proposes it anew."
        : !InboxPage.IsForOfficers(Joint) ? "It is not for officers alone to sign."
        : Proposal.Act.Attachments.Count > 0 || Subjects.SealedPartOf(Proposal.Act) is not null
            ? "It has files or a sealed part, which a signer reads first: sign it by the command "
                + $"line, concord sign {Id}."
        : null;

    /// <summary>Shows the proposal, or the act as a further officer will sign it.</summary>
    public IActionResult OnGet()
    {
        Read("/decide/sign", Request.Query, ["act"]);
        if (
            !ActAddress.TryRead(Answers["act"], World.Size, out var index)
            || Site.Index.TypeOf(index).Form == ActForm.Sealed
            || Site.Contents.Act(index) is not { Act: JointAct } logged
            || World.Network.Joints.Find(logged.ActDigest) is not { } joint
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no proposal has the id {Answers["act"]}") { Where = "act" }
            );
        }

        (Proposal, Joint) = (logged, joint);
        if (Closed is null && IsSigned())
        {
            Check(Proposal.Act, _ => "");
            if (Checked is { } act && act.Digest != Joint.ActDigest)
            {
                Refuse();
            }
        }

        return Page();
    }

    // The first signer wrote the act otherwise than we do: its very bytes are signed, or nothing.
    private void Refuse() =>
        Answers.Errors[""] =
            "The proposal is written otherwise than this page writes acts. Sign its very bytes by "
            + $"the command line: concord sign {Id}";
}
