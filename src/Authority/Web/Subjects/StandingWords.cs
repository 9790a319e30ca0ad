using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Rooms;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>
/// What a standing means, in the same words wherever it is shown, and never stronger than the log.
/// </summary>
public static class StandingWords
{
    /// <summary>The standing, as the end of a sentence that begins with a name.</summary>
    public static string Says(Standing standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.State switch
        {
            StandingState.Reported => Say("reported, not registered"),
            StandingState.Registered => Say("registered"),
            StandingState.Certified => Until(standing) is { } until
                ? Plainly($"certified until {until}")
                : Say("certified"),
            StandingState.Suspended => Until(standing) is { } until
                ? Plainly($"suspended until {until}")
                : Say("suspended"),
            _ => Say("withdrawn"),
        };
    }

    /// <summary>What follows from it, and what does not.</summary>
    /// <param name="site">What pages read.</param>
    /// <param name="world">The world.</param>
    /// <param name="standing">The standing; null: nothing is known.</param>
    public static IEnumerable<Markup> Means(
        PublicSite site,
        World world,
        EffectiveStanding? standing
    )
    {
        if (standing is not { Own: var own })
        {
            yield return Markup.Words(
                Say(
                    "Nothing that is registered or reported here has this id or digest. Unknown is "
                        + "never fine: ask whoever gave it to you for its registration."
                )
            );
            yield return Markup.Words(
                Say(
                    "It does not prove that nobody uses it. A file that was converted, quantised "
                        + "or "
                        + "merged has another digest than the file that it was made from."
                )
            );
            yield break;
        }

        if (standing.By is { } by)
        {
            yield return Means(world, by);
        }

        yield return Markup.Words(Means(own));
        if (Ended(site, world, standing) is { } ended)
        {
            yield return ended;
        }

        if (own.Stayed is { } stayed)
        {
            yield return Markup.Of(
                $"A suspension ({Act(world, stayed)}) has no effect until its appeal is decided."
            );
        }

        if (standing.MarkedBy.Count > 0)
        {
            yield return new Markup()
                .Text(Say("It was made from something that is suspended or withdrawn: "))
                .Add(Prose.List([.. standing.MarkedBy.Select(new Names(world).Subject)]))
                .Text(Say(". It is not in good standing for as long as that is so."));
        }

        var names = new Names(world);
        foreach (var one in site.ContestedIn(world, own.DecidedBy))
        {
            yield return names
                .Act(one.Id)
                .Text(Say(", which is part of what decided it: "))
                .Add(DoubtWords.Of(names, one.Doubt));
        }
    }

    private static Markup Means(World world, ByEvidence by)
    {
        var (names, book) = (new Names(world), world.Lineage.Weights);
        var act = book.Matches.Has(by.Act.Index)
            ? names.Link(by.Act.ToString(), $"/matches/{by.Act}")
            : names.Act(by.Act);
        var said = by.Log10P is { } figure
            ? Markup.Of(
                $"Nobody has registered it. By {act} its weights were not trained independently of "
                    + $"the release below: strangers agree so much less than once in "
                    + $"{MatchWords.Power(-figure)} comparisons."
            )
            : Markup.Of(
                $"Nobody has registered it. By {act} it has the same weights as the release below."
            );
        said.Text(" ")
            .Text(
                Say("What stands below is the standing of that release; evidence clears nothing.")
            );
        return by.IsDisputed ? said.Text(" ").Text(Say("Somebody objects.")) : said;
    }

    private static string Means(Standing standing) =>
        standing.State switch
        {
            StandingState.Reported => Say(
                "Public sources tell of it. Its developer has filed nothing here, and nobody "
                    + "answers for it."
            ),
            StandingState.Registered => Say(
                "Its developer has registered it and answers for what it stated. Nobody has "
                    + "certified by this that the model is safe."
            ),
            StandingState.Certified when standing.Conditions.Count > 0 => Say(
                "The authority has certified it, under the conditions named. That is a decision "
                    + "on what was filed, and no promise about what the model does."
            ),
            StandingState.Certified => Say(
                "The authority has certified it. That is a decision on what was filed, and no "
                    + "promise about what the model does."
            ),
            StandingState.Suspended => Say(
                "The authority has suspended it. No deployment and no transfer of it is taken "
                    + "until that ends."
            ),
            _ => Say(
                "It was withdrawn by whoever filed it, or voided. Nobody answers for it any more."
            ),
        };

    // A certificate that is over is said to be, where a mere registration is left of it.
    private static Markup? Ended(PublicSite site, World world, EffectiveStanding standing)
    {
        if (standing.Own.State is not StandingState.Registered)
        {
            return null;
        }

        if (site.Contents.Act(standing.Own.DecidedBy).Act is Expire)
        {
            return Markup.Of($"Its certificate was ended by {Act(world, standing.Own)}.");
        }

        for (
            var one = world.Registry.StandingOf(standing.Subject);
            one is not null;
            one = one.Before
        )
        {
            if (one is { State: StandingState.Certified, Until: { } until } && until <= world.At)
            {
                return Markup.Of($"Its certificate ended on {Times.Long(until)}.");
            }
        }

        return null;
    }

    private static string? Until(Standing standing) =>
        standing.Until is { } until ? Times.Long(until) : null;

    private static Markup Act(World world, Standing standing) =>
        new Names(world).Act(new(standing.DecidedBy));
}
