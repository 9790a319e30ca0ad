using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Subjects;
using Concord.Ledger;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>Where a model, a release or a file stands, in words, with the signed answer.</summary>
/// <param name="site">What pages read.</param>
public sealed class StandingPage(PublicSite site) : SitePage(site)
{
    /// <summary>What was asked for, in its canonical form.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>The standing; null: nothing is known.</summary>
    public EffectiveStanding? Standing { get; private set; }

    /// <summary>The model that it is, or is a release of; null: nothing is known.</summary>
    public Model? Subject { get; private set; }

    /// <summary>What answers, as a heading.</summary>
    public string Heading =>
        Standing is { By: not null, Own: var own }
            ? Plainly(
                $"A copy of {Name} by evidence, or made from it; "
                    + $"{Name} is {StandingWords.Says(own)}"
            )
        : Standing is { } known ? Plainly($"{Name} is {StandingWords.Says(known.Own)}")
        : Say("Nothing is known of this here");

    /// <summary>Its name; empty: nothing is known.</summary>
    public string Name =>
        Standing is { } known
            ? new Names(World, isLinked: false).Subject(known.Subject).Plain()
            : "";

    /// <summary>What it means.</summary>
    public IEnumerable<Markup> Means => StandingWords.Means(Site, World, Standing);

    /// <summary>The address of the page of what it is.</summary>
    public string Href =>
        Standing!.Subject.Release is { } release
            ? $"/releases/{release}"
            : ModelWords.Href(Subject!.Id);

    /// <summary>Until when the signed answer may be relied on.</summary>
    public string FreshUntil => Times.Long(World.At + StandingAnswer.FreshFor);

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(string subject)
    {
        Asked =
            SubjectId.TryParse(subject, out var id) ? id.ToString()
            : Digest.TryParse(subject, out var digest) || Digest.TryParseHex(subject, out digest)
                ? digest.ToString()
            : "";
        if (Asked.Length == 0)
        {
            return this.Fail(StandingApi.NoQuestion);
        }

        Standing = StandingAnswer.Look(World, Asked);
        Subject = Standing is { } known ? World.Registry.ModelOf(known.Subject) : null;
        return Page();
    }
}
