namespace Concord.Measures.Weights;

/// <summary>
/// Bytes that can be read at any place: a file, a stretch of an archive, a remote file by ranges.
/// Whoever opens it sees to the disk or the network; what is here only reads.
/// </summary>
public abstract class ByteSource
{
    /// <summary>What it is called, for messages to people: a file name, an address.</summary>
    public abstract string Name { get; }

    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// Reads bytes from a place on: at least one, and as many as fit where they are at hand; zero
    /// only at or after the end. May be asked by two threads at once.
    /// </summary>
    /// <param name="offset">The place of the first byte.</param>
    /// <param name="into">Where they go.</param>
    public abstract int Read(long offset, Span<byte> into);

    /// <summary>Fills the whole span.</summary>
    /// <exception cref="WeightsFault">The source ends before.</exception>
    public void Fill(long offset, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var count = Read(offset, into);
            if (count <= 0)
            {
                throw new WeightsFault(Name, $"byte {offset}", "the file ends here, too early");
            }

            offset += count;
            into = into[count..];
        }
    }
}
