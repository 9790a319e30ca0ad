namespace Concord.Tests.Fuzz;

/// <summary>
/// Bends good inputs by a seed: the same seed, the same inputs. Bits, bytes, runs, lengths, and
/// pieces of another good input.
/// </summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[] s_telling =
    [
        0x00,
        0x01,
        0x17,
        0x18,
        0x1F,
        0x3F,
        0x40,
        0x5F,
        0x7F,
        0x80,
        0x9F,
        0xA0,
        0xBF,
        0xD2,
        0xF6,
        0xFF,
        (byte)'"',
        (byte)'\\',
        (byte)'{',
        (byte)'}',
        (byte)'[',
        (byte)',',
        (byte)'-',
        (byte)'e',
    ];

    private readonly Random _random = new(seed);

    public byte[] Next(IReadOnlyList<byte[]> good)
    {
        var bytes = Pick(good).ToList();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            Bend(bytes, good);
        }

        return [.. bytes];
    }

    private void Bend(List<byte> bytes, IReadOnlyList<byte[]> good)
    {
        var at = bytes.Count == 0 ? 0 : _random.Next(bytes.Count);
        var length = Math.Min(_random.Next(1, 17), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = s_telling[_random.Next(s_telling.Length)];
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.Insert(at, s_telling[_random.Next(s_telling.Length)]);
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var other = Pick(good);
                var from = _random.Next(other.Length);
                bytes.InsertRange(
                    at,
                    other.AsSpan(from, Math.Min(_random.Next(1, 33), other.Length - from)).ToArray()
                );
                break;
        }
    }

    private byte[] Pick(IReadOnlyList<byte[]> good) => good[_random.Next(good.Count)];
}
