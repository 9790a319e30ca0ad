namespace Concord.Measures.Weights.Formats;

/// <summary>A name of something in Python: a text and nothing more.</summary>
/// <param name="Name">Module and name.</param>
internal sealed record PickleName(string Name);
