using Concord.Acts.Lineage;

namespace Concord.Acts;

/// <summary>Contradictions within the acts of the room Lineage.</summary>
internal static class LineageRules
{
    public static ActFault? Check(EvidenceAct act) =>
        CheckSide(act.Child, "$.child")
        ?? CheckSide(act.Parent, "$.parent")
        ?? (
            act.Child == act.Parent
                ? new("$.parent", "contradiction", "Both sides are the same; name another.")
                : null
        );

    public static ActFault? Check(FoundCopy act) =>
        act.Evidence switch
        {
            CopyEvidence.Weights when act.Weights is null => Missing("$.weights", "digest"),
            CopyEvidence.Fingerprint when act.Fingerprint is null => Missing(
                "$.fingerprint",
                "fingerprint"
            ),
            CopyEvidence.Fingerprint when act.MinusLog10P is null => Missing(
                "$.minus_log10_p",
                "figure"
            ),
            CopyEvidence.File or CopyEvidence.Weights when act.MinusLog10P is not null => new(
                "$.minus_log10_p",
                "contradiction",
                "Equal digests leave nothing to chance: a figure stands beside a fingerprint alone."
            ),
            _ => null,
        };

    private static ActFault? CheckSide(EvidenceSide side, string path) =>
        (side.Release is null ? 0 : 1)
            + (side.File is null ? 0 : 1)
            + (side.Weights is null ? 0 : 1)
        == 1
            ? null
            : new(
                path,
                "release-or-digest",
                "A side is a release, a file or weights: state one of release, file and weights."
            );

    private static ActFault Missing(string path, string what) =>
        new(
            path,
            "evidence-missing",
            $"The {what} that the copy was recognised by must stand here."
        );
}
