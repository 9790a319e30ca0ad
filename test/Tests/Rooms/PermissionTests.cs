using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>Who may sign what: the whole table, and an oracle written by hand from ACTS.</summary>
public sealed class PermissionTests
{
    private static readonly string[] s_signers =
    [
        "stranger",
        "root-1",
        "officer-a-1",
        "registrar",
        "tick",
        "refusal",
        "aurora",
        "aurora/filer",
        "aurora/reader",
        "aurora/expired",
        "aurora/revoked",
        "borealis",
        "cirrus",
        "delta",
    ];

    [Fact]
    public void The_table_of_acts_and_signers_is_as_it_was_agreed()
    {
        var (given, acts) = Prepared();
        var lines = acts.SelectMany(act =>
            s_signers.Select(signer =>
                $"{act.Key, -28} {signer, -16} "
                + $"{given.Answer(signer, act.Value.Act, act.Value.Sealed)}"
            )
        );

        Golden.Matches("Rooms/permissions.golden.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void Every_act_type_stands_in_the_table()
    {
        var (_, acts) = Prepared();

        Assert.Equal(
            ActTable.Rows.Select(row => row.Name[..^2]).Order(),
            acts.Keys.Append("network/genesis").Order()
        );
    }

    [Theory]
    [InlineData("network/key-set", "root-1", "admitted")]
    [InlineData("network/key-set", "officer-a-1", "not-permitted")]
    [InlineData("network/key-set", "registrar", "not-permitted")]
    [InlineData("network/tick", "tick", "admitted")]
    [InlineData("network/tick", "registrar", "not-permitted")]
    [InlineData("network/tick", "officer-a-1", "not-permitted")]
    [InlineData("network/resume-clock", "officer-a-1", "admitted")]
    [InlineData("network/resume-clock", "tick", "not-permitted")]
    [InlineData("network/resume-clock", "root-1", "not-permitted")]
    [InlineData("network/admit-party", "registrar", "admitted")]
    [InlineData("network/admit-party", "officer-a-1", "not-permitted")]
    [InlineData("network/admit-party", "aurora", "not-permitted")]
    [InlineData("network/admit-party", "stranger", "unknown-key")]
    [InlineData("network/add-key", "aurora", "admitted")]
    [InlineData("network/add-key", "aurora/filer", "key-role-missing")]
    [InlineData("network/add-key", "borealis", "not-your-party")]
    [InlineData("network/add-key", "registrar", "not-permitted")]
    [InlineData("network/revoke-key", "aurora", "admitted")]
    [InlineData("network/revoke-key", "borealis", "not-permitted")]
    [InlineData("network/grant-role", "aurora", "admitted")]
    [InlineData("network/grant-role", "aurora/reader", "key-role-missing")]
    [InlineData("network/site", "cirrus", "admitted")]
    [InlineData("network/site", "aurora", "not-your-party")]
    [InlineData("network/adopt-rulebook", "officer-a-1", "admitted")]
    [InlineData("network/adopt-rulebook", "registrar", "not-permitted")]
    [InlineData("registry/register-model", "aurora", "admitted")]
    [InlineData("registry/register-model", "aurora/filer", "admitted")]
    [InlineData("registry/register-model", "aurora/reader", "key-role-missing")]
    [InlineData("registry/register-model", "aurora/expired", "key-expired")]
    [InlineData("registry/register-model", "aurora/revoked", "key-revoked")]
    [InlineData("registry/register-model", "borealis", "not-your-party")]
    [InlineData("registry/register-model", "registrar", "not-permitted")]
    [InlineData("registry/report-model", "registrar", "admitted")]
    [InlineData("registry/report-model", "delta", "admitted")]
    [InlineData("registry/report-model", "aurora", "not-permitted")]
    [InlineData("registry/amend", "aurora", "admitted")]
    [InlineData("registry/amend", "borealis", "not-permitted")]
    [InlineData("registry/amend", "registrar", "not-permitted")]
    [InlineData("registry/withdraw", "aurora", "admitted")]
    [InlineData("registry/withdraw", "delta", "not-permitted")]
    [InlineData("registry/release", "aurora", "admitted")]
    [InlineData("registry/release", "borealis", "not-your-party")]
    [InlineData("registry/derive", "borealis", "admitted")]
    [InlineData("registry/derive", "aurora", "not-your-party")]
    [InlineData("registry/deploy", "cirrus", "admitted")]
    [InlineData("registry/deploy", "aurora", "not-your-party")]
    [InlineData("registry/transfer", "aurora", "admitted")]
    [InlineData("registry/transfer", "cirrus", "not-your-turn")]
    [InlineData("registry/certify", "officer-a-1", "admitted")]
    [InlineData("registry/certify", "registrar", "not-permitted")]
    [InlineData("registry/suspend", "officer-a-1", "admitted")]
    [InlineData("registry/suspend", "aurora", "not-permitted")]
    [InlineData("registry/restore", "officer-a-1", "admitted")]
    [InlineData("registry/expire", "officer-a-1", "admitted")]
    [InlineData("registry/expire", "delta", "not-permitted")]
    public void An_act_is_signed_by_whom_its_row_names(string act, string signer, string expected)
    {
        var (given, acts) = Prepared();

        Assert.Equal(expected, given.Answer(signer, acts[act].Act, acts[act].Sealed));
    }

    private static (Given Given, Dictionary<string, (Act Act, SealedPart? Sealed)> Acts) Prepared()
    {
        var given = Given.Parties();
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
        var tern = given.Register("aurora");
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
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(suspended)));
        return (
            given,
            new ActsOfEveryType(given, tern, weights, gullWeights, certified, suspended).All
        );
    }

    private static RevokeKey Revocation(Given given, string key) =>
        new() { Key = given.Key(key).Id, Reason = "The device was lost." };

    private sealed class ActsOfEveryType(
        Given given,
        ModelId tern,
        ReleaseId weights,
        ReleaseId gullWeights,
        ModelId certified,
        ModelId suspended
    )
    {
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
            new(StringComparer.Ordinal)
            {
                ["network/key-set"] = (KeySet(), null),
                ["network/tick"] = (new Tick { Time = given.Now + TimeSpan.FromSeconds(1) }, null),
                ["network/resume-clock"] = (Resume(), null),
                ["network/admit-party"] = (
                    given.Admission("echo", "Echo Works", PartyRole.Developer),
                    null
                ),
                ["network/add-key"] = (AddKey(), null),
                ["network/revoke-key"] = (Revocation(given, "aurora/filer"), null),
                ["network/grant-role"] = (Grant(), null),
                ["network/site"] = (Site(), s_address),
                ["network/adopt-rulebook"] = (Adoption(), null),
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
                Joint = given.Joint(
                    JointKind.Parties,
                    2,
                    given.Party("aurora"),
                    given.Party("cirrus")
                ),
                Release = weights,
                SealedPart = Digest.Of(ActJson.Write(s_terms)),
            };
    }
}
