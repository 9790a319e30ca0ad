using Concord.Ledger;

namespace Concord.Cli.Ceremonies;

/// <summary>Digests and thumbprints as people read them to each other.</summary>
internal static class Fingerprint
{
    private const int GroupLength = 4;

    /// <summary>Of a key: its thumbprint (RFC 9679) in sixteen groups of four.</summary>
    public static string Of(KeyId key) => Grouped(key.ToString());

    /// <summary>Of a digest, without the name of its algorithm.</summary>
    public static string Of(Digest digest) => Grouped(digest.ToString()["sha256:".Length..]);

    private static string Grouped(string hexadecimal) =>
        string.Join(' ', hexadecimal.Chunk(GroupLength).Select(group => new string(group)));
}
