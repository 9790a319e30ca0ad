using Concord.Measures.Weights;

namespace Concord.Cli.Scanning;

/// <summary>
/// A model that another is compared with: read here, or known by its fingerprint.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Fingerprint">Its fingerprint, in either form.</param>
/// <param name="Reading">Digests of its tensors; null: only the fingerprint is at hand.</param>
internal sealed record Reference(string Name, Fingerprint Fingerprint, WeightsReading? Reading)
{
    /// <summary>A model that was read here.</summary>
    public static Reference Of(ScannedModel model) =>
        new(model.Name, model.Fingerprint, model.Reading);
}
