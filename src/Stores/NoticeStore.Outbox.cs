namespace Concord.Stores;

/// <content>What has not arrived yet.</content>
public sealed partial class NoticeStore
{
    /// <summary>The confirmed channels for which there is something new and no message
    /// waits.</summary>
    public IReadOnlyList<KeptChannel> WithNews() =>
        ChannelRows(
            """
            WHERE code IS NULL
              AND NOT EXISTS (SELECT 1 FROM messages WHERE channel = channels.id)
              AND EXISTS (SELECT 1 FROM notices
                WHERE party = channels.party AND number > channels.told)
            """
        );

    /// <summary>Keeps a message with the notices up to a number.</summary>
    public void Write(string channel, string id, string at, string body, long told) =>
        Together(() =>
        {
            if (
                Do(
                    "UPDATE channels SET told = $told WHERE id = $id",
                    ("$told", told),
                    ("$id", channel)
                ) == 1
            )
            {
                Write(channel, id, at, body);
            }
        });

    /// <summary>The messages that are to be sent by now, one for each channel.</summary>
    public IReadOnlyList<KeptMessage> ToSend(string now) =>
        Rows(
            $"""
            SELECT {ChannelColumns}, messages.id, at, body, attempts
            FROM messages JOIN channels ON channels.id = messages.channel
            WHERE next <= $now ORDER BY next
            """,
            row => new KeptMessage(
                row.GetString(12),
                ChannelOf(row),
                row.GetString(13),
                row.GetString(14),
                row.GetInt32(15)
            ),
            ("$now", now)
        );

    /// <summary>A message has arrived: it is never sent again.</summary>
    public void Arrived(KeptMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Together(() =>
        {
            Do("DELETE FROM messages WHERE id = $id", ("$id", message.Id));
            Do(
                "UPDATE channels SET failing = NULL, problem = NULL WHERE id = $id",
                ("$id", message.Channel.Id)
            );
        });
    }

    /// <summary>A message has not arrived: it is sent again, and not before a time.</summary>
    public void Failed(KeptMessage message, string now, string next, string problem)
    {
        ArgumentNullException.ThrowIfNull(message);
        Together(() =>
        {
            Do(
                "UPDATE messages SET attempts = attempts + 1, next = $next WHERE id = $id",
                ("$next", next),
                ("$id", message.Id)
            );
            Do(
                """
                UPDATE channels SET failing = COALESCE(failing, $now), problem = $problem
                WHERE id = $id
                """,
                ("$now", now),
                ("$problem", problem),
                ("$id", message.Channel.Id)
            );
        });
    }

    private void Write(string channel, string id, string at, string body) =>
        Do(
            "INSERT INTO messages VALUES ($id, $channel, $at, $body, 0, $at)",
            ("$id", id),
            ("$channel", channel),
            ("$at", at),
            ("$body", body)
        );
}
