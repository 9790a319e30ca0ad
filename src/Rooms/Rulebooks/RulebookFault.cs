namespace Concord.Rooms.Rulebooks;

/// <summary>What is wrong with a rulebook or with a fact, and where.</summary>
/// <param name="Path">The JSON path, <c>$</c> being the whole document.</param>
/// <param name="Rule">The rule that it breaks, as a sentence.</param>
public sealed record RulebookFault(string Path, string Rule)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Rule}";
}
