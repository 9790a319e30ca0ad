namespace Concord.Measures.Weights.Formats;

/// <summary>A storage by its key.</summary>
/// <param name="Type">Its class, as <c>torch.FloatStorage</c>.</param>
/// <param name="Key">Its key.</param>
/// <param name="Count">How many elements it says to have.</param>
internal sealed record StorageReference(string Type, string Key, long Count);
