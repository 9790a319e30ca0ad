using Concord.Authority.Pages;

namespace Concord.Authority.Web.Filing;

/// <summary>What a page says about the act that it has a passkey sign.</summary>
/// <param name="Page">The page, with the act.</param>
/// <param name="Kicker">What is being done: the name of the form.</param>
/// <param name="Sentence">Who does what, as a sentence.</param>
/// <param name="Deed">What the button does: a verb with its object.</param>
public sealed record SigningWords(SigningPage Page, string Kicker, string Sentence, string Deed);
