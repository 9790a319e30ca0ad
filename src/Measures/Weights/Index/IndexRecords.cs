namespace Concord.Measures.Weights.Index;

/// <summary>Records of one size, one after the other, wherever they lie.</summary>
public abstract class IndexRecords
{
    /// <summary>How many bytes a record has.</summary>
    public abstract int Size { get; }

    /// <summary>How many records there are; it only grows.</summary>
    public abstract long Count { get; }

    /// <summary>Copies records, whole ones, from one on.</summary>
    /// <param name="first">The first, counted from zero.</param>
    /// <param name="into">Room for as many as are wanted.</param>
    public abstract void Read(long first, Span<byte> into);
}
