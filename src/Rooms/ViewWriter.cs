using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms;

/// <summary>
/// Writes a view into a SHA-256, every value with a tag and, where its length varies, its length,
/// so
/// that two different views never write the same bytes.
/// </summary>
public sealed class ViewWriter : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>A word of the format: a member or the kind of what follows.</summary>
    public ViewWriter Word(string word) => Framed(1, word);

    /// <summary>A text; null is not the empty text.</summary>
    public ViewWriter Text(string? text) => text is null ? Tag(0) : Framed(2, text);

    /// <summary>A whole number; null is not zero.</summary>
    public ViewWriter Number(long? number)
    {
        if (number is not { } value)
        {
            return Tag(0);
        }

        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>A truth.</summary>
    public ViewWriter Truth(bool value) => Tag(value ? (byte)5 : (byte)4);

    /// <summary>A moment; null is not the epoch.</summary>
    public ViewWriter Moment(Instant? moment) => Number(moment?.UnixMilliseconds);

    /// <summary>A SHA-256 value.</summary>
    public ViewWriter Value(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[1 + Digest.Size];
        bytes[0] = 6;
        digest.CopyTo(bytes[1..]);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>A subject.</summary>
    public ViewWriter Subject(SubjectId subject) => Text(subject.ToString());

    /// <summary>A history, newest first, with the digest of each act.</summary>
    public ViewWriter History(History? history)
    {
        foreach (var item in history ?? Enumerable.Empty<History>())
        {
            Number(item.Index).Value(item.Act);
        }

        return Tag(7);
    }

    /// <summary>The digest of all that was written; the writer starts anew.</summary>
    public Digest Finish()
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        _hash.GetHashAndReset(hash);
        return new(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private ViewWriter Tag(byte tag)
    {
        _hash.AppendData([tag]);
        return this;
    }

    private ViewWriter Framed(byte tag, string text)
    {
        Span<byte> head = stackalloc byte[5];
        var bytes = Encoding.UTF8.GetBytes(text);
        head[0] = tag;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        _hash.AppendData(head);
        _hash.AppendData(bytes);
        return this;
    }
}
