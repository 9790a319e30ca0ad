using System.Collections;
using Concord.Ledger;

namespace Concord.Rooms;

/// <summary>
/// The entries that made something what it is, newest first; shared with earlier worlds.
/// </summary>
/// <param name="Index">The log index of the newest entry.</param>
/// <param name="Act">The digest of its act.</param>
/// <param name="Earlier">What came before; null: nothing.</param>
public sealed record History(long Index, Digest Act, History? Earlier) : IEnumerable<History>
{
    /// <summary>Newest first.</summary>
    public IEnumerator<History> GetEnumerator()
    {
        for (var item = this; item is not null; item = item.Earlier)
        {
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
