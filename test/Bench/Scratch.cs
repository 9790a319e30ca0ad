using System.Globalization;

namespace Concord.Bench;

/// <summary>A folder on the disk of the temporary files, deleted when the bench ends.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _path = Path.Combine(
        Path.GetTempPath(),
        $"concord-bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"
    );

    /// <summary>A new folder in it.</summary>
    public string Folder(string name) =>
        Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }
    }
}
