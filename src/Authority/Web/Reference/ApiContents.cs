namespace Concord.Authority.Web.Reference;

/// <summary>The API as its reference shows it.</summary>
/// <param name="Says">What it is, in a paragraph.</param>
/// <param name="Groups">What can be asked, by what it is about.</param>
/// <param name="Documents">The documents that go to and fro.</param>
public sealed record ApiContents(
    string Says,
    IReadOnlyList<ApiGroup> Groups,
    IReadOnlyList<ApiDocument> Documents
);
