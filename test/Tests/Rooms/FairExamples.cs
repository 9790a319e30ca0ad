using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Tests.Rooms;

/// <summary>What appeals, questions and revelations are about.</summary>
/// <param name="Suspension">A suspension that nobody has appealed.</param>
/// <param name="Appeal">An appeal against one that two persons of institution b signed.</param>
/// <param name="Question">A question to aurora.</param>
/// <param name="Secret">A model of aurora's with a sealed part.</param>
internal sealed record FairExamples(long Suspension, long Appeal, long Question, ModelId Secret)
{
    public static readonly RegistrationDetails Details = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        WeightsCustody = "Two vaults.",
    };

    public static readonly AppealGrounds Grounds = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Grounds = "A customer may not be named.",
    };

    public static readonly AppealReasons Reasons = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Reasons = "The customer confirmed it.",
    };

    public static FairExamples In(Given given, ModelId suspended)
    {
        var suspension = given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Suspension(SubjectId.Of(suspended))
        );
        var appealed = given.FileJointly(
            "officer-b-1",
            "officer-b-2",
            given.Suspension(SubjectId.Of(given.Register("aurora", "Appealed 1")))
        );
        var appeal = given.File("aurora", given.Appeal("aurora", appealed));
        var question = given.File("registrar", given.Question(SubjectId.Of(suspended), "aurora"));
        var secret = new ModelId(
            given.File("aurora", given.Registration("aurora", "Secret 1"), Details)
        );
        return new(suspension, appeal, question, secret);
    }
}
