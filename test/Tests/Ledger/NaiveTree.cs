using System.Security.Cryptography;

namespace Concord.Tests.Ledger;

/// <summary>RFC 6962 §2.1 as it is written: recursion over a list, nothing kept.</summary>
internal static class NaiveTree
{
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    public static byte[] Node(byte[] left, byte[] right) =>
        SHA256.HashData([0x01, .. left, .. right]);

    public static byte[] Root(ReadOnlySpan<byte[]> leaves) =>
        leaves.Length switch
        {
            0 => SHA256.HashData([]),
            1 => leaves[0],
            var n => SHA256.HashData([
                0x01,
                .. Root(leaves[..Split(n)]),
                .. Root(leaves[Split(n)..]),
            ]),
        };

    public static List<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var split = Split(leaves.Length);
        return index < split
            ? [.. Path(index, leaves[..split]), Root(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Root(leaves[..split])];
    }

    public static List<byte[]> Consistency(int from, ReadOnlySpan<byte[]> leaves) =>
        from == 0 ? [] : SubProof(from, leaves, true);

    private static List<byte[]> SubProof(int from, ReadOnlySpan<byte[]> leaves, bool whole)
    {
        if (from == leaves.Length)
        {
            return whole ? [] : [Root(leaves)];
        }

        var split = Split(leaves.Length);
        return from <= split
            ? [.. SubProof(from, leaves[..split], whole), Root(leaves[split..])]
            : [.. SubProof(from - split, leaves[split..], false), Root(leaves[..split])];
    }

    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count)
        {
            split *= 2;
        }

        return split;
    }
}
