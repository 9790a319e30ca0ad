using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// A decision on an appeal, or a stay until then, by officers of several institutions of whom none
/// signed what is appealed.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class DecideAppealPage(PublicSite site) : OfficerPage(site)
{
    /// <summary>The appeal.</summary>
    public AppealRecord Appeal { get; private set; } = null!;

    /// <summary>What is appealed, in words.</summary>
    public Markup Appealed =>
        Appeal.Act.Against is { } against
            ? Markup
                .Of($"{new Names(World).Act(against)}: ")
                .Add(ActSentence.Of(new(World, isLinked: false), Site.Contents.Act(against.Index)))
            : Markup.Words(Say("A refusal that the party was given"));

    /// <summary>What can be decided.</summary>
    public IReadOnlyList<(string Word, string Says)> Outcomes =>
        [
            .. Appeal.StayedBy is null && Appeal.Act.AsksStay is true
                ? [("stayed", Say("Stay: no effect until the appeal is decided"))]
                : Array.Empty<(string, string)>(),
            ("upheld", Say("Uphold: what was appealed stands")),
            ("set_aside", Say("Set aside: what was appealed falls")),
        ];

    /// <summary>What the button does.</summary>
    public string Deed =>
        Answers["outcome"] switch
        {
            "stayed" => Plainly($"stay what {Appeal.Id} appeals"),
            "upheld" => Plainly($"uphold what {Appeal.Id} appeals"),
            _ => Plainly($"set aside what {Appeal.Id} appeals"),
        };

    /// <summary>Shows the form, or the act that its answers make.</summary>
    public IActionResult OnGet()
    {
        Read("/decide/appeal", Request.Query, ["appeal", "outcome", "reason"]);
        if (
            !ActAddress.TryRead(Answers["appeal"], World.Size, out var index)
            || World.Network.Appeals.All.Find(index) is not { } appeal
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no appeal has the id {Answers["appeal"]}")
                {
                    Where = "appeal",
                }
            );
        }

        Appeal = appeal;
        if (Appeal.DecidedBy is null && IsSigned())
        {
            var reason = Answers.Needed("reason", Say("Say why, for everybody to read"));
            Answers.Needed("outcome", Say("Say what becomes of it"));
            var outcome = Answers.Word<AppealOutcome>("outcome");
            if (!IsWrong)
            {
                var act = new DecideAppeal
                {
                    Joint = OfInstitutions,
                    Appeal = Appeal.Id,
                    Outcome = outcome,
                    Reason = reason,
                };
                Check(act, FieldOf);
            }
        }

        return Page();
    }

    private static string FieldOf(string path) =>
        path switch
        {
            "$.reason" => "reason",
            "$.outcome" => "outcome",
            _ => "officer",
        };
}
