using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Measures;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// Why a law answers as it does about a model: the tree of its conditions with what decided each,
/// and what would settle it. Assumptions are in the address.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class ExplainPage(PublicSite site) : SitePage(site)
{
    /// <summary>The model.</summary>
    public Model Subject { get; private set; } = null!;

    /// <summary>The answer.</summary>
    public RulebookAnswer Answer { get; private set; } = null!;

    /// <summary>What would settle it, whatever day the law begins.</summary>
    public IReadOnlyList<Settling> Settles { get; private set; } = [];

    /// <summary>What is assumed.</summary>
    public IReadOnlyList<Assumption> Assumed { get; private set; } = [];

    /// <summary>What may be assumed by choosing from lists.</summary>
    public IReadOnlyList<AssumeField> Fields { get; private set; } = [];

    /// <summary>Assumptions that no list has.</summary>
    public string Other { get; private set; } = "";

    /// <summary>The state of the answer; before the law is in force, what it will be.</summary>
    public StateKind State { get; private set; }

    /// <summary>The conditions of the headline.</summary>
    public TreeNode? Tree { get; private set; }

    /// <summary>Makes the tree of a duty.</summary>
    public ReasonTree Trees { get; private set; } = null!;

    /// <summary>The address of the same question as data.</summary>
    public string JsonHref { get; private set; } = "";

    /// <summary>The command that gives the same answer.</summary>
    public string Command =>
        $"concord explain {Subject.Id} --rulebook {Answer.Book.Id}"
        + string.Concat(Assumed.Select(one => $" --assume '{one}'"));

    /// <summary>The counting profile of the number that decides, for the example.</summary>
    public string Profile =>
        Answer.Book.Headline?.Quantity is { } quantity
        && quantity.Split('[', ']') is [_, var profile, ..]
            ? profile
            : "concord";

    /// <summary>Judges.</summary>
    public IActionResult OnGet(string id, string rulebook)
    {
        var explained = ExplainApi.Read(World, id, rulebook, [.. Request.Query["assume"]]);
        if (explained is not { Answer: { } answer, Model: { } model })
        {
            return this.Fail(explained.Problem!);
        }

        (Subject, Answer, Assumed) = (model, answer, explained.Assumed);
        Settles = Evaluation.Settles(answer.Book, explained.Facts, answer.At);
        Fields = AssumeField.Of(answer.Book, Settles, Assumed);
        Other = string.Join(
            ' ',
            Assumed
                .Where(one =>
                    Fields.All(field =>
                        field.Options.All(option =>
                            !string.Equals(option.Value, one.ToString(), StringComparison.Ordinal)
                        )
                    )
                )
                .Select(one => one.ToString())
        );
        Trees = new(Thresholds.Of(LawChoice.Default(Site.RegisterOf(HttpContext).Columns)));
        State = LawReading.StateOf(
            answer.Upcoming is null ? answer.Answer : answer.OnceInForce,
            answer.NoFigure
        );
        Tree = answer.Explanation is { } root ? Trees.Of(root, State is StateKind.NoFigure) : null;
        JsonHref =
            ModelWords.Explain(model.Id, answer.Book.Id)
            + QueryString.Create(
                Assumed
                    .Select(one => new KeyValuePair<string, string?>("assume", one.ToString()))
                    .Append(new("format", "json"))
            );
        return Page();
    }

    /// <summary>The answer in a sentence.</summary>
    public Markup Sentence() =>
        State switch
        {
            StateKind.Yes => Markup.Words(
                Say("What is known meets every condition, even on the lowest estimate.")
            ),
            StateKind.No => Markup.Words(
                Say("What is known fails a condition, even on the highest estimate.")
            ),
            StateKind.NoFigure => Markup.Words(
                Say(
                    "Nobody has published the number that decides, so there is nothing to judge by."
                )
            ),
            _ => Settles.Count > 0
                ? Markup.Of($"What is known reaches both sides. {Undecided.Words(Settles[0])}")
                : Markup.Words(Say("What is known reaches both sides.")),
        };

    /// <summary>The state of a duty, once its law is in force.</summary>
    public static StateKind StateOf(DutyAnswer duty) => LawReading.StateOf(duty.OnceInForce);
}
