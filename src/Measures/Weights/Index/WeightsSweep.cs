using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Concord.Measures.Weights.Index;

/// <summary>
/// How far a search for a rotated copy came: it lasts minutes, is done in the background, and goes
/// on after a restart from the bytes of this, also with what was filed since it reached the end.
/// </summary>
public sealed record WeightsSweep
{
    /// <summary>At most so many findings are kept, the strongest.</summary>
    public const int MostFindings = 1000;

    private const byte Version = 1;
    private const int HeadBytes = 48;
    private const int FindingBytes = 16;

    /// <summary>What is looked for.</summary>
    public required Fingerprint Query { get; init; }

    /// <summary>
    /// The entry of the log up to which all were screened; −1: none was. It means the same in an
    /// index that was made anew.
    /// </summary>
    public long Through { get; init; } = -1;

    /// <summary>How many entries were screened.</summary>
    public long Screened { get; init; }

    /// <summary>How many entries were compared whole.</summary>
    public long Compared { get; init; }

    /// <summary>How many should have been, but their fingerprint was not at hand.</summary>
    public long Lacking { get; init; }

    /// <summary>
    /// Entries that were <em>not trained independently</em>, the strongest evidence first, then by
    /// age.
    /// </summary>
    public IReadOnlyList<SweepFinding> Findings { get; init; } = [];

    private static ReadOnlySpan<byte> Magic => "CNSW"u8;

    /// <summary>A sweep that has screened nothing yet.</summary>
    public static WeightsSweep For(Fingerprint query) => new() { Query = query };

    /// <summary>The sweep after some slots more.</summary>
    internal WeightsSweep With(ScreenedEntries screened, RankedEntries ranked, long entries) =>
        this with
        {
            Through = screened.Through,
            Screened = Screened + screened.Slots,
            Compared = Compared + ranked.Entries.Count,
            Lacking = Lacking + ranked.Lacking.Count,
            Findings = ranked.Entries.Any(one => one.Evidence.Decides(entries))
                ?
                [
                    .. Findings
                        .Concat(
                            ranked
                                .Entries.Where(one => one.Evidence.Decides(entries))
                                .Select(one => new SweepFinding(one.Entry, one.Evidence.Log10P))
                        )
                        .OrderBy(one => one.Log10P)
                        .ThenBy(one => one.Entry)
                        .Take(MostFindings),
                ]
                : Findings,
        };

    /// <summary>The bytes, little-endian: a head, the fingerprint, the findings.</summary>
    public byte[] Write()
    {
        var query = Query.Write();
        var bytes = new byte[HeadBytes + query.Length + (FindingBytes * Findings.Count)];
        Magic.CopyTo(bytes);
        bytes[4] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Through);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Screened);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Compared);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Lacking);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), query.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(44), Findings.Count);
        query.CopyTo(bytes, HeadBytes);
        var at = HeadBytes + query.Length;
        foreach (var finding in Findings)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), finding.Entry);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at + 8), finding.Log10P);
            at += FindingBytes;
        }

        return bytes;
    }

    /// <summary>
    /// The sweep in some bytes; false where they hold none, and it is begun anew.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out WeightsSweep? sweep
    )
    {
        sweep = null;
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Magic) || bytes[4] != Version)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]);
        if (
            length is < 0 or > Fingerprint.LargeBytes
            || count is < 0 or > MostFindings
            || bytes.Length != HeadBytes + length + (FindingBytes * count)
            || !Fingerprint.TryRead(bytes.Slice(HeadBytes, length), out var query, out _)
        )
        {
            return false;
        }

        var findings = new SweepFinding[count];
        var rest = bytes[(HeadBytes + length)..];
        for (var at = 0; at < count; at++)
        {
            findings[at] = new(
                BinaryPrimitives.ReadInt64LittleEndian(rest[(FindingBytes * at)..]),
                BinaryPrimitives.ReadDoubleLittleEndian(rest[((FindingBytes * at) + 8)..])
            );
        }

        sweep = new()
        {
            Query = query,
            Through = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            Screened = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            Compared = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            Lacking = BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            Findings = findings,
        };
        return true;
    }
}
