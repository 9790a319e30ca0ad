using System.Globalization;
using Concord.Acts.Network;
using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Checks readings and refusals against their leaves, and the leaves of a day against the root that
/// the log has of it.
/// </summary>
internal static class AnswerDays
{
    private const string ReadingLeaves = """
        SELECT r.document, r.reader, r.why, r.at, l.number, r.entry, r.salt, l.day, l.hash
        FROM leaves l LEFT JOIN readings r ON r.number = l.number
        WHERE l.kind = 0 ORDER BY l.number
        """;
    private const string RefusalLeaves = """
        SELECT r.signed, l.number, l.day, l.hash
        FROM leaves l LEFT JOIN refusals r ON r.number = l.number
        WHERE l.kind = 1 ORDER BY l.number
        """;
    private const string Leafless = """
        SELECT 'readings', number FROM readings
        WHERE number NOT IN (SELECT number FROM leaves WHERE kind = 0)
        UNION ALL
        SELECT 'refusals', number FROM refusals
        WHERE number NOT IN (SELECT number FROM leaves WHERE kind = 1)
        """;

    // A party whose refusals are as many as are kept had older ones.
    private const string Trimmed = """
        SELECT coalesce(max(number), 0) FROM (
          SELECT number, row_number() OVER (PARTITION BY party ORDER BY number DESC) AS place
          FROM refusals)
        WHERE place = $keep
        """;

    /// <summary>What is wrong where nothing is kept at all.</summary>
    public static IEnumerable<LogFinding> FindingsOfNone(IEnumerable<DailyRoot> days) =>
        Compare(days, [], []);

    /// <summary>What is wrong in a file of the <see cref="AnswerStore"/>.</summary>
    public static IReadOnlyList<LogFinding> FindingsIn(
        SqliteConnection connection,
        IReadOnlyCollection<DailyRoot> days
    )
    {
        // A file of before there were leaves has no day that the log has a root of.
        using (var table = connection.Command("SELECT 1 FROM sqlite_master WHERE name = 'leaves'"))
        {
            if (table.ExecuteScalar() is null)
            {
                return [.. FindingsOfNone(days)];
            }
        }

        // One view of the file, also while the authority writes to it.
        using var view = connection.BeginTransaction(deferred: true);
        var findings = new List<LogFinding>();
        var readings = Readings(connection, findings);
        var refusals = Refusals(connection, findings);
        findings.AddRange(WithoutLeaf(connection));
        findings.AddRange(Compare(days, readings, refusals));
        return findings;
    }

    private static IEnumerable<LogFinding> Compare(
        IEnumerable<DailyRoot> days,
        Dictionary<string, MerkleTree> readings,
        Dictionary<string, MerkleTree> refusals
    )
    {
        foreach (var logged in days.OrderBy(one => one.Day))
        {
            var (word, kept) = logged is ReadRoot ? ("readings", readings) : ("refusals", refusals);
            var day = logged.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var tree = kept.GetValueOrDefault(day) ?? new();
            var root = tree.Root(tree.Size);
            if (tree.Size != logged.Count || root != logged.Root)
            {
                yield return new(
                    $"{word} of {day}",
                    $"the log has the root {logged.Root} over {logged.Count} of them, and what is "
                        + $"kept gives {root} over {tree.Size}"
                );
            }
        }
    }

    private static Dictionary<string, MerkleTree> Readings(
        SqliteConnection connection,
        List<LogFinding> findings
    )
    {
        var trees = new Dictionary<string, MerkleTree>(StringComparer.Ordinal);
        var gone = new List<(long Number, string Day, Digest Leaf)>();
        using var command = connection.Command(ReadingLeaves);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var (day, leaf) = (row.GetString(7), new Digest(row.GetFieldValue<byte[]>(8)));
            Append(trees, day, leaf);
            if (row.IsDBNull(0))
            {
                gone.Add((row.GetInt64(4), day, leaf));
            }
            else if (
                FindingOf(
                    "readings",
                    row.GetInt64(4),
                    day,
                    leaf,
                    AnswerSchema.ReadingOf(row).Leaf()
                ) is
                { } finding
            )
            {
                findings.Add(finding);
            }
        }

        findings.AddRange(Gone("readings", gone));
        return trees;
    }

    private static Dictionary<string, MerkleTree> Refusals(
        SqliteConnection connection,
        List<LogFinding> findings
    )
    {
        var trees = new Dictionary<string, MerkleTree>(StringComparer.Ordinal);
        var gone = new List<(long Number, string Day, Digest Leaf)>();
        using var trim = connection.Command(Trimmed, ("$keep", AnswerStore.RefusalsPerParty));
        var trimmed = (long)trim.ExecuteScalar()!;
        using var command = connection.Command(RefusalLeaves);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var (number, day) = (row.GetInt64(1), row.GetString(2));
            var leaf = new Digest(row.GetFieldValue<byte[]>(3));
            Append(trees, day, leaf);
            if (row.IsDBNull(0))
            {
                gone.Add((number, day, leaf));
            }
            else if (
                FindingOf("refusals", number, day, leaf, row.GetFieldValue<byte[]>(0)) is
                { } finding
            )
            {
                findings.Add(finding);
            }
        }

        findings.AddRange(Gone("refusals", gone.Where(one => one.Number >= trimmed)));
        return trees;
    }

    private static void Append(Dictionary<string, MerkleTree> trees, string day, Digest leaf)
    {
        if (!trees.TryGetValue(day, out var tree))
        {
            trees[day] = tree = new();
        }

        tree.Append(leaf);
    }

    private static LogFinding? FindingOf(
        string table,
        long number,
        string day,
        Digest leaf,
        byte[] kept
    ) =>
        MerkleTree.LeafHash(kept) is var found && found != leaf
            ? new(
                string.Create(CultureInfo.InvariantCulture, $"{table} row {number} of {day}"),
                $"its leaf is {leaf}, and what is kept gives {found}"
            )
            : null;

    // One for each day: where there is one there may be many.
    private static IEnumerable<LogFinding> Gone(
        string table,
        IEnumerable<(long Number, string Day, Digest Leaf)> gone
    ) =>
        gone.GroupBy(row => row.Day, StringComparer.Ordinal)
            .Select(day =>
            {
                var (first, more) = (day.First(), day.Count() - 1);
                return new LogFinding(
                    $"{table} of {day.Key}",
                    $"the log has the leaf {first.Leaf} of row {first.Number}, and the row is gone"
                        + (more == 0 ? "" : $"; so are {more} more")
                );
            });

    private static IEnumerable<LogFinding> WithoutLeaf(SqliteConnection connection)
    {
        using var command = connection.Command(Leafless);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.GetString(0)} row {row.GetInt64(1)}"
                ),
                "it has no leaf, so no root will be over it"
            );
        }
    }
}
