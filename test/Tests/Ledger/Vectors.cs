using System.Buffers.Binary;
using Concord.Ledger;

namespace Concord.Tests.Ledger;

/// <summary>The vectors of <c>specs/log.md</c>.</summary>
internal static class Vectors
{
    public const string Origin = "concord.example/log";
    public const string Witness = "witness.example/w1";

    public const string CosignedNote =
        "concord.example/log\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n"
        + "\u2014 concord.example/log "
        + "R4Haka0m8g3bYIskfiuIMu6V+xyXXIM0Lafgf7vYR/BWHLQUPsYSHhScbXXZFH"
        + "jJPNP7Aun2ObCZsvM7nxm36CwIdAU=\n"
        + "\u2014 witness.example/w1 "
        + "IDJKvgAAAABlU/EAclDYCk+ATrhZVuT+H6sVwRZGQeE/4eyfekDWAa+cRyduzPua"
        + "6BzVYRRg+1AmOZngO83jxGHk/I+CW0TDDgSWAw==\n";

    public static byte[] LogSeed { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static byte[] WitnessSeed { get; } = [.. Enumerable.Range(32, 32).Select(i => (byte)i)];

    public static NoteSigner LogKey() => NoteSigner.FromSeed(Origin, LogSeed);

    public static NoteSigner WitnessKey() => NoteSigner.WitnessFromSeed(Witness, WitnessSeed);

    public static byte[] TwoBytes(int index)
    {
        var entry = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)index);
        return entry;
    }

    public static MerkleTree TreeOf(int size)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
        {
            tree.Append(MerkleTree.LeafHash(TwoBytes(i)));
        }

        return tree;
    }
}
