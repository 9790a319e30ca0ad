using Concord.Measures.Weights;

namespace Concord.Cli.Weights;

/// <summary>A folder of a disk.</summary>
/// <param name="path">Where it is.</param>
/// <param name="opened">Gets what is opened, to be closed later.</param>
/// <param name="budget">What may be read.</param>
internal sealed class DiskFolder(string path, ICollection<IDisposable> opened, ReadingBudget budget)
    : WeightsFolder
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Names =>
        [
            .. Directory
                .EnumerateFiles(path)
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    /// <inheritdoc />
    public override ByteSource? Open(string name)
    {
        var file = Path.Combine(path, name);
        if (!Path.Exists(file))
        {
            return null;
        }

        var source = FileBytes.Beside(file, budget);
        opened.Add(source);
        return source;
    }
}
