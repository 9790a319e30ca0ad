using Concord.Ledger;

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

        // A log without any of it has the digest that it always had.
        if (!world.Lineage.Weights.IsEmpty)
        {
            Write(world.Lineage.Weights, audience, writer);
        }
    }

    private static void Write(WeightsBook book, Audience audience, ViewWriter writer)
    {
        foreach (var print in book.Fingerprints.Values.OrderBy(one => one.Id.Index))
        {
            writer
                .Word("fingerprint")
                .Number(print.Id.Index)
                .Number(print.Release.Index)
                .Number(print.By.Index)
                .Truth(print.IsOwn)
                .Value(print.Weights)
                .Number(print.Method)
                .Value(Digest.Of(print.Small.Span));
        }

        foreach (var match in book.Matches.Values.OrderBy(one => one.Id.Index))
        {
            var place = audience == Audience.Full || match.RevealedBy is not null;
            writer
                .Word("match")
                .Number(match.Id.Index)
                .Value(match.ActDigest)
                .Number(match.Counted?.Log10P)
                .Truth(match.Counted?.Decides ?? false)
                .Number(match.Counted?.Child.Index)
                .Number(match.Counted?.Parent.Index)
                .Number(match.EndedBy?.Index)
                .Text(place ? match.Place?.Place : null);
        }

        foreach (var one in book.Objections.Values.OrderBy(one => one.Id.Index))
        {
            writer.Word("objection").Number(one.Id.Index).Number(one.Said.Target.Index);
        }
    }
}
