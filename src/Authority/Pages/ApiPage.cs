using Concord.Authority.Web;
using Concord.Authority.Web.Reference;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>What programs can ask, for people.</summary>
/// <param name="site">What pages read.</param>
/// <param name="reference">The API.</param>
public sealed class ApiPage(PublicSite site, ApiReference reference) : SitePage(site)
{
    /// <summary>The API.</summary>
    public ApiContents Contents { get; private set; } = null!;

    /// <summary>Reads it.</summary>
    public async Task OnGetAsync() =>
        Contents = await reference.ReadAsync(HttpContext.RequestAborted);

    /// <summary>A type, with a link to the document that it is made of.</summary>
    public static Markup Type(ApiType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Document is { } document
            ? new Markup().Leaf(
                "a",
                type.Says,
                ("class", "govuk-link"),
                ("href", $"#document-{document}")
            )
            : Markup.Words(type.Says);
    }

    /// <summary>What is sent or comes back.</summary>
    public static Markup Bodies(IReadOnlyList<ApiBody> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        return bodies.Count == 0
            ? Markup.Words(Say("Nothing but the status"))
            : Prose.List([
                .. bodies.Select(body =>
                    body.Type is { } type
                        ? new Markup()
                            .Add(Type(type))
                            .Text(Say(" as "))
                            .Leaf("span", body.ContentType, ("class", "c-code"))
                        : new Markup().Leaf("span", body.ContentType, ("class", "c-code"))
                ),
            ]);
    }
}
