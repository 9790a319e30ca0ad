namespace Concord.Acts;

/// <summary>The one problem for which a document is not an act.</summary>
/// <param name="Path">The JSON path, for example <c>$.training_compute[0].low</c>.</param>
/// <param name="Rule">
/// A stable code, for example <c>unknown-member</c> (<c>specs/acts/README.md</c>).
/// </param>
/// <param name="Detail">What was found, what the rule asks and what to do, in a sentence.</param>
public sealed record ActFault(string Path, string Rule, string Detail)
{
    internal ActFault Under(string segment) => this with { Path = segment + Path };

    internal ActFault Within(string document) => this with { Path = $"{document} {Path}" };

    /// <summary>The problem on one line.</summary>
    public override string ToString() => $"{Path}: {Detail} ({Rule})";
}
