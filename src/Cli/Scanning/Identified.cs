using System.Text.Json;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>What an authority said about one model, and whether it holds.</summary>
/// <param name="Verdict">The verdict on the whole model.</param>
/// <param name="Best">What it rests on; null: nothing is known.</param>
/// <param name="Matches">All that was recognised.</param>
/// <param name="Checks">What was checked of the signed answers.</param>
/// <param name="Answer">The first answer as it came.</param>
internal sealed record Identified(
    ScanVerdict Verdict,
    IdentifiedMatch? Best,
    IReadOnlyList<IdentifiedMatch> Matches,
    IReadOnlyList<Finding> Checks,
    JsonElement Answer
)
{
    /// <summary>
    /// The relation to the best match that the weights suggest; null: nothing tells one.
    /// </summary>
    public RelationSuggestion? Suggestion { get; init; }

    /// <summary>How much of the register it was held against; null: no fingerprint was sent, or
    /// the server does not say.</summary>
    public SweptRegister? Swept { get; init; }

    /// <summary>The answers of the sweep that came after the first.</summary>
    public IReadOnlyList<JsonElement> Further { get; init; } = [];
}
