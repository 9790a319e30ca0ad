using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// What an act says, as a sentence for people, out of what is public of it.
/// </summary>
public static class ActSentence
{
    /// <summary>The sentence, without its full stop: who, what, about whom.</summary>
    public static Markup Of(Names names, Logged logged)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(logged);
        var speaker = names.Speaker(logged.Issuer);
        return logged switch
        {
            { Type.Form: ActForm.Sealed } => Sealed(names, logged.Issuer),
            { Act: JointAct joint } => Markup.Of(
                $"{Step(names, logged, speaker, Aim(names, joint))}{Effect(names, logged)}"
            ),
            _ => Markup.Of($"{speaker} {Deed(names, logged)}"),
        };
    }

    /// <summary>The sentence of an act of which nothing but its speaker is public.</summary>
    public static Markup Sealed(Names names, string issuer)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Markup.Of($"{names.Speaker(issuer)} filed a sealed act");
    }

    /// <summary>A second line: why, by which source, what is still missing; null: none.</summary>
    public static Markup? Detail(Names names, Logged logged)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(logged);
        return logged switch
        {
            { Type.Form: ActForm.Sealed } => Markup.Words(
                Say("Its content is for the parties and the authorities alone.")
            ),
            { Act: JointAct } when Missing(names, logged) is { } missing => missing,
            { Act: RegisterModel { Answers: { Count: > 0 } answers } } => Markup.Of(
                $"Takes over the page of {Prose.List([.. answers.Select(names.Model)])}."
            ),
            _ => ReasonOf(logged.Act) is { } reason ? Theirs(reason) : null,
        };
    }

    /// <summary>Why an act was filed, as it says itself; null: it says nothing.</summary>
    public static string? ReasonOf(Act act) =>
        act switch
        {
            StandingAct standing => standing.Reason,
            Amend amend => amend.Reason,
            Correct correct => correct.Reason,
            Withdraw withdraw => withdraw.Reason,
            RevokeKey revoke => revoke.Reason,
            VoidAct voided => voided.Reason,
            Erase erase => erase.Reason,
            Confirm confirm => confirm.Reason,
            ResumeClock resume => resume.Reason,
            Outage outage => outage.Reason,
            RecoverKeys recover => recover.Reason,
            Appeal appeal => appeal.Grounds,
            DecideAppeal decision => decision.Reason,
            Reveal reveal => reveal.Reason,
            Dispute dispute => dispute.Grounds,
            EvidenceAct evidence => evidence.Statistic,
            _ => null,
        };

    /// <summary>What people wrote, in whatever language and direction.</summary>
    private static Markup Theirs(string text) =>
        new Markup().Open("bdi").Text(Prose.Sentence(text)).Close();

    private static Markup Deed(Names names, Logged logged) =>
        logged.Act switch
        {
            Tick tick => Markup.Of($"said the time: {Times.Long(tick.Time)}"),
            AdmitParty => Markup.Of(
                $"admitted {names.Party(new(logged.Index))} as {RolesOf(logged.Act)}"
            ),
            AddKey { Invitation: { } proof } add => Markup.Of(
                $"added a key for its {Prose.Plain(add.Key.Holder)} by {names.Act(proof.Invite)}"
            ),
            DelegateAct { Acts.Count: 0 } ended => Markup.Of(
                $"lets {names.Party(ended.To)} file nothing in its name any more"
            ),
            DelegateAct let => Markup.Of(
                $"let {names.Party(let.To)} file in its name until {Times.Long(let.Until)}: "
                    + $"{string.Join(", ", let.Acts)}"
            ),
            Invite invite => Markup.Of(
                $"invited its {Prose.Plain(invite.Holder)} to add a key as {Word(invite.Role)}"
            ),
            AddKey add => Markup.Of($"added a key for its {Prose.Plain(add.Key.Holder)}"),
            RevokeKey revoke => Markup.Of($"ended the key {revoke.Key.ToString()[..8]}…"),
            GrantRole grant => Markup.Of(
                $"gave the key {grant.Key.ToString()[..8]}… the role {Word(grant.Role)}"
            ),
            Appoint act => Markup.Of(
                $"appointed {act.Name} of {act.Institution} as {Word(act.Role)} until "
                    + $"{Times.Long(act.Until)}"
            ),
            Acts.Network.Site site => Markup.Of(
                $"declared the premises {site.Name}, {site.Country}"
            ),
            Erase erase => Markup.Of($"erased an attachment of {Target(names, erase.Target)}"),
            Confirm confirm => Markup.Of(
                $"stands by {names.Act(confirm.Target)}, which a key in other hands has signed"
            ),
            Appeal appeal => Appealed(names, appeal),
            Reveal reveal => Markup.Of(
                $"made public what was sealed with {names.Act(reveal.Target)}"
            ),
            ReadRoot root => Markup.Of(
                $"sealed the record of readings of {Times.Long(root.Day)}: {Items(root)}"
            ),
            RefusalRoot root => Markup.Of(
                $"sealed the refusals of {Times.Long(root.Day)}: {Items(root)}"
            ),
            RegisterModel => Markup.Of($"registered {names.Model(new(logged.Index))}"),
            ReportModel report => Reported(names, report, logged.Index),
            Amend amend => Markup.Of($"amended {Target(names, amend.Target)}"),
            Correct correct => Markup.Of($"corrected {Target(names, correct.Target)}"),
            Withdraw withdraw => Markup.Of($"withdrew {Target(names, withdraw.Target)}"),
            Release release => Markup.Of(
                $"released {names.Release(new(logged.Index))} of {names.Model(release.Model)}"
            ),
            Derive derive => Markup.Of(
                $"declared that {names.Release(derive.Child)} was made from "
                    + $"{Prose.List([.. derive.Parents.Select(names.Subject)])} "
                    + $"({Word(derive.Relation)})"
            ),
            FingerprintAct print => Markup.Of(
                $"stated the fingerprint of {names.Release(print.Release)}"
            ),
            EvidenceAct evidence => Markup.Of(
                $"says that {Side(names, evidence.Child)} and {Side(names, evidence.Parent)} were "
                    + $"not trained independently"
            ),
            FoundCopy found => Markup.Of(
                $"found a copy of {names.Release(found.Release)}, or something made from it"
            ),
            Dispute dispute => Markup.Of($"objects to {names.Act(dispute.Target)}"),
            _ => Markup.Words(Say(logged.Type.Says)),
        };

    /// <summary>A side of a pair: a release by its name, else by its digest.</summary>
    public static Markup Side(Names names, EvidenceSide side)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(side);
        return side switch
        {
            { Release: { } release } => names.Release(release),
            { File: { } file } => Markup.Of($"the file {Short(file)}"),
            { Weights: { } weights } => Markup.Of($"the weights {Short(weights)}"),
            _ => new Markup(),
        };
    }

    private static string Short(Ledger.Digest digest) => digest.ToString()[..19] + "…";

    private static string Items(DailyRoot root) =>
        root.Count switch
        {
            0 => Say("none"),
            1 => Say("one"),
            var count => Figures.Count(count),
        };

    /// <summary>What a joint act would do, after <em>proposed to</em>.</summary>
    public static Markup Aim(Names names, JointAct act) =>
        act switch
        {
            Genesis genesis => Markup.Of($"found {genesis.Authority.Name}"),
            KeySet set => Markup.Of($"put key set {set.Body.Epoch} in force"),
            ResumeClock resume => Markup.Of(
                $"let the clock go on from {Times.Long(resume.From)} to {Times.Long(resume.To)}"
            ),
            Outage outage => Markup.Of(
                $"let the clocks that run for a party stand still from {Times.Long(outage.From)} "
                    + $"to {Times.Long(outage.To)}"
            ),
            RecoverKeys recover => Markup.Of(
                $"give {names.Party(recover.Party)} a new key after a loss, which signs a week "
                    + $"after the last signature unless the party ends it"
            ),
            AdoptRulebook adopt => Markup.Of(
                $"apply the rulebook {Rulebook(names, adopt.Rulebook)} from "
                    + $"{Times.Long(adopt.AppliesFrom)}"
            ),
            VoidAct { Replacement: null } voided => Markup.Of(
                $"void {Target(names, voided.Target)}"
            ),
            VoidAct voided => Markup.Of($"replace members of {Target(names, voided.Target)}"),
            DecideAppeal decision => Decided(names, decision),
            Transfer transfer => Markup.Of($"pass {names.Release(transfer.Release)} on"),
            Certify certify => Markup.Of(
                $"certify {names.Subject(certify.Target)} until {Times.Long(certify.Until)}"
            ),
            Suspend { Until: { } until } suspend => Markup.Of(
                $"suspend {names.Subject(suspend.Target)} until {Times.Long(until)}"
            ),
            Suspend suspend => Markup.Of($"suspend {names.Subject(suspend.Target)}"),
            Restore restore => Markup.Of($"end the suspension of {names.Subject(restore.Target)}"),
            Expire expire => Markup.Of($"end the certificate of {names.Subject(expire.Target)}"),
            _ => Markup.Words(Say(ActTable.Of(act).Says)),
        };

    private static Markup Appealed(Names names, Appeal appeal)
    {
        var asks = appeal.AsksStay is true;
        return appeal.Against is not { } against
                ? Markup.Of($"appealed a refusal that it was given")
            : asks
                ? Markup.Of(
                    $"appealed {names.Act(against)} and asked that it have no effect until that is "
                        + $"decided"
                )
            : Markup.Of($"appealed {names.Act(against)}");
    }

    private static Markup Decided(Names names, DecideAppeal decision)
    {
        var appeal = names.World.Network.Appeals.All.Find(decision.Appeal.Index);
        var appealed = appeal?.Act.Against is { } against
            ? names.Act(against)
            : Markup.Words(Say("the refusal"));
        return decision.Outcome switch
        {
            AppealOutcome.Stayed => Markup.Of(
                $"let {appealed} have no effect until {names.Act(decision.Appeal)} is decided"
            ),
            AppealOutcome.Upheld => Markup.Of(
                $"uphold {appealed} against {names.Act(decision.Appeal)}"
            ),
            _ => Markup.Of($"set {appealed} aside upon {names.Act(decision.Appeal)}"),
        };
    }

    private static Markup Step(Names names, Logged logged, Markup speaker, Markup aim) =>
        logged.Act is JointAct { Joint.K: 1 } ? Markup.Of($"{speaker} decided to {aim}")
        : names.World.Network.Joints.Find(logged.ActDigest) is { } joint
        && joint.Proposal != logged.Index
            ? Markup.Of($"{speaker} agreed to {aim}")
        : Markup.Of($"{speaker} proposed to {aim}");

    private static string Effect(Names names, Logged logged) =>
        names.World.Network.Joints.Find(logged.ActDigest) is { } joint
        && joint.InForceSince == logged.Index
        && joint.Terms.K > 1
            ? Say("; with that it took effect")
            : "";

    private static Markup? Missing(Names names, Logged logged) =>
        names.World.Network.Joints.Find(logged.ActDigest) is { InForceSince: null } joint
            ? Markup.Of(
                $"Not in force: {names.World.Network.Counted(joint).Count} of {joint.Terms.K} "
                    + $"signatures."
            )
            : null;

    private static Markup Reported(Names names, ReportModel report, long index) =>
        report.Developers.Count == 0
            ? Markup.Of($"reported {names.Model(new(index))}")
            : Markup.Of(
                $"reported {names.Model(new(index))} by {string.Join(", ", report.Developers)}"
            );

    // What was filed at an entry is a subject of the register where there is one.
    private static Markup Target(Names names, ActId target)
    {
        var registry = names.World.Registry;
        return registry.Models.Find(new(target.Index)) is not null ? names.Model(new(target.Index))
            : registry.Releases.Find(new(target.Index)) is not null
                ? names.Release(new(target.Index))
            : names.Act(target);
    }

    private static Markup Rulebook(Names names, JsonElement book) =>
        book.ValueKind is JsonValueKind.Object
        && book.TryGetProperty("short", out var title)
        && book.TryGetProperty("id", out var id)
            ? Markup.Of($"“{names.Link(title.ToString(), $"/laws/{id}")}”")
            : Markup.Words(Say("that it carries"));

    private static string RolesOf(Act act) =>
        act is AdmitParty party ? string.Join(", ", party.Roles.Select(role => Word(role))) : "";

    /// <summary>A role of a party in a word or two.</summary>
    public static string Word(PartyRole role) =>
        role switch
        {
            PartyRole.Datacentre => Say("operator of data centres"),
            PartyRole.Authority => Say("authority of another state"),
            PartyRole.Institute => Say("research institute"),
            PartyRole.Developer => Say("developer"),
            PartyRole.Seller => Say("seller"),
            PartyRole.Host => Say("host"),
            _ => Say("auditor"),
        };

    /// <summary>A role at the authority in a word.</summary>
    public static string Word(StaffRole role) =>
        role switch
        {
            StaffRole.Clerk => Say("clerk"),
            StaffRole.Auditor => Say("auditor"),
            _ => Say("reader"),
        };

    /// <summary>What a key may do, in a word.</summary>
    public static string Word(KeyRole role) =>
        role switch
        {
            KeyRole.Administrator => Say("administrator"),
            KeyRole.Filer => Say("filer"),
            _ => Say("reader"),
        };

    /// <summary>A relation of lineage in a word or two.</summary>
    public static string Word(Relation relation) =>
        relation switch
        {
            Relation.FineTune => Say("fine-tune"),
            Relation.ContinuedPreTraining => Say("continued pre-training"),
            Relation.Copy => Say("copy"),
            Relation.Adapter => Say("adapter"),
            Relation.Merge => Say("merge"),
            Relation.Quantisation => Say("quantisation"),
            Relation.Pruning => Say("pruning"),
            Relation.Distillation => Say("distillation"),
            _ => Say("conversion"),
        };
}
