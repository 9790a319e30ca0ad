namespace Concord.Authority.Web.Reference;

/// <summary>A request.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Its path, with its parameters in braces.</param>
/// <param name="Id">Its name, and its fragment on the page.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Description">What is to be known besides; empty: nothing.</param>
/// <param name="Parameters">What can be said in the address.</param>
/// <param name="Bodies">What is sent; empty: nothing.</param>
/// <param name="Answers">What comes back.</param>
public sealed record ApiOperation(
    string Method,
    string Path,
    string Id,
    string Summary,
    string Description,
    IReadOnlyList<ApiMember> Parameters,
    IReadOnlyList<ApiBody> Bodies,
    IReadOnlyList<ApiAnswer> Answers
);
