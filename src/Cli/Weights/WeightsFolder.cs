using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>
/// Files that stand side by side: a folder of a disk, of an archive or of a server.
/// </summary>
internal abstract class WeightsFolder
{
    /// <summary>The names of its files, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file by its plain name; nothing where it is not there.</summary>
    /// <exception cref="WeightsFault">It is a link, or cannot be read.</exception>
    public abstract ByteSource? Open(string name);
}
