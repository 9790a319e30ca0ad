using Concord.Acts;

namespace Concord.Authority.Web.Filing;

/// <summary>The act that answers make, and what it is in words.</summary>
/// <param name="Act">The act.</param>
/// <param name="Says">What who files does: a verb with its object, in the third person.</param>
/// <param name="Deed">The same as an order, for a button.</param>
public sealed record Draft(Act Act, string Says, string Deed)
{
    /// <summary>What is sealed beside it; null: nothing is.</summary>
    public SealedPart? Part { get; init; }

    /// <summary>
    /// False where the law would tell whoever asks what is for the speaker alone.
    /// </summary>
    public bool AsksLaw { get; init; } = true;
}
