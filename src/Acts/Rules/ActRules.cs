using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Acts;

/// <summary>
/// The rules over several members of one act that need no World: contradictions within the document
/// itself. Everything else is the law's.
/// </summary>
internal static class ActRules
{
    /// <summary>The first broken rule of an act; null when there is none.</summary>
    public static ActFault? Check(Act act) =>
        CheckAttachments(act)
        ?? (act is JointAct joint ? CheckJoint(joint) : null)
        ?? act switch
        {
            Genesis a => NetworkRules.Check(a),
            KeySet a => NetworkRules.Check(a.Body, "$.body"),
            ResumeClock a => a.From < a.To
                ? null
                : new("$.to", "dates-out-of-order", "The clock goes on later than it stopped."),
            Outage a => a.From < a.To
                ? null
                : new("$.to", "dates-out-of-order", "An outage ends later than it began."),
            RecoverKeys a => a.Key.Role == KeyRole.Administrator
                ? null
                : new("$.key.role", "no-administrator", "The key is an administrator's."),
            AdmitParty a => NetworkRules.Check(a),
            Invite a => a.Code.Kind == Ledger.SignerKind.Cose
                ? null
                : new("$.code", "code-is-a-passkey", "A code makes a plain key, not a passkey."),
            DailyRoot a => NetworkRules.Check(a),
            Appeal a => NetworkRules.Check(a),
            Reveal a => a.Document is null != a.Attachment is null
                ? null
                : new(
                    "$.document",
                    "document-or-attachment",
                    "It reveals a document or an attachment, and one of them."
                ),
            DelegateAct a => NetworkRules.Check(a),
            Site a => NetworkRules.Check(a),
            RegisterModel a => RegistryRules.Check(a),
            ReportModel a => RegistryRules.Check(a),
            Release a => RegistryRules.Check(a),
            Derive a => RegistryRules.Check(a),
            Deploy a => RegistryRules.Check(a),
            EvidenceAct a => LineageRules.Check(a),
            FoundCopy a => LineageRules.Check(a),
            _ => null,
        };

    /// <summary>The first broken rule of a sealed part; null when there is none.</summary>
    public static ActFault? Check(SealedPart part) =>
        part is RegistrationDetails details
            ? RegistryRules.CheckCompute(details.TrainingCompute)
                ?? RegistryRules.CheckFacts(details.Facts)
            : null;

    private static ActFault? CheckAttachments(Act act)
    {
        for (var i = 1; i < act.Attachments.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (act.Attachments[i].Digest == act.Attachments[j].Digest)
                {
                    return new(
                        $"$.attachments[{i}].digest",
                        "repeated-item",
                        "Two attachments have this digest; each has salt of its own."
                    );
                }
            }
        }

        return null;
    }

    private static ActFault? CheckJoint(JointAct act)
    {
        var joint = act.Joint;
        var kind = act switch
        {
            Genesis or KeySet => JointKind.Roots,
            StandingAct => JointKind.Officers,
            Transfer => JointKind.Parties,
            _ => JointKind.Institutions,
        };
        if (joint.Kind != kind)
        {
            return new(
                "$.joint.kind",
                "joint-kind",
                $"{ActTable.Of(act).Name} is signed by {Shapes.WordOf(kind.ToString())}, "
                    + $"not by {Shapes.WordOf(joint.Kind.ToString())}."
            );
        }

        if (joint.Epoch == 0 != act is Genesis)
        {
            return new(
                "$.joint.epoch",
                "joint-epoch",
                act is Genesis
                    ? "Genesis stands before every key set: its epoch is 0."
                    : "Name the epoch of the key set in force; 0 is genesis alone."
            );
        }

        return kind == JointKind.Parties ? CheckParties(joint)
            : joint.Parties is null ? null
            : new(
                "$.joint.parties",
                "joint-parties",
                "Parties are named only in a joint act of the kind parties."
            );
    }

    private static ActFault? CheckParties(JointTerms joint) =>
        joint.Parties is null
            ? new(
                "$.joint.parties",
                "joint-parties",
                "A joint act of the kind parties names them in the order of their signatures."
            )
        : joint.Parties.Count != joint.K
            ? new(
                "$.joint.k",
                "joint-parties",
                $"All {joint.Parties.Count} parties sign, so k is {joint.Parties.Count}."
            )
        : null;
}
