namespace Concord.Cli;

/// <summary>One thing that was checked.</summary>
/// <param name="What">What.</param>
/// <param name="IsSo">Whether it holds; null: not checked.</param>
/// <param name="Says">What was found.</param>
internal sealed record Finding(string What, bool? IsSo, string Says);
