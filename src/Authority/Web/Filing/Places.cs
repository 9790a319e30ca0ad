namespace Concord.Authority.Web.Filing;

/// <summary>Which answer of a form is meant where schema or law find fault with an act.</summary>
public static class Places
{
    /// <summary>The field of the first path that another begins with; empty: none.</summary>
    /// <param name="places">JSON paths, the longer before the shorter, with their fields.</param>
    /// <param name="path">Where fault was found.</param>
    public static string FieldOf(IEnumerable<(string Path, string Field)> places, string path) =>
        places.FirstOrDefault(place => path.StartsWith(place.Path, StringComparison.Ordinal)).Field
        ?? "";
}
