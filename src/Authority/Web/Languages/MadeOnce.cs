using System.Collections.Concurrent;

namespace Concord.Authority.Web.Languages;

/// <summary>
/// The last that was made of something, kept in each language in which it was asked for: readers of
/// several languages do not have it made anew for each other.
/// </summary>
/// <typeparam name="TOf">What it is made of.</typeparam>
/// <typeparam name="TMade">What is made.</typeparam>
/// <param name="comparer">When it is still of the same; null: when that is equal.</param>
internal sealed class MadeOnce<TOf, TMade>(IEqualityComparer<TOf>? comparer = null)
{
    private readonly IEqualityComparer<TOf> _comparer = comparer ?? EqualityComparer<TOf>.Default;
    private readonly ConcurrentDictionary<Spoken, (TOf Of, TMade Made)> _kept = new();

    /// <summary>What was made of the same, or is made now. Two readers may each make it.</summary>
    public TMade Of(TOf of, Func<TMade> make)
    {
        var spoken = Language.Now;
        if (!_kept.TryGetValue(spoken, out var kept) || !_comparer.Equals(kept.Of, of))
        {
            _kept[spoken] = kept = (of, make());
        }

        return kept.Made;
    }
}
