using Concord.Measures.Weights.Index;

namespace Concord.Stores;

/// <summary>
/// A sweep of the index of weights in a file, replaced whole, so that it goes on after a restart.
/// </summary>
public static class WeightsSweepFile
{
    /// <summary>Reads the sweep; null where there is none that can be gone on with.</summary>
    public static WeightsSweep? Read(string path) =>
        File.Exists(path) && WeightsSweep.TryRead(File.ReadAllBytes(path), out var sweep)
            ? sweep
            : null;

    /// <summary>
    /// Keeps a sweep in the place of the one before; it is on the disk afterwards.
    /// </summary>
    public static void Write(string path, WeightsSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished))
        {
            file.Write(sweep.Write());
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
