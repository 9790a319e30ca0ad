using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;

namespace Concord.Tests.Acts;

/// <summary>The acts of the room Lineage.</summary>
internal static partial class ExampleActs
{
    public static FoundPlace Place =>
        new()
        {
            Salt = Salt,
            Place = "https://hub.example/someone/vela-3-q4",
            Note = "The card names no base model.",
        };

    private static IEnumerable<Act> Lineage()
    {
        var print = Prints.Of(1, units: 4);
        var copy = Prints.Of(1, variant: 1, units: 4);
        yield return new FingerprintAct
        {
            Release = new(60),
            By = new(7),
            Weights = Recognition.DigestOf(print),
            Method = Fingerprint.Version,
            Small = Prints.Text(print),
        };
        yield return new EvidenceAct
        {
            By = new(9),
            Child = new() { File = Digest.Of("a file"u8) },
            Parent = new() { Release = new(60) },
            Method = "unit-agreement",
            MethodVersion = Fingerprint.Version,
            Tool = "concord 1.0",
            Statistic = "412 of 512 units agree; chance gives 0.7.",
            MinusLog10P = 480,
            Comparisons = 1_000_000,
            Relation = Relation.FineTune,
            Direction = new()
            {
                Ground = DirectionGround.Documents,
                Says = "The model card names Vela 3 as its base.",
            },
            ComparedOn = Day("2026-05-02"),
        };
        yield return new FoundCopy
        {
            Release = new(60),
            By = new(9),
            Files = [Digest.Of("a file"u8), Digest.Of("another file"u8)],
            Weights = Recognition.DigestOf(copy),
            Fingerprint = Prints.Text(copy),
            Evidence = CopyEvidence.Fingerprint,
            MinusLog10P = 120,
            Relation = Relation.Quantisation,
            Tool = "concord 1.0",
            Kind = PlaceKind.Hub,
            Country = "DE",
            FoundOn = Day("2026-05-02"),
            SealedPart = Digest.Of(ActJson.Write(Place)),
        };
        yield return new Dispute
        {
            By = new(7),
            Target = new(80),
            Side = DisputeSide.Child,
            Grounds = "It was trained from its first step in our own halls.",
        };
    }
}
