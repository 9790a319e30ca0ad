namespace Concord.Measures.Weights.Formats;

/// <summary>
/// What a header may ask for at most, so that whatever is handed in is read or refused within
/// 64 MiB of memory. Far above every model known; beyond them a file is refused, never cut.
/// </summary>
internal static class ReaderLimits
{
    /// <summary>Tensors of one file: reading one takes some 600 bytes.</summary>
    public const int TensorsOfFile = 1 << 16;

    /// <summary>Tensors of all files of a set.</summary>
    public const int TensorsOfSet = 200_000;

    /// <summary>Files of a set.</summary>
    public const int FilesOfSet = 2000;

    /// <summary>Sizes of a shape.</summary>
    public const int Dimensions = 8;

    /// <summary>Bytes of a tensor's name.</summary>
    public const int NameBytes = 512;

    /// <summary>Bytes of safetensors' header and of an index: the limit of the reference.</summary>
    public const long JsonBytes = 100_000_000;

    /// <summary>Bytes of one text in JSON.</summary>
    public const int JsonTextBytes = 8 << 20;

    /// <summary>Depth of JSON.</summary>
    public const int JsonDepth = 8;

    /// <summary>Letters of a claim that is kept; longer ones are left out.</summary>
    public const int ClaimLetters = 4096;

    /// <summary>Letters of all claims and all names that are kept.</summary>
    public const int KeptLetters = 12 << 20;

    /// <summary>
    /// Bytes that are converted in memory, where a format stores elements as varints.
    /// </summary>
    public const int ConvertedBytes = 8 << 20;
}
