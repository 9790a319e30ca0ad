namespace Concord.Authority.Web.Reference;

/// <summary>An answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Bodies">In which forms it comes.</param>
public sealed record ApiAnswer(string Status, IReadOnlyList<ApiBody> Bodies);
