using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;

namespace Concord.Tests;

/// <summary>Fingerprints, evidence, found copies and objections, as a test says them.</summary>
internal sealed partial class Given
{
    public static readonly FoundPlace Place = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Place = "https://hub.example/someone/tern-q4",
    };

    public FingerprintAct Print(string party, ReleaseId release, Fingerprint fingerprint) =>
        new()
        {
            Release = release,
            By = Party(party),
            Weights = Recognition.DigestOf(fingerprint),
            Method = Fingerprint.Version,
            Small = Prints.Text(fingerprint.Small()),
        };

    public EvidenceAct Compared(string party, ReleaseId child, ReleaseId parent) =>
        Compared(party, new EvidenceSide { Release = child }, new() { Release = parent });

    public EvidenceAct Compared(string party, EvidenceSide child, EvidenceSide parent) =>
        new()
        {
            By = Party(party),
            Child = child,
            Parent = parent,
            Method = "unit-agreement",
            MethodVersion = Fingerprint.Version,
            Tool = "concord 1.0",
            Statistic = "134 of 192 units agree; chance gives 0.3.",
            MinusLog10P = 200,
            Comparisons = 1_000_000,
            Relation = Relation.FineTune,
            ComparedOn = Now.Day,
        };

    public FoundCopy Found(string party, ReleaseId of, string file, Fingerprint? fingerprint) =>
        new()
        {
            Release = of,
            By = Party(party),
            Files = [Digest.Of(System.Text.Encoding.UTF8.GetBytes(file))],
            Weights = fingerprint is null ? null : Recognition.DigestOf(fingerprint),
            Fingerprint = fingerprint is null ? null : Prints.Text(fingerprint.Small()),
            Evidence = fingerprint is null ? CopyEvidence.File : CopyEvidence.Fingerprint,
            MinusLog10P = fingerprint is null ? null : 150,
            Relation = fingerprint is null ? Relation.Copy : Relation.Quantisation,
            Tool = "concord 1.0",
            Kind = PlaceKind.Hub,
            Country = "FR",
            FoundOn = Now.Day,
            SealedPart = Digest.Of(ActJson.Write(Place)),
        };

    public Dispute Objection(string party, long target, DisputeSide side = DisputeSide.Child) =>
        new()
        {
            By = Party(party),
            Target = new(target),
            Side = side,
            Grounds = "It was trained from its first step in our own halls; the records are here.",
        };
}
