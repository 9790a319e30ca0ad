using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>Registers a model: one form, then the act as it will be signed.</summary>
/// <param name="site">What pages read.</param>
public sealed class RegisterModelPage(PublicSite site) : SigningPage(site)
{
    /// <summary>
    /// The counting profiles that a rulebook in force defines; without one no figure is asked for.
    /// </summary>
    public IEnumerable<(string Word, string Says)> Profiles =>
        World
            .Network.Rulebooks.SelectMany(book => book.Book.Profiles.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, name));

    /// <summary>Shows the form, or the act that its answers make.</summary>
    public IActionResult OnGet()
    {
        Read(ModelForm.Path, Request.Query, ModelForm.Fields);
        if (IsReady && Party is { } party && ModelForm.Compose(Answers, party.Id) is { } act)
        {
            Check(act, ModelForm.FieldOf);
        }

        return Page();
    }
}
