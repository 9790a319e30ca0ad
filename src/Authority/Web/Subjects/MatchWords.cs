using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>What a match says, in words that are never stronger than what was counted.</summary>
public static class MatchWords
{
    /// <summary>The address of its page.</summary>
    public static string HrefOf(Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return $"/matches/{match.Id}";
    }

    /// <summary>What it comes to, as a heading.</summary>
    public static string Heading(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        var name = Origin(world, match);
        var what = match.Act is FoundCopy ? Say("What was found") : Child(world, match);
        if (match.EndedBy is not null)
        {
            return Plainly($"{what} was said to be made from {name}; that was taken back");
        }

        if (!Recognition.Bears(world, match))
        {
            return Plainly($"{what} is said to be made from {name}");
        }

        var made =
            match.Relation == Relation.Copy || match.IsExact
                ? Plainly($"{what} is a copy of {name}")
            : match.Act is FoundCopy or EvidenceAct { Direction: not null }
                ? Plainly($"{what} is a derivative of {name}")
            : Plainly($"{what} and {name} were not trained independently");
        return StandingOf(world, match) is { IsBarred: true } standing
            ? Plainly($"{made}, which is {StandingWords.Says(standing.Own)}")
            : made;
    }

    /// <summary>The verdict: one of the two that there are, or that nothing was counted.</summary>
    public static string Verdict(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return match.IsExact ? Say("The same weights: the digests are equal.")
            : Recognition.FigureOf(world, match) is not { } figure
                ? Say("Not counted by the register.")
            : figure.SameWeights ? Say("The same weights: the digests are equal.")
            : figure.Decides ? Say("Not trained independently.")
            : Say("No evidence by the register's own count.");
    }

    /// <summary>What the verdict rests on, with the odds.</summary>
    public static Markup Because(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        var names = new Names(world);
        return match.IsExact || Recognition.FigureOf(world, match) is { SameWeights: true }
                ? Markup.Words(
                    Say(
                        "A digest is equal only if the bytes that it is over are, so nothing is "
                            + "left to chance. That the digest belongs to what was found is the "
                            + "word of who filed it."
                    )
                )
            : Recognition.FigureOf(world, match) is not { } figure
                ? Markup.Words(
                    Say(
                        "The log has not both fingerprints, so the register could not count anew. "
                            + "What stands here is the word of who filed it, and nothing follows "
                            + "from it."
                    )
                )
            : figure.Decides
                ? Markup.Of(
                    $"Networks that were trained independently agree this much less than once in "
                        + $"{Power(-figure.Log10P)} comparisons. The register counted that itself, "
                        + $"out of two fingerprints in the log: {names.Act(figure.Child)} and "
                        + $"{names.Act(figure.Parent)}."
                )
            : Markup.Words(
                Say(
                    "The register counted anew out of the small fingerprints and found no more "
                        + "than chance gives. That says nothing of independence: a larger "
                        + "fingerprint may show more."
                )
            );
    }

    /// <summary>Ten to a power, with a real superscript.</summary>
    public static Markup Power(int exponent) => new Markup().Power($"1e{exponent}");

    /// <summary>The figure that who filed it states; null: it states none.</summary>
    public static Markup? Stated(Match match) =>
        match?.Stated is { } stated
            ? Markup.Of($"Stated: at most once in {Power(-stated)} among strangers.")
            : null;

    /// <summary>What it is recognised by, in a word or two.</summary>
    public static string By(Match match) =>
        match?.Act switch
        {
            FoundCopy { Evidence: CopyEvidence.File } => Say("the digest of a file"),
            FoundCopy { Evidence: CopyEvidence.Weights } => Say("the digest of the weights"),
            _ => Say("the fingerprint of the weights"),
        };

    /// <summary>A line for lists: who found or compared what.</summary>
    public static Markup Line(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(match);
        var names = new Names(world);
        var by = names.Party(match.By);
        if (match.Act is FoundCopy found)
        {
            var day = Plainly($"Found on {Times.Long(found.FoundOn)}");
            return Markup.Of($"{Linked(HrefOf(match), day)} by {by}: {Verdict(world, match)}");
        }

        var other = ActSentence.Side(names, match.Parent);
        return Markup.Of(
            $"{Linked(HrefOf(match), Say("Compared"))} by {by} with {other}: "
                + $"{Verdict(world, match)}"
        );
    }

    /// <summary>The kind of place and the country, as far as they are public.</summary>
    public static string Place(FoundCopy found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var kind = found.Kind switch
        {
            PlaceKind.Hub => Say("on a hub of models"),
            PlaceKind.Website => Say("on a website"),
            PlaceKind.FileSharing => Say("in a network for sharing files"),
            PlaceKind.Cloud => Say("in a cloud"),
            PlaceKind.Premises => Say("on premises"),
            _ => Say("in another kind of place"),
        };
        return found.Country is { } country ? $"{kind}, {ModelWords.Country(country)}" : kind;
    }

    /// <summary>The side that somebody answers for.</summary>
    public static string SideOf(DisputeSide side) =>
        side == DisputeSide.Parent ? Say("what it was made from") : Say("what was made");

    /// <summary>The standing of what it was made from; null: that is no release here.</summary>
    public static EffectiveStanding? StandingOf(World world, Match match) =>
        Recognition.Following(world, match);

    private static string Origin(World world, Match match) =>
        Recognition.ReleaseOf(world, match.Parent) is { } release
            ? new Names(world, isLinked: false).Release(release).Plain()
            : ActSentence.Side(new Names(world, isLinked: false), match.Parent).Plain();

    private static string Child(World world, Match match) =>
        Recognition.ChildOf(world, match) is { } release
            ? new Names(world, isLinked: false).Release(release).Plain()
            : Prose.Capital(
                ActSentence
                    .Side(new Names(world, isLinked: false), ((EvidenceAct)match.Act).Child)
                    .Plain()
            );
}
