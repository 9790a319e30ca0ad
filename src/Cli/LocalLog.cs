using Concord.Acts;
using Concord.Authority;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;

namespace Concord.Cli;

/// <summary>
/// The log of a data folder, read beside a running server or a stopped one; never written.
/// </summary>
internal sealed class LocalLog : IDisposable
{
    private readonly SqliteLogStore _store;

    private LocalLog(SqliteLogStore store)
    {
        _store = store;
        Contents = new(store);
    }

    /// <summary>Its entries and documents.</summary>
    public LogContents Contents { get; }

    /// <summary>The store.</summary>
    public ILogStore Store => _store;

    /// <summary>The number of entries that are durable.</summary>
    public long Size => _store.ReadHead()?.Size ?? 0;

    /// <summary>Opens the log of the session's data folder.</summary>
    /// <exception cref="CommandFault">There is none.</exception>
    public static LocalLog Open(Session session)
    {
        _ = session.File;
        try
        {
            return new(SqliteLogStore.Open(session.Folder.Database));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"The log in {session.Folder.Path} cannot be opened: {e.Message}",
                "Look at it: concord fsck --data " + session.Folder.Path
            );
        }
    }

    /// <summary>The world of the first entries.</summary>
    /// <param name="session">The session.</param>
    /// <param name="size">How many entries.</param>
    /// <param name="seen">Told of every act after it was folded.</param>
    /// <exception cref="CommandFault">An entry is not what law admitted.</exception>
    public async Task<World> FoldAsync(Session session, long size, Action<Logged>? seen = null)
    {
        try
        {
            return await session.Terminal.WatchAsync(
                "Folding the log",
                progress =>
                    Replay.FoldAsync(Contents, size, seen, Steps.To(progress), session.Cancel)
            );
        }
        catch (Exception e)
            when (e is InvalidDataException or UnreadableEntryException or MissingDocumentException)
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"The log in {session.Folder.Path} cannot be folded: {e.Message}",
                "Look at it: concord fsck --data " + session.Folder.Path
            );
        }
    }

    /// <summary>The world of all entries.</summary>
    public Task<World> FoldAsync(Session session) => FoldAsync(session, Size);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
