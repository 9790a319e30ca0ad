using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Tests;

/// <summary>Appeals, questions and what is revealed, as a test says them.</summary>
internal sealed partial class Given
{
    public Appeal Appeal(string party, long decision) =>
        new()
        {
            By = Party(party),
            Against = new(decision),
            Grounds = "The weights lie in two vaults.",
        };

    public DecideAppeal Decision(long appeal, AppealOutcome outcome) =>
        new()
        {
            Joint = Joint(JointKind.Institutions),
            Appeal = new(appeal),
            Outcome = outcome,
            Reason = "The file was read anew.",
        };

    public AskQuestion Question(SubjectId about, string party) =>
        new()
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Case = about,
            To = Party(party),
            Question = "Who holds the weights?",
            Due = Now + TimeSpan.FromDays(2),
        };

    public AnswerQuestion Reply(long question) =>
        new()
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Question = new(question),
            Answer = "Four persons.",
        };

    public Reveal Revelation(ActId target, byte[] document) =>
        new()
        {
            Target = target,
            Document = Base64Url.EncodeToString(document),
            Reason = "The model is out.",
        };

    /// <summary>Lets time pass by ticks.</summary>
    public void Wait(TimeSpan span)
    {
        var step = TimeSpan.FromHours(2);
        for (var left = span; left > TimeSpan.Zero; left -= step)
        {
            Tick(left < step ? left : step);
        }
    }
}
