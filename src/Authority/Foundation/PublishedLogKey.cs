using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>A key of the log as <c>authority.json</c> has it.</summary>
/// <param name="Key">The verifier key.</param>
public sealed record PublishedLogKey(string Key)
{
    /// <summary>The size of the smallest tree whose key set names it; null: not said.</summary>
    public long? From { get; init; }

    /// <summary>The size of the smallest tree after those whose key set does not; null: the key
    /// set in force names it.</summary>
    public long? Until { get; init; }

    /// <summary>The text form of a key.</summary>
    public static PublishedLogKey Of(LogKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key.Verifier.ToString()) { From = key.From, Until = key.Until };
    }

    /// <summary>The key.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public LogKey Read() =>
        NoteVerifier.TryParse(Key, out var verifier, out var fault)
            ? new(verifier, From ?? 0, Until)
            : throw new FormatException(fault);
}
