using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>A folder of an archive.</summary>
/// <param name="files">Its files by their names, each opened when it is asked for.</param>
internal sealed class ArchiveFolder(IReadOnlyDictionary<string, Func<ByteSource>> files)
    : WeightsFolder
{
    private readonly Dictionary<string, ByteSource> _opened = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override IReadOnlyList<string> Names => [.. files.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc />
    public override ByteSource? Open(string name)
    {
        if (!_opened.TryGetValue(name, out var source) && files.TryGetValue(name, out var open))
        {
            _opened[name] = source = open();
        }

        return source;
    }
}
