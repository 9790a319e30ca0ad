using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>What a server has beside a file: known by name alone.</summary>
/// <param name="file">The file's address.</param>
/// <param name="http">The client.</param>
/// <param name="budget">What may be read.</param>
internal sealed class WebFolder(Uri file, HttpClient http, ReadingBudget budget) : WeightsFolder
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Names => [];

    /// <inheritdoc />
    public override ByteSource? Open(string name)
    {
        // The same query: where an address is signed, it is signed for the folder or for nothing.
        var address = new UriBuilder(file);
        address.Path =
            address.Path[..(address.Path.LastIndexOf('/') + 1)] + Uri.EscapeDataString(name);
        return HttpBytes.Open(address.Uri, http, budget);
    }
}
