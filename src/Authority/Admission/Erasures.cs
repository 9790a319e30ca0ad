using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;
using Microsoft.Data.Sqlite;

namespace Concord.Authority.Admission;

/// <summary>
/// Deletes what the log says is erased. The act is durable before, so that a deletion which a crash
/// or a reader prevents is made up for: at the next quiet second, and at every start.
/// </summary>
internal sealed class Erasures(SqliteLogStore store, ILogger logger)
{
    private readonly HashSet<Digest> _pending = [];

    /// <summary>Begins with all that the log says is erased: a crash may have left some.</summary>
    public static Erasures Begin(SqliteLogStore store, NamedDocuments documents, ILogger logger)
    {
        var erasures = new Erasures(store, logger);
        erasures.Carry(documents.Erased.Keys);
        return erasures;
    }

    /// <summary>Deletes these, and what is left from before.</summary>
    public void Carry(IEnumerable<Digest> erased)
    {
        _pending.UnionWith(erased);
        if (_pending.Count == 0)
        {
            return;
        }

        try
        {
            if (store.Erase(_pending))
            {
                logger.Erased(_pending.Count);
                _pending.Clear();
            }
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            logger.NotErased(e, _pending.Count);
        }
    }
}
