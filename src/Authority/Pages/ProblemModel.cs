using Concord.Authority.Api;
using Concord.Authority.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// A problem that just happened, or what its type means (RFC 9457, 4.2: a type that is a locator
/// leads to its documentation).
/// </summary>
public sealed class ProblemModel : PageModel
{
    /// <summary>The type.</summary>
    public ProblemType Type { get; private set; } = Problems.NotFound;

    /// <summary>The occurrence; null: somebody reads about the type.</summary>
    public Problem? Occurrence { get; private set; }

    /// <summary>What can be said of the occurrence, row by row.</summary>
    public Markup Facts =>
        FactList.WithoutSources(Occurrence is { } occurrence ? Rows(occurrence) : []);

    /// <summary>Whether anything was logged, for who fears to have lost something.</summary>
    public string Logged =>
        Occurrence?.Logged switch
        {
            true => Say("The act was logged"),
            null when Type.Status >= 500 => Say("Whether anything was logged is not known"),
            _ => Say("Nothing was logged, nothing was lost"),
        };

    /// <summary>Shows the type of a code, or the occurrence that led here.</summary>
    public IActionResult OnGet(string code)
    {
        Occurrence = HttpContext.Features.Get<Problem>();
        if ((Occurrence?.Type ?? Problems.Find(code)) is not { } type)
        {
            return this.Fail(
                new(Problems.NotFound, $"no problem is called {code}; /problems lists them all")
            );
        }

        Type = type;
        return Page();
    }

    private static IEnumerable<Fact> Rows(Problem problem)
    {
        yield return new(Say("In this case"), Prose.Of(Prose.Sentence(problem.Detail)));
        if (problem.Where is { } where)
        {
            yield return new(Say("Where"), new Markup().Leaf("code", where));
        }

        if (problem.Rule is { } rule)
        {
            yield return new(Say("Rule"), Prose.Of(rule))
            {
                Range = problem.Source is { } source ? Prose.Of(source) : null,
            };
        }

        foreach (var (name, value) in problem.Facts)
        {
            yield return new(Prose.Capital(Prose.Plain(name)), Markup.Words(value));
        }

        if (problem.Type != Problems.NotFound || problem.Remedy is not null)
        {
            yield return new(Say("What to do"), Prose.Of(problem.Remedy ?? problem.Type.Remedy));
        }
    }
}
