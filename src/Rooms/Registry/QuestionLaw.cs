using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms.Network;

namespace Concord.Rooms.Registry;

/// <summary>
/// The law of questions and answers on a case: the authority, an officer or a clerk asks a party,
/// that party answers, late or not, and nobody else learns of it.
/// </summary>
[Clause("registration")]
internal static class QuestionLaw
{
    public static Refusal? Refuse(Hearing hearing, AskQuestion act)
    {
        if (
            hearing.Speaker
            is not (
                Speaker.Authority { Purpose: KeyPurpose.Registrar }
                or Speaker.Officer
                or Speaker.Staff { Role: StaffRole.Clerk }
            )
        )
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        return hearing.World.Registry.StandingOf(act.Case) is null
                ? Refusals.NotThere("$.case", "model or release", act.Case.ToString())
            : !hearing.World.Network.Parties.Has(act.To)
                ? Refusals.NotThere("$.to", "party", act.To.ToString())
            : act.Due <= hearing.At ? Refusals.NotAfterTick("$.due", act.Due.ToString(), hearing.At)
            : null;
    }

    // Another party is told what it would be told of a question that does not exist.
    public static Refusal? Refuse(Hearing hearing, AnswerQuestion act) =>
        hearing.Party is not { } party
            ? Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!)
        : hearing.World.Registry.Questions.All.Find(act.Question.Index)?.Act.To == party ? null
        : Refusals.NotThere("$.question", "question to you", act.Question.ToString());
}
