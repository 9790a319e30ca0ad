using System.Globalization;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Stores;
using Microsoft.Data.Sqlite;

namespace Concord.Authority.Admission;

/// <summary>
/// Seals each day's readings and refusals under a root in the log, once a tick has passed its end;
/// days that were missed are made up for. A root that cannot be filed stops nothing else.
/// </summary>
public sealed class DailyRoots
{
    private const int AtOnceMax = 64;
    private const string NoKey =
        "The registrar's key is not at the server. Put it into the key folder and restart.";

    private readonly KeyRing _keys;
    private readonly AnswerStore _answers;
    private readonly ILogger _logger;
    private volatile string? _failed;
    private volatile string? _gone;
    private volatile bool _lacksKey;

    internal DailyRoots(KeyRing keys, NetworkView network, AnswerStore answers, ILogger logger)
    {
        (_keys, _answers, _logger) = (keys, answers, logger);
        _lacksKey = keys.Find(KeyPurpose.Registrar, network) is null;
    }

    /// <summary>
    /// Why roots are missing, or do not cover all that was kept; null: nothing is wrong.
    /// </summary>
    public string? Why => _lacksKey ? NoKey : _failed ?? _gone;

    /// <summary>The first day that is over and lacks a root; null: none does.</summary>
    public static DateOnly? DueIn(World world)
    {
        var (readings, refusals) = (world.Network.ReadRoots.Next, world.Network.RefusalRoots.Next);
        var next = readings < refusals ? readings : refusals;
        return next < world.At.Day ? next : null;
    }

    internal DayLeaves LeavesOf(RecordKind kind, DateOnly day) => _answers.LeavesOf(kind, day);

    /// <summary>Adds the roots of the days that are over.</summary>
    internal void AddWhenDue(Draft draft)
    {
        var registrar = _keys.Find(KeyPurpose.Registrar, draft.World.Network);
        _lacksKey = registrar is null;
        if (registrar is null || !draft.World.Network.HasTicked)
        {
            return;
        }

        for (var i = 0; i < AtOnceMax && DueIn(draft.World) is { } day; i++)
        {
            var network = draft.World.Network;
            var kind = network.ReadRoots.Next == day ? RecordKind.Readings : RecordKind.Refusals;
            if (!TryAdd(draft, kind, day, registrar))
            {
                return;
            }
        }
    }

    private bool TryAdd(Draft draft, RecordKind kind, DateOnly day, StatementSigner key)
    {
        try
        {
            var leaves = _answers.Close(kind, day);
            var root = leaves.Tree().Root(leaves.Hashes.Count);
            DailyRoot act =
                kind == RecordKind.Readings
                    ? new ReadRoot
                    {
                        Day = day,
                        Count = leaves.Hashes.Count,
                        Root = root,
                    }
                    : new RefusalRoot
                    {
                        Day = day,
                        Count = leaves.Hashes.Count,
                        Root = root,
                    };
            if (draft.Add(Gate.Sign(draft.World, act, key)) is { } refusal)
            {
                Fail(null, kind, day, $"{refusal.Code}: {refusal.Detail}");
                return false;
            }

            Count(leaves, kind, day);
            _failed = null;
            return true;
        }
        catch (SqliteException e)
        {
            Fail(e, kind, day, "the store of answers failed");
            return false;
        }
    }

    private void Count(DayLeaves leaves, RecordKind kind, DateOnly day)
    {
        if (leaves.Missing > 0)
        {
            _logger.ItemsGone(leaves.Missing, Word(kind), Text(day));
            _gone =
                $"{leaves.Missing} of the {Word(kind)} of {Text(day)} are gone from the store. "
                + "Find out who changed it; docs/WAYS-BACK.md says how it is restored.";
        }
    }

    // Tried again with every commit, said once.
    private void Fail(Exception? exception, RecordKind kind, DateOnly day, string why)
    {
        var said = $"The root of {Word(kind)} for {Text(day)} was not filed: {why}.";
        if (!string.Equals(said, _failed, StringComparison.Ordinal))
        {
            _logger.RootNotFiled(exception, Word(kind), Text(day), why);
        }

        _failed = said;
    }

    private static string Word(RecordKind kind) =>
        kind == RecordKind.Readings ? "readings" : "refusals";

    private static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
