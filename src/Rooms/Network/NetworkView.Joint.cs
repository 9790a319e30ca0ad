using Concord.Acts;

namespace Concord.Rooms.Network;

/// <summary>Which signatures of joint acts count.</summary>
public sealed partial record NetworkView
{
    /// <summary>What the authority cannot do for lack of officers whose keys stand; null: nothing.
    /// </summary>
    public string? OfficersFinding => OfficersLaw.FindingOf(this);

    /// <summary>
    /// The joint acts that wait for signatures, oldest first. What was proposed under an earlier
    /// key set waits for nothing: its terms hold no more, and it is proposed anew.
    /// </summary>
    public IEnumerable<JointState> Proposals =>
        Proposed
            .Values.Select(digest => Joints[digest])
            .Where(joint => joint.Terms.Epoch == KeySet?.Epoch);

    /// <summary>
    /// The signatures that count now. Officers and roots sign as persons, and count while their
    /// keys stand; a party has said what any of its keys said, unless the key was in other hands.
    /// </summary>
    /// <remarks>What is in force stays in force, and all of its signatures count.</remarks>
    public IReadOnlyList<JointSignature> Counted(JointState joint) =>
        [.. joint.Signatures.Where(one => LapseOf(joint, one) is null)];

    /// <summary>Why a signature of a joint act that is on its way counts no more; null: it does.
    /// </summary>
    public SignatureLapse? LapseOf(JointState joint, JointSignature signature) =>
        joint.InForceSince is not null || Keys.Find(signature.Key) is not { } key ? null
        : key.IsContestedAt(signature.At) ? SignatureLapse.InOtherHands
        : key.RevokedAt is not null && joint.Terms.Kind != JointKind.Parties
            ? SignatureLapse.KeyEnded
        : null;
}
