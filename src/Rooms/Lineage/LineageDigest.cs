namespace Concord.Rooms.Lineage;

/// <summary>Writes the lineage view in a fixed order.</summary>
internal static class LineageDigest
{
    public static void Write(World world, Audience audience, ViewWriter writer)
    {
        var edges = world
            .Lineage.Parents.Values.SelectMany(edges => edges)
            .OrderBy(edge => edge.Act)
            .ThenBy(edge => edge.Child.ToString(), StringComparer.Ordinal)
            .ThenBy(edge => edge.Parent.ToString(), StringComparer.Ordinal);
        foreach (var edge in edges)
        {
            writer
                .Word("edge")
                .Number(edge.Act)
                .Subject(edge.Parent)
                .Subject(edge.Child)
                .Text(edge.Relation?.ToString())
                .Text(edge.Basis.ToString())
                .Text(edge.Compute.ToString());
        }
    }
}
