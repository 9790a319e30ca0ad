namespace Concord.Ledger;

/// <summary>
/// The keys of one log. While one takes over from another both sign; a checkpoint counts when one
/// that may sign its size has signed it, and none that is known here has a signature in it that
/// does not verify.
/// </summary>
public sealed class LogKeys
{
    /// <summary>The keys of a log.</summary>
    /// <param name="keys">At least one, all of one name: the log's origin.</param>
    /// <exception cref="ArgumentException">There is none, or they are of several logs.</exception>
    public LogKeys(IReadOnlyList<LogKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var names = keys.Select(key => key.Verifier.Name).Distinct(StringComparer.Ordinal).Take(2);
        Keys =
            names.Count() == 1
                ? keys
                : throw new ArgumentException("Keys of one log are asked.", nameof(keys));
        Verifiers = [.. keys.Select(key => key.Verifier)];
    }

    /// <summary>The name of the log.</summary>
    public string Origin => Verifiers[0].Name;

    /// <summary>The keys, the oldest first, each with the sizes that it may sign.</summary>
    public IReadOnlyList<LogKey> Keys { get; }

    /// <summary>The keys, the oldest first.</summary>
    public IReadOnlyList<NoteVerifier> Verifiers { get; }

    /// <summary>The key that goes on for longest: the last one named.</summary>
    public NoteVerifier Newest => Verifiers[^1];

    /// <summary>One key of a log, for every size.</summary>
    public static implicit operator LogKeys(NoteVerifier key) => new([new(key)]);

    /// <summary>Keys of a log, for every size.</summary>
    public static LogKeys Of(params IEnumerable<NoteVerifier> keys) =>
        new([.. keys.Distinct().Select(key => new LogKey(key))]);

    /// <summary>Whether one of these keys is that one, and may sign a tree of this size.</summary>
    public bool Signs(NoteVerifier key, long size) =>
        Keys.Any(one => one.Verifier.Equals(key) && one.Signs(size));

    /// <summary>These, and a key that is trusted at every size.</summary>
    public LogKeys With(NoteVerifier key) =>
        Verifiers.Contains(key) ? this : new([new(key), .. Keys]);
}
