using System.Globalization;
using Concord.Acts.Network;
using Concord.Ledger;
using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>
/// Checks what an authority has answered: the file against its seal, its structure, the kept
/// checkpoints against the log's key, and readings and refusals against the roots that the log has
/// of their days. Nothing of it can be computed again but the roots of receipts, which are signed
/// anew when the file is gone.
/// </summary>
public static class AnswerCheck
{
    /// <summary>
    /// Checks the file; one that is not there is damage only where the log has roots over what was
    /// kept in it.
    /// </summary>
    /// <param name="path">The file of the <see cref="AnswerStore"/>.</param>
    /// <param name="log">The log's keys.</param>
    /// <param name="days">The roots of days that the log has.</param>
    public static IReadOnlyList<LogFinding> Run(
        string path,
        LogKeys log,
        IReadOnlyCollection<DailyRoot> days
    )
    {
        if (!File.Exists(path))
        {
            return [.. AnswerDays.FindingsOfNone(days)];
        }

        var name = Path.GetFileName(path);
        var findings = DatabaseSeal
            .Check(path)
            .Damage.Select(place => new LogFinding(place, "not as it was when it was closed"))
            .ToList();
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            connection.Open();
            CheckStructure(connection, name, findings);
            CheckRoots(connection, log, findings);
            findings.AddRange(AnswerDays.FindingsIn(connection, days));
        }
        catch (Exception failure)
            when (failure is SqliteException or InvalidOperationException or InvalidCastException)
        {
            findings.Add(new(name, failure.Message));
        }

        return findings;
    }

    /// <summary>
    /// The note of the largest root that was answered with; null where none can be read.
    /// </summary>
    /// <param name="path">The file of the <see cref="AnswerStore"/>.</param>
    public static string? NewestNote(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT note FROM roots ORDER BY size DESC LIMIT 1";
            return command.ExecuteScalar() as string;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static void CheckStructure(
        SqliteConnection connection,
        string name,
        List<LogFinding> findings
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(100)";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var line = reader.GetString(0);
            if (!string.Equals(line, "ok", StringComparison.Ordinal))
            {
                findings.Add(new(name + " structure", line.ReplaceLineEndings("; ")));
            }
        }
    }

    private static void CheckRoots(
        SqliteConnection connection,
        LogKeys log,
        List<LogFinding> findings
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT size, note, length(signature) FROM roots ORDER BY size";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var size = reader.GetInt64(0);
            var place = "roots row " + size.ToString(CultureInfo.InvariantCulture);
            if (!Checkpoint.TryOpen(reader.GetString(1), log, out var checkpoint, out var fault))
            {
                findings.Add(new(place, fault));
            }
            else if (checkpoint.Size != size || reader.GetInt64(2) != 64)
            {
                findings.Add(new(place, "its checkpoint or signature is of another kind"));
            }
        }
    }
}
