using System.Data.Common;
using Concord.Acts;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>
/// What entries name in the content store, read beside a check as far as it can be: in the
/// database, and in whatever else is at hand.
/// </summary>
public sealed class NamedContents : IDisposable
{
    private readonly SqliteLogStore? _store;
    private readonly IReadOnlyList<FileContents> _elsewhere;
    private readonly Dictionary<Digest, string> _files;

    /// <summary>Opens what can be opened.</summary>
    /// <param name="database">The database.</param>
    /// <param name="elsewhere">Documents by their digest.</param>
    /// <param name="files">
    /// Files under whatever name, such as those that parties kept of what they filed.
    /// </param>
    public NamedContents(
        string database,
        IReadOnlyList<FileContents>? elsewhere = null,
        IEnumerable<string>? files = null
    )
    {
        _store = TryOpen(database);
        _elsewhere = elsewhere ?? [];
        _files = [];
        foreach (var file in files ?? [])
        {
            _files[Digest.Of(File.ReadAllBytes(file))] = file;
        }
    }

    /// <summary>The digests that an entry names.</summary>
    public IEnumerable<Digest> NamedBy(ReadOnlyMemory<byte> entry) => EntryContents.Of(entry, Find);

    /// <summary>A document that is not in the database.</summary>
    public ReadOnlyMemory<byte>? Elsewhere(Digest digest) =>
        _files.TryGetValue(digest, out var file)
            ? File.ReadAllBytes(file)
            : _elsewhere.Select(one => one.Read(digest)).FirstOrDefault(one => one is not null);

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();

    private ReadOnlyMemory<byte>? Find(Digest digest)
    {
        try
        {
            return _store?.ReadContent(digest) ?? Elsewhere(digest);
        }
        catch (DbException)
        {
            return Elsewhere(digest);
        }
    }

    private static SqliteLogStore? TryOpen(string database)
    {
        try
        {
            return SqliteLogStore.Open(database);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or DbException)
        {
            return null;
        }
    }
}
