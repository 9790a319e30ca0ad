using Concord.Authority.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Web;

/// <summary>What a page answers where it has nothing to show.</summary>
internal static class PageAnswers
{
    /// <summary>Answers with a problem and its page.</summary>
    public static IActionResult Fail(this PageModel page, Problem problem)
    {
        page.HttpContext.Features.Set(problem);
        return page.StatusCode(problem.Type.Status);
    }
}
