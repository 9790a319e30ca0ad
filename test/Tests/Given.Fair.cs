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

    /// <summary>An invitation whose code's key has a name of its own.</summary>
    public Invite Invitation(string party, string code, KeyRole role = KeyRole.Filer) =>
        new()
        {
            Party = Party(party),
            Role = role,
            Holder = "head of safety",
            Code = Key(code),
            Until = Now + TimeSpan.FromDays(7),
        };

    /// <summary>A key that adds itself, by who holds the code.</summary>
    public AddKey Joining(long invitation, string code, string key, KeyRole role = KeyRole.Filer)
    {
        var invited = World.Network.Invitations.All[invitation].Act;
        return new()
        {
            Party = invited.Party,
            Key = new()
            {
                Key = Key(key),
                Holder = invited.Holder,
                Role = role,
            },
            Invitation = new()
            {
                Invite = new(invitation),
                Proof = Base64Url.EncodeToString(
                    Signer(code).SignDigest(InvitationCode.DigestFor(Key(key).Id))
                ),
            },
        };
    }

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

    /// <summary>Somebody of an institution gets a role at the authority, by a key of that name.
    /// </summary>
    public Appoint Appointment(string institution, StaffRole role, string name) =>
        new()
        {
            Institution = institution,
            Name = name,
            Role = role,
            Key = Key(name),
            Until = Now + TimeSpan.FromDays(30),
        };

    /// <summary>The same for each of some roles, by keys of their names.</summary>
    public void Appoint(string institution, params string[] roles)
    {
        foreach (var role in roles)
        {
            var known = Enum.Parse<StaffRole>(role, ignoreCase: true);
            File($"officer-{institution}-2", Appointment(institution, known, role));
        }
    }
}
