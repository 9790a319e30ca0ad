using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>The way to an objection, and what is objected to.</summary>
public static class DisputeWords
{
    /// <summary>The way to the form and for whom it is; null: nobody may object.</summary>
    public static Markup? Offer(World world, ActId target)
    {
        var names = new Names(world);
        var who = Objectors
            .Of(world, target)
            .Select(one => one.Party)
            .Distinct()
            .Select(party =>
                party is { } known
                    ? names.Party(known)
                    : Markup.Words(Say("whoever made what nobody has registered"))
            )
            .ToList();
        var link = Linked(Href(target), Words(world, target));
        return who.Count == 0
            ? null
            : Markup.Of($"{link}: open to {Prose.List(who)}. Both sides stay visible.");
    }

    /// <summary>The way to the form for a party; null: it may not object.</summary>
    public static Markup? Offer(World world, ActId target, PartyId party) =>
        Objectors.Of(world, target).Any(one => one.Party == party)
            ? new Markup()
                .Open("a", ("class", "govuk-link"), ("href", $"{Href(target)}&party={party}"))
                .Text(Words(world, target))
                .Leaf("span", $" {target}", ("class", "govuk-visually-hidden"))
                .Close()
            : null;

    /// <summary>
    /// What an act says of which weights, to be read by whoever objects; null: it is no match and
    /// no fingerprint.
    /// </summary>
    public static Markup? Disputed(World world, ActId target)
    {
        ArgumentNullException.ThrowIfNull(world);
        var book = world.Lineage.Weights;
        return book.Matches.Find(target.Index) is { } match ? Disputed(world, match)
            : book.Fingerprints.Find(target.Index) is { } print ? Disputed(world, print)
            : null;
    }

    /// <summary>What is objected to, as an object of a verb.</summary>
    public static string Named(World world, ActId target)
    {
        ArgumentNullException.ThrowIfNull(world);
        var names = new Names(world, isLinked: false);
        var book = world.Lineage.Weights;
        return book.Matches.Find(target.Index) switch
        {
            { Act: FoundCopy found } => Plainly(
                $"the report {target} of a found copy of {names.Release(found.Release)}"
            ),
            { Act: EvidenceAct evidence } => Plainly(
                $"the evidence {target} on {ActSentence.Side(names, evidence.Child)} and "
                    + $"{ActSentence.Side(names, evidence.Parent)}"
            ),
            _ => book.Fingerprints.Find(target.Index) is { } print
                ? Plainly($"the fingerprint {target} of {names.Release(print.Release)}")
                : target.ToString(),
        };
    }

    private static string Href(ActId target) => $"/file/dispute?target={target}";

    private static string Words(World world, ActId target) =>
        world.Lineage.Weights.Matches.Has(target.Index)
            ? Say("Dispute this match")
            : Say("Dispute this fingerprint");

    private static Markup Disputed(World world, Match match)
    {
        var names = new Names(world);
        var objections = world.Lineage.Weights.ObjectionsTo(match.Id).ToList();
        return new Markup()
            .Open("div", ("class", "c-note c-note--plain"))
            .Open("p")
            .Leaf("strong", Prose.Sentence(MatchWords.Heading(world, match)))
            .Close()
            .Close()
            .Add(
                FactList.WithoutSources([
                    new(Say("What was made"), MadeOf(world, names, match))
                    {
                        Range = match.Act is FoundCopy found
                            ? Markup.Of(
                                $"Found on {Times.Long(found.FoundOn)} {MatchWords.Place(found)}"
                            )
                            : null,
                    },
                    new(
                        Say("What it was made from"),
                        Side(world, names, match.Parent, Recognition.ReleaseOf(world, match.Parent))
                    ),
                    new(Say("Filed by"), names.Party(match.By))
                    {
                        Range = Markup.Of($"{names.Act(match.Id)}, {Times.Long(match.At)}"),
                    },
                    new(Say("Recognised by"), Markup.Words(MatchWords.By(match)))
                    {
                        Range = Figure(match),
                    },
                    new(
                        Say("By the register’s count"),
                        Markup.Words(MatchWords.Verdict(world, match))
                    )
                    {
                        Range = MatchWords.Because(world, match),
                    },
                    .. objections.Count == 0
                        ? (Fact[])[]
                        :
                        [
                            new(
                                Say("Objections"),
                                Prose.List([.. objections.Select(one => names.Party(one.Said.By))])
                            ),
                        ],
                ])
            )
            .Open("p", ("class", "govuk-body"))
            .Add(Linked(MatchWords.HrefOf(match), Say("What it means, with the picture by layer")))
            .Close();
    }

    private static Markup Disputed(World world, FingerprintRecord print)
    {
        var names = new Names(world);
        return FactList.WithoutSources([
            new(Say("Fingerprint of"), Release(world, names, print.Release)),
            new(Say("Filed by"), names.Party(print.By))
            {
                Range = Markup.Of($"{names.Act(print.Id)}, {Times.Long(print.At)}"),
            },
            new(Say("Weights"), Digest(print.Weights)),
        ]);
    }

    private static Markup MadeOf(World world, Names names, Match match) =>
        match.Act is EvidenceAct { Child: var side }
            ? Side(world, names, side, Recognition.ChildOf(world, match))
        : Recognition.ChildOf(world, match) is { } release ? Release(world, names, release)
        : Digest(match.ChildDigests.First());

    private static Markup Side(World world, Names names, EvidenceSide side, ReleaseId? release) =>
        release is { } known
            ? Release(world, names, known)
            : Digest((side.File ?? side.Weights)!.Value);

    private static Markup Release(World world, Names names, ReleaseId id) =>
        Markup.Of($"{names.Release(id)} by {names.Party(world.Registry.Releases[id].Developer)}");

    private static Markup Digest(Ledger.Digest digest) =>
        new Markup().Leaf("span", digest.ToString(), ("class", "c-digest"));

    // What who filed it says, in their own words.
    private static Markup Figure(Match match)
    {
        var said = MatchWords.Stated(match) ?? new Markup();
        return match.Act is EvidenceAct evidence
            ? said.Text(" ").Open("bdi").Text(Prose.Sentence(evidence.Statistic)).Close()
            : said;
    }
}
