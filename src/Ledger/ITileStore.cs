namespace Concord.Ledger;

/// <summary>
/// The public face of a log as files or objects: tiles, entry bundles and the checkpoint, by their
/// path below the log's prefix. A write is seen whole or not at all, and by every read that begins
/// after it returned. Nothing here is needed to keep a promise: all of it can be written again from
/// the log store, so a write need not survive the loss of power.
/// </summary>
public interface ITileStore
{
    /// <summary>The path of the newest checkpoint.</summary>
    const string CheckpointPath = "checkpoint";

    /// <summary>Writes a resource, in the place of what stood there.</summary>
    void Write(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Reads a resource; null where there is none.</summary>
    byte[]? Read(string path);

    /// <summary>
    /// The paths of all resources below a folder, whose name ends in a slash; of all there are for
    /// the empty text. In no order.
    /// </summary>
    IEnumerable<string> List(string folder);

    /// <summary>
    /// Deletes a resource, or all below a folder where the path ends in a slash, if they are there.
    /// </summary>
    void Delete(string path);
}
