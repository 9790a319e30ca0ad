using System.Diagnostics.CodeAnalysis;

namespace Concord.Measures.Weights;

/// <summary>
/// What the weights of a model are recognised by (specs/fingerprint.md): the digest of all of them,
/// a sketch for scanning, and sketches of hidden units for the verdict. Nothing of the weights can
/// be computed back from it.
/// </summary>
public sealed class Fingerprint
{
    /// <summary>The version of the method, which stands in the bytes.</summary>
    public const int Version = 1;

    /// <summary>The small form has at most so many bytes.</summary>
    public const int SmallBytes = 32 * 1024;

    /// <summary>The large form has at most so many bytes.</summary>
    public const int LargeBytes = 256 * 1024;

    /// <summary>The sketch for scanning has so many words of 64 bits.</summary>
    public const int ScanWords = 16;

    /// <summary>The weights digest.</summary>
    public required WeightsDigest Weights { get; init; }

    /// <summary>How many numbers the evidence-bearing tensors have.</summary>
    public required long Parameters { get; init; }

    /// <summary>How many bits such a number takes as stored, on average, in sixteenths.</summary>
    public required int SixteenthBits { get; init; }

    /// <summary>How many of a million of them are zero.</summary>
    public required int ZerosPerMillion { get; init; }

    /// <summary>The sketch for scanning: 1,024 sign bits.</summary>
    public required ReadOnlyMemory<ulong> Scan { get; init; }

    /// <summary>The sketched layers.</summary>
    public required IReadOnlyList<UnitSketch> Layers { get; init; }

    /// <summary>Whether this is the large form.</summary>
    public bool IsLarge => Layers.Any(layer => layer.Words > 1);

    /// <summary>The small form.</summary>
    public Fingerprint Small() =>
        new()
        {
            Weights = Weights,
            Parameters = Parameters,
            SixteenthBits = SixteenthBits,
            ZerosPerMillion = ZerosPerMillion,
            Scan = Scan,
            Layers = [.. Layers.Select(layer => layer.Small())],
        };

    /// <summary>The bytes.</summary>
    public byte[] Write() => FingerprintBytes.Write(this);

    /// <summary>The fingerprint in some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="fingerprint">What they hold.</param>
    /// <param name="fault">What is wrong with them, and where.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Fingerprint? fingerprint,
        [NotNullWhen(false)] out string? fault
    ) => FingerprintBytes.TryRead(bytes, out fingerprint, out fault);
}
