using Concord.Acts.Registry;

namespace Concord.Rooms.Registry;

/// <summary>
/// What a view keeps of a registration: all that law and lists read, without prose, which is read
/// from the act itself. A world holds a million of them.
/// </summary>
internal static class Compact
{
    public static RegisterModel Of(RegisterModel act) =>
        act with
        {
            TrainingCompute = [.. act.TrainingCompute.Select(Of)],
            ModalityOut = [.. act.ModalityOut.Select(string.Intern)],
            Evaluations = Trimmed(act.Evaluations),
            Facts = Trimmed(act.Facts),
            Answers = Trimmed(act.Answers),
            Attachments = [],
        };

    // Profiles and modalities are a rulebook's and the vocabulary's words: few, so they are shared.
    private static ComputeClaim Of(ComputeClaim claim) =>
        claim with
        {
            Profile = string.Intern(claim.Profile),
            Method = null,
        };

    private static T[] Trimmed<T>(IReadOnlyList<T> list) => list.Count == 0 ? [] : [.. list];
}
