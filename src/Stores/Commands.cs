using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <summary>Makes commands; values are parameters, and never part of the text.</summary>
internal static class Commands
{
    /// <summary>A command of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">A constant of the store that asks.</param>
    /// <param name="parameters">The values.</param>
    public static SqliteCommand Command(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of its store.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
