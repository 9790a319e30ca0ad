namespace Concord.Authority.Foundation;

/// <summary>How far the furnishing of a sandbox, or another long work, is.</summary>
/// <param name="What">What is being done.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Of">How much of it there is.</param>
public readonly record struct FurnishingStep(string What, long Done, long Of);
