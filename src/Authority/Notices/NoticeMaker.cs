using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;
using Concord.Stores;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Notices;

/// <summary>
/// Whom an act concerns, and what each is told of it: what everybody may read, and that there is
/// a question to the party, without a word of it.
/// </summary>
internal static class NoticeMaker
{
    private const string Act = "act";
    private const string Decision = "decision";
    private const string Countersign = "countersign";
    private const string Question = "question";

    /// <summary>The notices of an act.</summary>
    /// <param name="world">The world after it.</param>
    /// <param name="logged">The act.</param>
    /// <param name="at">The tick at which it was judged.</param>
    /// <param name="languages">The languages in which it is said, beside English.</param>
    public static IEnumerable<KeptNotice> Of(
        World world,
        Logged logged,
        string at,
        IReadOnlyList<Language> languages
    )
    {
        var id = new ActId(logged.Index);
        if (logged.Act is AskQuestion ask)
        {
            var asks = NoticeWords.Of(
                languages,
                () => Plainly($"The authority asks you a question in confidence, {id}")
            );
            yield return new(
                0,
                ask.To.ToString(),
                $"question|{id}",
                Question,
                at,
                asks.English,
                $"/parties/{ask.To}/home",
                asks.Others
            );
            yield break;
        }

        var concerned = Concerned(world, logged).Distinct().ToList();
        if (concerned.Count == 0)
        {
            yield break;
        }

        Markup Sentence() => ActSentence.Of(new Names(world, isLinked: false), logged);
        var says = NoticeWords.Of(languages, () => Sentence().Plain());
        var next = NextOf(world, logged);
        foreach (var party in concerned)
        {
            if (party == next)
            {
                var waits = NoticeWords.Of(
                    languages,
                    () => Plainly($"Your signature is waited for: {Sentence()}")
                );
                yield return new(
                    0,
                    party.ToString(),
                    $"act|{id}",
                    Countersign,
                    at,
                    waits.English,
                    $"/sign/{ProposalOf(world, logged)}",
                    waits.Others
                );
            }
            else
            {
                yield return new(
                    0,
                    party.ToString(),
                    $"act|{id}",
                    IsDecision(world, logged) ? Decision : Act,
                    at,
                    says.English,
                    $"/acts/{id}",
                    says.Others
                );
            }
        }
    }

    private static IEnumerable<PartyId> Concerned(World world, Logged logged)
    {
        var speaker = logged.Issuer.AsSpan(logged.Issuer.LastIndexOf('#') + 1);
        if (ShortId.TryParse(speaker, PartyId.Letter, out var index))
        {
            yield return new(index);
        }

        foreach (var party in Named(world, logged))
        {
            yield return party;
        }

        if (Subjects.TargetOf(logged.Act) is { } target && OwnerOf(world, target) is { } owner)
        {
            yield return owner;
        }
    }

    private static IEnumerable<PartyId> Named(World world, Logged logged) =>
        logged.Act switch
        {
            AdmitParty => [new(logged.Index)],
            AddKey add => [add.Party],
            Invite invite => [invite.Party],
            GrantRole grant => [grant.Party],
            DelegateAct delegated => [delegated.Party, delegated.To],
            RecoverKeys recover => [recover.Party],
            RevokeKey revoke => world.Network.Keys.Find(revoke.Key)
                is { Speaker: Speaker.Party party }
                ? [party.Id]
                : [],
            StandingAct standing => DevelopersOf(world, [standing.Target]),
            Derive derive => DevelopersOf(world, derive.Parents),
            FingerprintAct print => DevelopersOf(world, [SubjectId.Of(print.Release)]),
            FoundCopy found => DevelopersOf(world, [SubjectId.Of(found.Release)]),
            EvidenceAct evidence => DevelopersOf(
                world,
                new[] { evidence.Child, evidence.Parent }
                    .Select(side => Recognition.ReleaseOf(world, side))
                    .OfType<ReleaseId>()
                    .Select(SubjectId.Of)
            ),
            DecideAppeal decision => world.Network.Appeals.All.Find(decision.Appeal.Index)
                is { } appeal
                ? [appeal.Act.By]
                : [],
            JointAct { Joint.Parties: { } parties } => parties,
            _ => [],
        };

    private static IEnumerable<PartyId> DevelopersOf(
        World world,
        IEnumerable<SubjectId> subjects
    ) => subjects.Select(subject => world.Registry.ModelOf(subject)?.Developer).OfType<PartyId>();

    private static PartyId? OwnerOf(World world, ActId target)
    {
        var index = target.Index;
        return world.Registry.Models.Find(new(index)) is { } model ? model.Developer
            : world.Registry.Releases.Find(new(index)) is { } release ? release.Developer
            : world.Lineage.Weights.Matches.Find(index) is { } match ? match.By
            : world.Lineage.Weights.Fingerprints.Find(index) is { } print ? print.By
            : world.Network.Appeals.All.Find(index) is { } appeal ? appeal.Act.By
            : world.Registry.Decisions.Find(index) is { } decided
                ? world.Registry.ModelOf(decided.Act.Target)?.Developer
            : null;
    }

    private static JointState? JointOf(World world, Logged logged) =>
        logged.Type.IsJoint ? world.Network.Joints.Find(logged.ActDigest) : null;

    private static PartyId? NextOf(World world, Logged logged) =>
        JointOf(world, logged) is { InForceSince: null } joint
            ? Countersigning.NextOf(world, joint)
            : null;

    private static ActId ProposalOf(World world, Logged logged) =>
        new(JointOf(world, logged)!.Proposal);

    private static bool IsDecision(World world, Logged logged) =>
        logged.Act is StandingAct or DecideAppeal or VoidAct or RecoverKeys
        && JointOf(world, logged)?.InForceSince == logged.Index;
}
