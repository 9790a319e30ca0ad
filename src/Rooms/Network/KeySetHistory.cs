using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Rooms.Network;

/// <summary>
/// The key sets of a log in their order. Which key may sign what is a question of the tree's size,
/// so that it has one answer for ever: a tree of size n is signed by the keys of the set that is in
/// force in its n entries.
/// </summary>
/// <param name="Records">The key sets, that of genesis first.</param>
public sealed record KeySetHistory(IReadOnlyList<KeySetRecord> Records)
{
    /// <summary>Before the founding.</summary>
    public static readonly KeySetHistory Empty = new([]);

    /// <summary>The one in force; null before the founding.</summary>
    public KeySetRecord? Last => Records.Count > 0 ? Records[^1] : null;

    /// <summary>The key set in force in a tree of a size; null: none is yet.</summary>
    public KeySetRecord? At(long size) => Records.LastOrDefault(one => one.Since <= size);

    /// <summary>Whether any key set ever named a key of the log.</summary>
    public bool HasNamed(string logKey) =>
        Records.Any(one => one.Body.LogKeys.Contains(logKey, StringComparer.Ordinal));

    /// <summary>The keys that were ever named for a purpose, in their order.</summary>
    public IReadOnlyList<NamedFor> KeysOf(KeyPurpose purpose) =>
        [
            .. Spans(body =>
                    body.AuthorityKeys.Where(key => key.Purpose == purpose).Select(key => key.Key)
                )
                .Select(span => new NamedFor(span.Key, span.From, span.Until)),
        ];

    /// <summary>The keys of the log that were ever named; null where none can be read.</summary>
    public LogKeys? LogKeys()
    {
        var keys = Spans(body => body.LogKeys)
            .Select(span =>
                NoteVerifier.TryParse(span.Key, out var key, out _)
                    ? new LogKey(key, span.From, span.Until)
                    : null
            )
            .OfType<LogKey>()
            .ToList();
        return keys.Select(key => key.Verifier.Name).Distinct(StringComparer.Ordinal).Count() == 1
            ? new(keys)
            : null;
    }

    /// <summary>The history with one more key set.</summary>
    internal KeySetHistory Add(KeySetRecord record) => new([.. Records, record]);

    // A key that is let go is never named again, so that each has one span.
    private IEnumerable<(T Key, long From, long? Until)> Spans<T>(
        Func<KeySetBody, IEnumerable<T>> keysOf
    )
        where T : notnull
    {
        var named = new List<(T Key, long From)>();
        foreach (var record in Records)
        {
            foreach (var key in keysOf(record.Body))
            {
                if (!named.Exists(one => one.Key.Equals(key)))
                {
                    named.Add((key, record.Since));
                }
            }
        }

        foreach (var (key, from) in named)
        {
            var end = Records.FirstOrDefault(record =>
                record.Since > from && !keysOf(record.Body).Contains(key)
            );
            yield return (key, from, end?.Since);
        }
    }
}
