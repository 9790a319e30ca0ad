using System.Collections;

namespace Concord.Rooms;

/// <summary>A list that grows at its head and shares its tail with earlier worlds.</summary>
/// <param name="Item">The newest item.</param>
/// <param name="Earlier">What came before; null: nothing.</param>
/// <typeparam name="T">The item.</typeparam>
public sealed record Chain<T>(T Item, Chain<T>? Earlier) : IEnumerable<T>
{
    /// <summary>Newest first.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (var link = this; link is not null; link = link.Earlier)
        {
            yield return link.Item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
