namespace Concord.Authority.Web.Filing;

/// <summary>Answers of a form, to be gone on with.</summary>
/// <param name="Journey">The name of the form.</param>
/// <param name="Answers">What was answered, by field.</param>
public sealed record SavedForm(string Journey, IReadOnlyDictionary<string, string[]> Answers);
