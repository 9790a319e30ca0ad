using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Tests.Rooms;

/// <summary>One act of every type but genesis, fit to be admitted in the same world.</summary>
internal sealed class ActsOfEveryType(
    Given given,
    ModelId tern,
    ReleaseId weights,
    ReleaseId gullWeights,
    ModelId certified,
    ModelId suspended,
    ModelId letter,
    FairExamples fair
)
{
    /// <summary>
    /// A world in which each of them is admitted from the signer that its row names.
    /// </summary>
    public static (Given Given, Dictionary<string, (Act Act, SealedPart? Sealed)> Acts) Prepared()
    {
        var given = Given.Parties();
        given.TickTo(given.Now.Day.AddDays(1));
        given.AddKey("aurora", "aurora/filer", KeyRole.Filer);
        given.AddKey("aurora", "aurora/reader", KeyRole.Reader);
        given.AddKey("aurora", "aurora/revoked", KeyRole.Administrator);
        given.AddKey(
            "aurora",
            "aurora/expired",
            KeyRole.Administrator,
            given.Now + TimeSpan.FromMinutes(5)
        );
        given.File("aurora", Revocation(given, "aurora/revoked"));
        given.Tick(TimeSpan.FromMinutes(10));
        given.Appoint("a", "clerk", "auditor", "reader");
        var tern = given.Register("aurora");
        var letter = given.Register(
            "aurora",
            given.Registration("aurora", "Letter 1") with
            {
                Attachments = [given.File("a letter")],
            }
        );
        var weights = given.Publish("aurora", tern, "tern");
        var gull = given.Register("borealis", "Gull 2");
        var gullWeights = given.Publish("borealis", gull, "gull");
        var certified = given.Register("aurora", "Certified 1");
        var suspended = given.Register("aurora", "Suspended 1");
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            given.Certificate(SubjectId.Of(certified), TimeSpan.FromDays(30))
        );
        var fair = FairExamples.In(given, suspended);
        return (
            given,
            new ActsOfEveryType(
                given,
                tern,
                weights,
                gullWeights,
                certified,
                suspended,
                letter,
                fair
            ).All
        );
    }

    /// <summary>A log in which an act of every type is in force.</summary>
    public static Given Filed()
    {
        var (given, acts) = Prepared();
        foreach (var name in (string[])["network/tick", "network/admit-party"])
        {
            given.File(name is "network/tick" ? "tick" : "registrar", acts[name].Act);
        }

        foreach (
            var name in (string[])["add-key", "invite", "delegate", "grant-role", "revoke-key"]
        )
        {
            given.File("aurora", acts[$"network/{name}"].Act);
        }

        given.File("officer-a-1", acts["network/appoint"].Act);
        given.File("cirrus", acts["network/site"].Act, acts["network/site"].Sealed);
        var withdrawn = given.Register("aurora", "Withdrawn 1");
        given.File(
            "aurora",
            new Withdraw { Target = new(withdrawn.Index), Reason = "Filed twice." }
        );
        given.File("delta", acts["registry/report-model"].Act);
        foreach (var name in (string[])["register-model", "release", "amend", "correct"])
        {
            given.File("aurora", acts[$"registry/{name}"].Act, acts[$"registry/{name}"].Sealed);
        }

        given.File("borealis", acts["registry/derive"].Act);
        given.File("cirrus", acts["registry/deploy"].Act);
        FairExamples.FileOnWeights(given, acts);
        given.FileJointly(
            "aurora",
            "cirrus",
            (JointAct)acts["registry/transfer"].Act,
            acts["registry/transfer"].Sealed
        );
        foreach (var name in (string[])["certify", "suspend", "restore", "expire"])
        {
            given.FileJointly("officer-a-1", "officer-b-1", (JointAct)acts[$"registry/{name}"].Act);
        }

        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            (JointAct)acts["network/adopt-rulebook"].Act
        );
        given.FileJointly("officer-a-1", "officer-b-1", (JointAct)acts["network/void"].Act);
        foreach (var name in (string[])["erase", "read-root", "refusal-root"])
        {
            given.File("registrar", acts[$"network/{name}"].Act);
        }

        given.File("aurora", acts["network/appeal"].Act, FairExamples.Grounds);
        given.FileJointly(
            "officer-a-1",
            "officer-c-1",
            (JointAct)acts["network/decide-appeal"].Act,
            FairExamples.Reasons
        );
        given.File("registrar", acts["registry/ask"].Act);
        given.File("aurora", acts["registry/answer"].Act);
        given.File("aurora", acts["network/reveal"].Act);
        given.File("aurora", acts["network/confirm"].Act);
        given.FileJointly("officer-a-1", "officer-b-1", (JointAct)acts["network/outage"].Act);
        given.FileJointly("officer-a-1", "officer-b-1", (JointAct)acts["network/recover-keys"].Act);
        given.FileJointly("root-1", "root-2", (JointAct)acts["network/key-set"].Act);
        var resume = new ResumeClock
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now,
            To = given.Now + TimeSpan.FromDays(1),
            Reason = "The power failed.",
        };
        given.FileJointly("officer-a-1", "officer-b-1", resume);
        given.Tick(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        return given;
    }

    private static RevokeKey Revocation(Given given, string key) =>
        new() { Key = given.Key(key).Id, Reason = "The device was lost." };

    private static readonly SiteAddress s_address = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Address = "1 Quay Street",
    };

    private static readonly TransferTerms s_terms = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        Kind = TransferKind.Sale,
        Effective = new DateOnly(2026, 12, 1),
    };

    public Dictionary<string, (Act Act, SealedPart? Sealed)> All =>
        new(fair.OnWeights(given, weights, gullWeights), StringComparer.Ordinal)
        {
            ["network/key-set"] = (KeySet(), null),
            ["network/tick"] = (new Tick { Time = given.Now + TimeSpan.FromSeconds(1) }, null),
            ["network/resume-clock"] = (Resume(), null),
            ["network/outage"] = (Outage(), null),
            ["network/recover-keys"] = (Recovery(), null),
            ["network/admit-party"] = (
                given.Admission("echo", "Echo Works", PartyRole.Developer),
                null
            ),
            ["network/add-key"] = (AddKey(), null),
            ["network/invite"] = (given.Invitation("aurora", "aurora/code"), null),
            ["network/delegate"] = (
                new DelegateAct
                {
                    Party = given.Party("aurora"),
                    To = given.Party("borealis"),
                    Acts = ["registry/register-model"],
                    Until = given.Now + TimeSpan.FromDays(30),
                },
                null
            ),
            ["network/appoint"] = (given.Appointment("a", StaffRole.Clerk, "intake-2"), null),
            ["network/revoke-key"] = (Revocation(given, "aurora/filer"), null),
            ["network/grant-role"] = (Grant(), null),
            ["network/site"] = (Site(), s_address),
            ["network/adopt-rulebook"] = (Adoption(), null),
            ["network/void"] = (
                new VoidAct
                {
                    Joint = given.Joint(JointKind.Institutions),
                    Target = new(letter.Index),
                    Reason = "It was filed in another's name.",
                },
                null
            ),
            ["network/confirm"] = (fair.Confirmation(given), null),
            ["network/erase"] = (
                new Erase
                {
                    Target = new(letter.Index),
                    Attachment = given.File("a letter").Digest,
                    Reason = "Its writer asked for it.",
                },
                null
            ),
            ["network/appeal"] = (given.Appeal("aurora", fair.Suspension), FairExamples.Grounds),
            ["network/decide-appeal"] = (
                given.Decision(fair.Appeal, AppealOutcome.SetAside),
                FairExamples.Reasons
            ),
            ["network/reveal"] = (
                given.Revelation(new(fair.Secret.Index), ActJson.Write(FairExamples.Details)),
                null
            ),
            ["network/read-root"] = (
                new ReadRoot
                {
                    Day = given.Now.Day.AddDays(-1),
                    Count = 1,
                    Root = Digest.Of("a reading"u8),
                },
                null
            ),
            ["network/refusal-root"] = (
                new RefusalRoot
                {
                    Day = given.Now.Day.AddDays(-1),
                    Count = 0,
                    Root = MerkleTree.EmptyRoot,
                },
                null
            ),
            ["registry/register-model"] = (given.Registration("aurora", "Tern 2"), null),
            ["registry/report-model"] = (given.Report(), null),
            ["registry/amend"] = (Amendment(), null),
            ["registry/correct"] = (Correction(), null),
            ["registry/withdraw"] = (
                new Withdraw { Target = new(tern.Index), Reason = "Filed twice." },
                null
            ),
            ["registry/release"] = (given.Release(tern, "tern b"), null),
            ["registry/derive"] = (
                given.Derivation("borealis", gullWeights, SubjectId.Of(weights)),
                null
            ),
            ["registry/deploy"] = (Deployment(), null),
            ["registry/transfer"] = (Transfer(), s_terms),
            ["registry/certify"] = (
                given.Certificate(SubjectId.Of(tern), TimeSpan.FromDays(30)),
                null
            ),
            ["registry/suspend"] = (given.Suspension(SubjectId.Of(tern)), null),
            ["registry/restore"] = (
                new Restore
                {
                    Joint = given.Joint(JointKind.Officers),
                    Target = SubjectId.Of(suspended),
                    Reason = "The evaluation was filed.",
                },
                null
            ),
            ["registry/expire"] = (
                new Expire
                {
                    Joint = given.Joint(JointKind.Officers),
                    Target = SubjectId.Of(certified),
                    Reason = "Asked for by its holder.",
                },
                null
            ),
            ["registry/ask"] = (given.Question(SubjectId.Of(tern), "aurora"), null),
            ["registry/answer"] = (given.Reply(fair.Question), null),
        };

    private KeySet KeySet() =>
        new()
        {
            Joint = given.Joint(JointKind.Roots),
            Previous = given.World.Network.KeySetDigest,
            Body = given.KeySet(2),
        };

    private ResumeClock Resume() =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now,
            To = given.Now + TimeSpan.FromDays(1),
            Reason = "The power failed.",
        };

    private Outage Outage() =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            From = given.Now - TimeSpan.FromHours(5),
            To = given.Now - TimeSpan.FromHours(2),
            Reason = "The line was cut.",
        };

    private RecoverKeys Recovery() =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            Party = given.Party("borealis"),
            Key = new()
            {
                Key = given.Key("borealis/recovered"),
                Holder = "administrator",
                Role = KeyRole.Administrator,
            },
            Reason = "The safe burnt.",
        };

    private AddKey AddKey() =>
        new()
        {
            Party = given.Party("aurora"),
            Key = new()
            {
                Key = given.Key("aurora/new"),
                Holder = "filer",
                Role = KeyRole.Filer,
            },
        };

    private GrantRole Grant() =>
        new()
        {
            Party = given.Party("aurora"),
            Key = given.Key("aurora/filer").Id,
            Role = KeyRole.Administrator,
        };

    private Site Site() =>
        new()
        {
            Operator = given.Party("cirrus"),
            Name = "North hall",
            Country = "FR",
            SealedPart = Digest.Of(ActJson.Write(s_address)),
        };

    private AdoptRulebook Adoption() =>
        new()
        {
            Joint = given.Joint(JointKind.Institutions),
            AppliesFrom = given.Now.Day,
            Rulebook = RulebookFiles.Element("california-sb53"),
        };

    private Amend Amendment() =>
        new()
        {
            Target = new(tern.Index),
            Changes = Given.Json("""{"parameters": 7000000000}"""),
            Reason = "Counted anew.",
        };

    private Correct Correction() =>
        new()
        {
            Target = new(tern.Index),
            Changes = Given.Json("""{"parameters": 8000000000}"""),
            Reason = "A slip of the pen.",
        };

    private Deploy Deployment() =>
        new()
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Release = weights,
            Host = given.Party("cirrus"),
            Service = "api.example",
            Country = "FR",
            Purpose = "Translation",
            UsersMagnitude = 3,
            From = given.Now.Day,
        };

    private Transfer Transfer() =>
        new()
        {
            Joint = given.Joint(JointKind.Parties, 2, given.Party("aurora"), given.Party("cirrus")),
            Release = weights,
            SealedPart = Digest.Of(ActJson.Write(s_terms)),
        };
}
