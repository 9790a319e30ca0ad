using Concord.Acts;
using Concord.Ledger;

namespace Concord.Tests;

/// <summary>The files that the acts of a test carry.</summary>
internal sealed partial class Given
{
    private readonly Dictionary<Digest, ReadOnlyMemory<byte>> _files = [];

    /// <summary>A file that acts can carry.</summary>
    public Attachment File(string text, Visibility visibility = Visibility.Public) =>
        File(System.Text.Encoding.UTF8.GetBytes("sixteen bytes.. " + text), visibility);

    /// <summary>Bytes that acts can carry: 16 of salt and the file.</summary>
    public Attachment File(byte[] bytes, Visibility visibility = Visibility.Public)
    {
        var digest = Digest.Of(bytes);
        _files[digest] = bytes;
        return new()
        {
            Digest = digest,
            MediaType = "text/plain",
            Visibility = visibility,
            Name = "letter.txt",
        };
    }

    private List<ReadOnlyMemory<byte>> FilesOf(Act act) =>
        [
            .. act
                .Attachments.Where(one => _files.ContainsKey(one.Digest))
                .Select(one => _files[one.Digest]),
        ];
}
