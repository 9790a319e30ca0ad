using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Concord.Ledger;

/// <summary>
/// The timestamped Ed25519 cosignature of a witness (C2SP tlog-cosignature, type 0x04).
/// </summary>
public static class Cosignature
{
    /// <summary>The bytes after the key id: the time in 8, the signature in 64.</summary>
    public const int Size = 72;

    /// <summary>What a witness signs.</summary>
    /// <param name="time">POSIX seconds.</param>
    /// <param name="text">The checkpoint's text, without signature lines.</param>
    public static byte[] Message(long time, string text) =>
        Encoding.UTF8.GetBytes(
            $"cosignature/v1\ntime {time.ToString(CultureInfo.InvariantCulture)}\n{text}"
        );

    /// <summary>
    /// The time in a cosignature, in POSIX seconds; false where it cannot be one.
    /// </summary>
    public static bool TryReadTime(ReadOnlySpan<byte> signature, out long time)
    {
        time = 0;
        if (signature.Length != Size)
        {
            return false;
        }

        time = BinaryPrimitives.ReadInt64BigEndian(signature);
        return time > 0;
    }
}
