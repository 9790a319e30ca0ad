using Concord.Stores;

namespace Concord.Authority.Foundation;

/// <summary>
/// Tells, for as long as a server runs, whether its data folder still lies where it was opened.
/// Files are written by their paths: where the folder was deleted, or another was restored in its
/// place, they would go into another's log.
/// </summary>
internal sealed class PlaceWatch(DataFolder folder, SqliteLogStore store, AnswerStore answers)
    : IDisposable
{
    private readonly string _opened = PlaceMark.IdentityOf(folder.Place);

    /// <summary>Whether it does.</summary>
    public bool IsHere()
    {
        try
        {
            return string.Equals(
                PlaceMark.IdentityOf(folder.Place),
                _opened,
                StringComparison.Ordinal
            );
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Before the stores close: what is another's is not sealed by them.</summary>
    public void Dispose()
    {
        if (!IsHere())
        {
            store.Abandon();
            answers.Abandon();
        }
    }
}
