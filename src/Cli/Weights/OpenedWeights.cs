using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>A model that was opened, or why it was not: its files are closed with it.</summary>
internal sealed class OpenedWeights : IDisposable
{
    private readonly List<IDisposable> _files = [];

    /// <summary>What it is called: a path, an entry of an archive, an address.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds; nothing where it is not read.</summary>
    public WeightsContents? Contents { get; set; }

    /// <summary>Why it is not read.</summary>
    public WeightsFault? Fault { get; set; }

    /// <summary>What is open for it.</summary>
    public ICollection<IDisposable> Files => _files;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }

        _files.Clear();
    }
}
