using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Web.Languages;

/// <summary>
/// The language stands in the address, before the path: <c>/fr/register</c>. So a link says what
/// its reader will see, caches keep languages apart, and nothing has to be remembered of anybody.
/// </summary>
public static class LanguageAddress
{
    /// <summary>
    /// Pages of which every phrase is in all catalogues; the words of the others are English.
    /// </summary>
    public static IReadOnlySet<string> Translated { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "/Act",
            "/Acts",
            "/Application",
            "/Apply",
            "/Authority",
            "/Bulk",
            "/Certificate",
            "/DecideAppeal",
            "/DecideAppoint",
            "/DecideAsk",
            "/DecideStanding",
            "/Drafts",
            "/Due",
            "/File",
            "/Find",
            "/Inbox",
            "/Index",
            "/Join",
            "/Key",
            "/Laws",
            "/Log",
            "/Model",
            "/Notice",
            "/NoticeStop",
            "/OfficerPasskey",
            "/Parties",
            "/Party",
            "/PartyHome",
            "/Problem",
            "/Reading",
            "/Register",
            "/SaveForm",
            "/Sign",
            "/Standing",
            "/Standings",
        };

    /// <summary>Takes the language off the path, before an endpoint is chosen.</summary>
    public static Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        foreach (var language in Language.All)
        {
            if (
                language != Language.English
                && context.Request.Path.StartsWithSegments(
                    language.Prefix,
                    StringComparison.Ordinal,
                    out var rest
                )
            )
            {
                context.Request.PathBase = context.Request.PathBase.Add(language.Prefix);
                context.Request.Path = rest.HasValue ? rest : "/";
                context.Features.Set(language);
                break;
            }
        }

        return next(context);
    }

    /// <summary>Speaks it, as far as the page that was chosen is translated.</summary>
    public static Task SpeakAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var asked = Of(context);
        if (
            asked != Language.English
            && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is { } page
        )
        {
            var isTranslated = Translated.Contains(page.ViewEnginePath);
            Language.Now = new(isTranslated ? asked : Language.English, asked);
        }

        return next(context);
    }

    /// <summary>The language that a request asks for.</summary>
    public static Language Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<Language>() ?? Language.English;
    }
}
