using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Network;

namespace Concord.Rooms.Lineage;

/// <summary>
/// The law of fingerprints, evidence, found copies and objections: what they are about is in the
/// register, what is stated twice agrees, and nobody objects for another. What a figure is worth is
/// no question of admission: it is counted anew where that can be done, and both are shown.
/// </summary>
[Clause("registration")]
internal static class EvidenceLaw
{
    private const string Source = "ACTS, lineage; specs/fingerprint.md";

    public static Refusal? Refuse(Hearing hearing, FingerprintAct act)
    {
        var book = hearing.World.Lineage.Weights;
        return NetworkLaw.OwnParty(hearing, act.By, "$.by")
            ?? NoRelease(hearing, act.Release, "$.release")
            ?? RefuseSmall(act.Small, "$.small", act.Weights, "$.weights")
            ?? (
                act.Method == Fingerprint.Version
                    ? null
                    : Refuse(
                        "unknown-method",
                        "The version of the method is the one that the bytes have.",
                        "$.method",
                        $"The bytes are of version {Fingerprint.Version}.",
                        "State that version."
                    )
            )
            ?? (
                book.PrintsOf(act.Release)
                    .FirstOrDefault(one =>
                        one.By == act.By && one.Weights == act.Weights && one.Method == act.Method
                    )
                    is { } before
                    ? Already("$.small", before.Id)
                    : null
            );
    }

    public static Refusal? Refuse(Hearing hearing, EvidenceAct act)
    {
        var book = hearing.World.Lineage.Weights;
        return NetworkLaw.OwnParty(hearing, act.By, "$.by")
            ?? NoRelease(hearing, act.Child.Release, "$.child.release")
            ?? NoRelease(hearing, act.Parent.Release, "$.parent.release")
            ?? Refusals.AfterTick(hearing.At, ("$.compared_on", act.ComparedOn))
            ?? (
                MatchesOf(book, act.Child)
                    .FirstOrDefault(one =>
                        one.Act is EvidenceAct other
                        && other.By == act.By
                        && other.Child == act.Child
                        && other.Parent == act.Parent
                        && string.Equals(other.Method, act.Method, StringComparison.Ordinal)
                        && other.MethodVersion == act.MethodVersion
                    )
                    is { } before
                    ? Already("$.parent", before.Id)
                    : null
            );
    }

    public static Refusal? Refuse(Hearing hearing, FoundCopy act) =>
        NetworkLaw.OwnParty(hearing, act.By, "$.by")
        ?? NoRelease(hearing, act.Release, "$.release")
        ?? Refusals.AfterTick(hearing.At, ("$.found_on", act.FoundOn))
        ?? (
            act.Fingerprint is { } small
                ? RefuseSmall(small, "$.fingerprint", act.Weights, "$.weights")
                : null
        )
        ?? RefuseFiles(hearing, act)
        ?? act.Evidence switch
        {
            CopyEvidence.Weights => RefuseWeights(hearing, act),
            CopyEvidence.Fingerprint => RefuseFingerprint(hearing, act),
            _ => null,
        };

    public static Refusal? Refuse(Hearing hearing, Dispute act)
    {
        var book = hearing.World.Lineage.Weights;
        if (NetworkLaw.OwnParty(hearing, act.By, "$.by") is { } stranger)
        {
            return stranger;
        }

        if (!Objectors.IsOpen(hearing.World, act.Target))
        {
            return Refusals.NotThere(
                "$.target",
                "fingerprint, evidence or found copy that stands",
                act.Target.ToString()
            );
        }

        return book.ObjectionsTo(act.Target).FirstOrDefault(one => one.Said.By == act.By) is { } own
            ? Already("$.target", own.Id)
            : Untouched(hearing, act, Objectors.ReleaseOf(hearing.World, act.Target, act.Side));
    }

    // A file that nobody has registered is answered for by whoever says so: nobody can tell.
    private static Refusal? Untouched(Hearing hearing, Dispute act, ReleaseId? release)
    {
        var filer = hearing.World.FilerOf(act.Target);
        if (filer == hearing.Speaker)
        {
            return Refuse(
                "own-act",
                "Nobody objects to what they filed themselves.",
                "$.target",
                $"{act.By} filed {act.Target}.",
                "Withdraw it."
            );
        }

        return
            release is not { } id
            || hearing.World.Registry.Releases[id].Developer is var developer && developer == act.By
            ? null
            : Refuse(
                "not-touched",
                "An objection is made by who answers for the one side or the other.",
                "$.side",
                $"{id} is {hearing.World.Registry.Releases[id].Developer}'s.",
                "Name the side that is yours; evidence to the contrary is filed as such."
            );
    }

    private static Refusal? RefuseSmall(
        string text,
        string path,
        Digest? weights,
        string weightsPath
    )
    {
        var bytes = Counting.BytesOf(text);
        return !Fingerprint.TryRead(bytes.Span, out var read, out var fault)
                ? Refuse(
                    "malformed-fingerprint",
                    "A fingerprint is in the form of the specification.",
                    path,
                    Prose(fault),
                    "Take it again with a tool of a known version."
                )
            : read.IsLarge
                ? Refuse(
                    "large-fingerprint",
                    "The small form stands in the act; the large one may hang on it.",
                    path,
                    "This is the large form.",
                    "State the small form, and attach the large one if you wish."
                )
            : weights is { } stated && stated != Recognition.DigestOf(read)
                ? Refuse(
                    "other-weights",
                    "The weights digest beside a fingerprint is the one that its bytes have.",
                    weightsPath,
                    $"The bytes have {Recognition.DigestOf(read)}.",
                    "State that digest, or take the fingerprint of the other weights."
                )
            : null;
    }

    // What is in the register under its own name is no copy that was found.
    private static Refusal? RefuseFiles(Hearing hearing, FoundCopy act)
    {
        var known = hearing.World.Registry.Weights;
        for (var i = 0; i < act.Files.Count; i++)
        {
            var isKnown = known.TryGet(act.Files[i], out var release);
            var isOwn = isKnown && release == act.Release;
            if (act.Evidence == CopyEvidence.File && !isOwn)
            {
                return Refuse(
                    "not-the-file",
                    "A copy that is recognised by its file is a file of the release.",
                    $"$.files[{i}]",
                    $"{act.Release} names no file {act.Files[i]}.",
                    "Name the files of the release alone, or other evidence."
                );
            }

            if (isKnown && !isOwn)
            {
                return Refuse(
                    "weights-known",
                    "A registered file is no copy that was found of another release.",
                    $"$.files[{i}]",
                    $"It is a file of {release}.",
                    $"File evidence on {release} and {act.Release}, or report a copy of {release}."
                );
            }
        }

        return null;
    }

    private static Refusal? RefuseWeights(Hearing hearing, FoundCopy act) =>
        hearing.World.Lineage.Weights.PrintsOf(act.Release).Any(one => one.Weights == act.Weights)
            ? null
            : Refuse(
                "not-the-weights",
                "A copy that is recognised by its weights digest has that of a fingerprint of the "
                    + "release.",
                "$.weights",
                $"No fingerprint of {act.Release} has it.",
                "Name the release that it belongs to, or state the release's fingerprint first."
            );

    private static Refusal? RefuseFingerprint(Hearing hearing, FoundCopy act) =>
        hearing.World.Lineage.Weights.PrintsOf(act.Release).Any()
            ? null
            : Refuse(
                "no-fingerprint",
                "A figure is stated against a fingerprint that is in the register.",
                "$.release",
                $"There is no fingerprint of {act.Release}.",
                "Have its developer state it, or take it from the release's weights yourself."
            );

    private static IEnumerable<Match> MatchesOf(WeightsBook book, EvidenceSide side) =>
        side.Release is { } release ? book.MatchesOf(release)
        : (side.File ?? side.Weights) is { } digest ? book.MatchesOf(digest)
        : [];

    private static Refusal? NoRelease(Hearing hearing, ReleaseId? release, string path) =>
        release is { } id && !hearing.World.Registry.Releases.Has(id)
            ? Refusals.NotThere(path, "release", id.ToString())
            : null;

    private static Refusal Already(string path, ActId before) =>
        Refuse(
            "already-stated",
            "One party says the same thing once.",
            path,
            $"It is in {before}.",
            "Nothing needs to be done; to correct it, withdraw that act first."
        );

    private static string Prose(string fault) =>
        fault.EndsWith('.') ? fault : $"{char.ToUpperInvariant(fault[0])}{fault[1..]}.";

    private static Refusal Refuse(
        string code,
        string rule,
        string where,
        string detail,
        string remedy
    ) => new(code, rule, Source, where, detail, remedy);
}
