using System.Security.Cryptography;
using System.Text;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// The one-time code of an invitation (specs/invitations.md): 128 random bits that a person can
/// read aloud. It makes a P-256 key, and proves itself by signatures of that key.
/// </summary>
public static class InvitationCode
{
    /// <summary>The random bytes of a code.</summary>
    public const int Size = 16;

    // Crockford's alphabet: no I, L, O and U.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int GroupLength = 5;

    /// <summary>The code of random bytes, in groups for people.</summary>
    /// <param name="random">16 bytes from the operating system's generator.</param>
    public static string Of(ReadOnlySpan<byte> random)
    {
        if (random.Length != Size)
        {
            throw new ArgumentException($"A code has {Size} bytes.", nameof(random));
        }

        var bits = new UInt128(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(random),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(random[8..])
        );
        var text = new StringBuilder(Length + (Length / GroupLength));
        for (var i = 0; i < Length; i++)
        {
            // The 128 bits stand at the end of 26 letters of five bits each.
            text.Append(i > 0 && i % GroupLength == 0 ? "-" : "");
            text.Append(Letters[(int)(bits >> ((Length - 1 - i) * 5)) & 31]);
        }

        return text.ToString();
    }

    /// <summary>
    /// The private key that a code makes, however its letters are cased and grouped; null: the text
    /// is no code.
    /// </summary>
    public static StatementSigner? SignerOf(string code)
    {
        if (LettersOf(code) is not { } letters)
        {
            return null;
        }

        try
        {
            return StatementSigner.FromScalar(
                SHA256.HashData(Encoding.ASCII.GetBytes($"concord/invitation-code/v1\0{letters}"))
            );
        }
        catch (CryptographicException)
        {
            // One of four thousand million digests is no scalar of the curve; nobody gives it out.
            return null;
        }
    }

    /// <summary>
    /// The letters of a code in their one form, however they are cased and grouped; null: the text
    /// is no code.
    /// </summary>
    public static string? LettersOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var letters = new StringBuilder(Length);
        foreach (var c in code.Where(c => c is not '-' && !char.IsWhiteSpace(c)))
        {
            // What is easily misread counts as what it looks like.
            var letter = char.ToUpperInvariant(c) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (!Letters.Contains(letter, StringComparison.Ordinal))
            {
                return null;
            }

            letters.Append(letter);
        }

        return letters.Length == Length ? letters.ToString() : null;
    }

    /// <summary>What the code's key signs so that a key is added by its invitation.</summary>
    public static Digest DigestFor(KeyId key)
    {
        var context = "concord/invitation/v1\0"u8;
        Span<byte> frame = stackalloc byte[context.Length + Digest.Size];
        context.CopyTo(frame);
        key.Thumbprint.CopyTo(frame[context.Length..]);
        return Digest.Of(frame);
    }
}
