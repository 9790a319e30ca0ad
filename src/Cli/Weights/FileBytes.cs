using Concord.Measures.Weights;
using Microsoft.Win32.SafeHandles;

namespace Concord.Cli.Weights;

/// <summary>
/// A file as a source: opened once, with the length that it had then, read at any place by several
/// threads.
/// </summary>
internal sealed class FileBytes : ByteSource, IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly ReadingBudget _budget;

    private FileBytes(string name, SafeFileHandle handle, ReadingBudget budget)
    {
        Name = name;
        _handle = handle;
        _budget = budget;
        Length = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc />
    public override string Name { get; }

    /// <inheritdoc />
    public override long Length { get; }

    /// <summary>Opens a file that a person named: links to it are theirs.</summary>
    public static FileBytes Named(string path, ReadingBudget budget) =>
        new(path, FileOpening.Open(path, isBeside: false), budget);

    /// <summary>
    /// Opens a file that a folder or another file names: no link, and no second name of a file that
    /// stands elsewhere.
    /// </summary>
    public static FileBytes Beside(string path, ReadingBudget budget) =>
        new(path, FileOpening.Open(path, isBeside: true), budget);

    /// <summary>Takes over a file that is open.</summary>
    public static FileBytes Of(string name, SafeFileHandle handle, ReadingBudget budget) =>
        new(name, handle, budget);

    /// <inheritdoc />
    public override int Read(long offset, Span<byte> into)
    {
        // What was added since it was opened is not read, and what was cut off ends the reading.
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        var read = count == 0 ? 0 : RandomAccess.Read(_handle, into[..count], offset);
        _budget.Read(Name, read);
        return read;
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();
}
