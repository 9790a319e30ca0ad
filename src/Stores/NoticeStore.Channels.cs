using Microsoft.Data.Sqlite;

namespace Concord.Stores;

/// <content>Where parties are told.</content>
public sealed partial class NoticeStore
{
    private const string ChannelColumns =
        "channels.id, party, kind, target, secret, token, code IS NULL, added, told, failing, "
        + "problem, language";

    /// <summary>The channels of a party, in the order in which they were added.</summary>
    public IReadOnlyList<KeptChannel> Channels(string party) =>
        ChannelRows("WHERE party = $party ORDER BY added, id", ("$party", party));

    /// <summary>The channel of an id; null: there is none.</summary>
    public KeptChannel? Channel(string id) =>
        ChannelRows("WHERE id = $id", ("$id", id)) is [var one, ..] ? one : null;

    /// <summary>The channel that a token ends; null: there is none.</summary>
    public KeptChannel? ChannelOfToken(string token) =>
        ChannelRows("WHERE token = $token", ("$token", token)) is [var one, ..] ? one : null;

    /// <summary>The languages in which channels are told.</summary>
    public IReadOnlyList<string> Languages() =>
        Rows("SELECT DISTINCT language FROM channels ORDER BY 1", row => row.GetString(0));

    /// <summary>How many wait for their confirmation at an address, of whatever party.</summary>
    public long WaitingAt(string target)
    {
        lock (_one)
        {
            using var command = _connection.Command(
                "SELECT COUNT(*) FROM channels WHERE target = $target AND code IS NOT NULL",
                ("$target", target)
            );
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Adds a channel that waits for its code, and the message with the code.</summary>
    public void Add(KeptChannel channel, ReadOnlyMemory<byte> code, string message, string body)
    {
        ArgumentNullException.ThrowIfNull(channel);
        Together(() =>
        {
            Do(
                """
                INSERT INTO channels
                  (id, party, kind, target, secret, token, code, tries, added, told, language)
                VALUES ($id, $party, $kind, $target, $secret, $token, $code, 0, $added, 0,
                  $language)
                """,
                ("$id", channel.Id),
                ("$party", channel.Party),
                ("$kind", channel.Kind),
                ("$target", channel.Target),
                ("$secret", channel.Secret),
                ("$token", channel.Token),
                ("$code", code.ToArray()),
                ("$added", channel.Added),
                ("$language", channel.Language)
            );
            Write(channel.Id, message, channel.Added, body);
        });
    }

    /// <summary>
    /// Confirms a channel by its code: it is told what comes from now on. Too many wrong codes end
    /// it.
    /// </summary>
    /// <returns>Whether the code was right.</returns>
    public bool Confirm(string id, ReadOnlyMemory<byte> code, int triesMost)
    {
        var isRight = false;
        Together(() =>
        {
            isRight =
                Do(
                    """
                    UPDATE channels SET code = NULL,
                      told = (SELECT COALESCE(MAX(number), 0) FROM notices)
                    WHERE id = $id AND code = $code
                    """,
                    ("$id", id),
                    ("$code", code.ToArray())
                ) == 1;
            if (!isRight)
            {
                Do(
                    "UPDATE channels SET tries = tries + 1 WHERE id = $id AND code IS NOT NULL",
                    ("$id", id)
                );
                Drop(
                    "id = $id AND code IS NOT NULL AND tries >= $most",
                    ("$id", id),
                    ("$most", triesMost)
                );
            }
        });
        return isRight;
    }

    /// <summary>Ends a channel; its address and what has not arrived are gone.</summary>
    public void Remove(string id) => Together(() => Drop("id = $id", ("$id", id)));

    /// <summary>Ends the channels that nobody confirmed, and those where nothing arrives.</summary>
    /// <param name="added">Those that were added before this and were not confirmed.</param>
    /// <param name="failing">Those that fail since before this.</param>
    public void Forget(string added, string failing) =>
        Together(() =>
            Drop(
                "(code IS NOT NULL AND added < $added) OR failing < $failing",
                ("$added", added),
                ("$failing", failing)
            )
        );

    private void Drop(string where, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        Do(
            $"DELETE FROM messages WHERE channel IN (SELECT id FROM channels WHERE {where})",
            parameters
        );
        Do($"DELETE FROM channels WHERE {where}", parameters);
    }

    private IReadOnlyList<KeptChannel> ChannelRows(
        string where,
        params ReadOnlySpan<(string Name, object Value)> parameters
    ) => Rows($"SELECT {ChannelColumns} FROM channels {where}", ChannelOf, parameters);

    private static KeptChannel ChannelOf(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetInt64(6) == 1,
            row.GetString(7),
            row.GetInt64(8),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.IsDBNull(10) ? null : row.GetString(10),
            row.GetString(11)
        );
}
