using Concord.Stores;

namespace Concord.Authority.Identify;

/// <summary>The index of weights as it may be searched.</summary>
/// <param name="File">The index.</param>
/// <param name="Through">It knows the log up to this size; where it knows more, no harm.</param>
public sealed record IndexAt(WeightsIndexFile File, long Through);
