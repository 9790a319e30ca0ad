using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Tests.Rooms;

/// <summary>What appeals, questions, revelations and confirmations are about.</summary>
/// <param name="Suspension">A suspension that nobody has appealed.</param>
/// <param name="Appeal">An appeal against one that two persons of institution b signed.</param>
/// <param name="Question">A question to aurora.</param>
/// <param name="Secret">A model of aurora's with a sealed part.</param>
/// <param name="Contested">A model of aurora's that a stolen key has filed.</param>
/// <param name="Printed">A release of aurora's whose fingerprint is stated.</param>
/// <param name="Claim">Evidence that another's release and it have one origin.</param>
internal sealed record FairExamples(
    long Suspension,
    long Appeal,
    long Question,
    ModelId Secret,
    ModelId Contested,
    ReleaseId Printed,
    long Claim
)
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
        given.AddKey("aurora", "aurora/stolen", KeyRole.Filer);
        var contested = given.Register("aurora/stolen", ByThief(given));
        given.File(
            "aurora",
            new RevokeKey
            {
                Key = given.Key("aurora/stolen").Id,
                Reason = "It was stolen.",
                CompromisedSince = given.Now,
            }
        );
        var printed = given.Publish("aurora", given.Register("aurora", "Printed 1"), "printed");
        given.File("aurora", given.Print("aurora", printed, Prints.Of(1)));
        var near = given.Publish("borealis", given.Register("borealis", "Near 1"), "near");
        var claim = given.File("delta", given.Compared("delta", near, printed));
        return new(suspension, appeal, question, secret, contested, printed, claim);
    }

    /// <summary>Files what is filed on weights.</summary>
    public static void FileOnWeights(
        Given given,
        Dictionary<string, (Act Act, SealedPart? Sealed)> acts
    )
    {
        given.File("aurora", acts["lineage/fingerprint"].Act);
        given.File("delta", acts["lineage/evidence"].Act);
        given.File("cirrus", acts["lineage/found-copy"].Act, Given.Place);
        given.File("aurora", acts["lineage/dispute"].Act);
    }

    /// <summary>What is filed on the weights of two releases.</summary>
    public Dictionary<string, (Act Act, SealedPart? Sealed)> OnWeights(
        Given given,
        ReleaseId weights,
        ReleaseId others
    ) =>
        new(StringComparer.Ordinal)
        {
            ["lineage/fingerprint"] = (given.Print("aurora", weights, Prints.Of(2)), null),
            ["lineage/evidence"] = (given.Compared("delta", others, weights), null),
            ["lineage/found-copy"] = (
                given.Found("cirrus", Printed, "a file", Prints.Of(1, variant: 2)),
                Given.Place
            ),
            ["lineage/dispute"] = (given.Objection("aurora", Claim, DisputeSide.Parent), null),
        };

    public Confirm Confirmation(Given given) =>
        new()
        {
            Target = new(Contested.Index),
            ActDigest = Digest.Of(ActJson.Write(ByThief(given))),
            Key = given.Key("aurora/stolen").Id,
            Reason = "The minutes of that day have it.",
        };

    private static RegisterModel ByThief(Given given) =>
        given.Registration("aurora", "Contested 1");
}
