using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>One act of every type, of the same small story; keys are for tests alone.</summary>
internal static partial class ExampleActs
{
    private const string Salt = "AAECAwQFBgcICQoLDA0ODw";

    public static readonly Instant Noon = At("2026-03-01T12:00:00Z");

    public static IReadOnlyDictionary<string, Act> All { get; } =
        Acts().ToDictionary(act => ActTable.Of(act).Name, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, SealedPart> Parts { get; } =
        new Dictionary<string, SealedPart>(StringComparer.Ordinal)
        {
            ["network/appeal/1"] = Grounds,
            ["network/decide-appeal/1"] = Reasons,
            ["network/site/1"] = Address,
            ["registry/register-model/1"] = Details,
            ["registry/transfer/1"] = Terms,
            ["lineage/found-copy/1"] = Place,
        };

    public static SiteAddress Address => new() { Salt = Salt, Address = "Hafenstraße 1, Hamburg" };

    public static AppealGrounds Grounds =>
        new()
        {
            Salt = Salt,
            Grounds = "The customer may not be named.",
            Refusal = "0oRYrA",
        };

    public static AppealReasons Reasons =>
        new() { Salt = Salt, Reasons = "The customer confirmed it." };

    public static RegistrationDetails Details =>
        new() { Salt = Salt, WeightsCustody = "Two vaults, four persons, no network." };

    public static TransferTerms Terms =>
        new()
        {
            Salt = Salt,
            Kind = TransferKind.Licence,
            Territory = ["DE", "FR"],
            Effective = Day("2026-04-01"),
        };

    public static PublicKey Key(byte fill)
    {
        using var signer = CoseGiven.Signer(fill);
        return signer.PublicKey;
    }

    private static IEnumerable<Act> Acts() =>
        [.. Network(), .. Registry(), .. Standing(), .. Lineage()];

    private static IEnumerable<Act> Network()
    {
        yield return new Genesis
        {
            Authority = new() { Name = "Office for Large Models", Country = "DE" },
            Origin = "concord.example/log",
            Sandbox = false,
            Roots = new() { T = 2, Keys = [Named("anna", 1), Named("boris", 2), Named("chen", 3)] },
            FoundedAt = Noon,
            KeySet = Keys(1),
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = 2,
                Epoch = 0,
            },
        };
        yield return new KeySet
        {
            Previous = Digest.Of("genesis"u8),
            Body = Keys(2),
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = 2,
                Epoch = 1,
            },
        };
        yield return new Tick { Time = Noon };
        yield return new ResumeClock
        {
            From = Noon,
            To = At("2026-03-04T08:15:00Z"),
            Reason = "The machine stood still over a weekend.",
            Joint = Institutions,
        };
        yield return new Outage
        {
            From = Noon,
            To = At("2026-03-02T08:15:00Z"),
            Reason = "The line to the machine was cut.",
            Joint = Institutions,
        };
        yield return new RecoverKeys
        {
            Party = new(2),
            Key = new()
            {
                Key = Key(22),
                Holder = "Registration office",
                Role = KeyRole.Administrator,
            },
            Reason = "The safe burnt; the board asked in person.",
            Joint = Institutions,
        };
        yield return new AdmitParty
        {
            Name = "Vela Labs GmbH",
            Country = "DE",
            Lei = "7LTWFZYICNSX8D621K86",
            Ror = "05gq02987",
            Roles = [PartyRole.Developer, PartyRole.Host],
            Keys =
            [
                new()
                {
                    Key = Key(20),
                    Holder = "Registration office",
                    Role = KeyRole.Administrator,
                },
            ],
        };
        yield return new AddKey
        {
            Party = new(7),
            Key = new()
            {
                Key = PublicKey.Webauthn(
                    Key(21).X.Span,
                    Key(21).Y.Span,
                    "concord.example",
                    ["https://concord.example"]
                ),
                Holder = "Head of safety",
                Role = KeyRole.Filer,
                Expires = At("2027-03-01T00:00:00Z"),
            },
            Invitation = new()
            {
                Invite = new(60),
                Proof = System.Buffers.Text.Base64Url.EncodeToString(new byte[64]),
            },
        };
        yield return new Invite
        {
            Party = new(7),
            Role = KeyRole.Filer,
            Holder = "Head of safety",
            Code = Key(23),
            Until = At("2026-03-08T12:00:00Z"),
        };
        yield return new RevokeKey
        {
            Key = Key(21).Id,
            Reason = "The token was lost.",
            CompromisedSince = Noon,
        };
        yield return new GrantRole
        {
            Party = new(7),
            Key = Key(21).Id,
            Role = KeyRole.Reader,
            Until = At("2026-12-31T23:59:59.500Z"),
        };
        yield return new DelegateAct
        {
            Party = new(7),
            To = new(9),
            Acts = ["registry/amend", "registry/register-model"],
            Until = At("2027-03-01T00:00:00Z"),
        };
        yield return new Appoint
        {
            Institution = "regulator",
            Name = "intake",
            Role = StaffRole.Clerk,
            Key = Key(23),
            Until = At("2027-03-01T00:00:00Z"),
        };
        yield return new Site
        {
            Operator = new(7),
            Name = "Hall 3",
            Country = "DE",
            Region = "DE-HH",
            SealedPart = Digest.Of(ActJson.Write(Address)),
        };
        yield return new AdoptRulebook
        {
            AppliesFrom = Day("2026-03-01"),
            Rulebook = JsonElement.Parse("""{"id":"example","title":"An example","duties":[]}"""),
            Joint = Institutions,
        };
        yield return new VoidAct
        {
            Target = new(40),
            Replacement = JsonElement.Parse("""{"name":"Tern 1","notes":null}"""),
            Reason = "The name was that of a person.",
            Joint = Institutions,
        };
        yield return new Erase
        {
            Target = new(40),
            Attachment = Digest.Of("a letter with its salt"u8),
            Reason = "The person who wrote it asked for it.",
        };
        yield return new Appeal
        {
            By = new(7),
            Against = new(80),
            Grounds = "The weights lie in two vaults.",
            AsksStay = true,
            SealedPart = Digest.Of(ActJson.Write(Grounds)),
        };
        yield return new DecideAppeal
        {
            Appeal = new(90),
            Outcome = AppealOutcome.SetAside,
            Reason = "The audit mistook the vault.",
            SealedPart = Digest.Of(ActJson.Write(Reasons)),
            Joint = Institutions,
        };
        yield return new Confirm
        {
            Target = new(50),
            ActDigest = Digest.Of("an act"u8),
            Key = Key(22).Id,
            Reason = "The minutes of that day have it.",
        };
        yield return new Reveal
        {
            Target = new(50),
            Document = System.Buffers.Text.Base64Url.EncodeToString(ActJson.Write(Details)),
            Reason = "The model is out.",
        };
        yield return new ReadRoot
        {
            Day = Day("2026-02-28"),
            Count = 2,
            Root = Digest.Of("two readings"u8),
        };
        yield return new RefusalRoot
        {
            Day = Day("2026-02-28"),
            Count = 0,
            Root = MerkleTree.EmptyRoot,
        };
    }

    private static JointTerms Institutions =>
        new()
        {
            Kind = JointKind.Institutions,
            K = 2,
            Epoch = 1,
        };

    private static JointTerms Officers =>
        new()
        {
            Kind = JointKind.Officers,
            K = 2,
            Epoch = 1,
        };

    private static KeySetBody Keys(int epoch) =>
        new()
        {
            Epoch = epoch,
            Institutions =
            [
                Institution("office", "Office", 4),
                Institution("institute", "Safety Institute", 6),
                Institution("ombud", "Ombudsperson", 8),
            ],
            Permitters = [],
            AuthorityKeys =
            [
                new() { Purpose = KeyPurpose.Registrar, Key = Key(10) },
                new() { Purpose = KeyPurpose.Tick, Key = Key(11) },
                new() { Purpose = KeyPurpose.Refusal, Key = Key(12) },
                new() { Purpose = KeyPurpose.Receipt, Key = Key(13) },
                new() { Purpose = KeyPurpose.Standing, Key = Key(19) },
            ],
            LogKeys = ["concord.example/log+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"],
            Thresholds = new()
            {
                K = 2,
                KStop = 2,
                KLift = 2,
                Q = 0,
                N = 0,
                HeadAgeMaxSeconds = 14_400,
                Lifetimes = [new() { Class = "frontier", Seconds = 30 }],
                Appeals = epoch == 1 ? null : new() { FilingDays = 30, DecisionDays = 60 },
            },
        };

    private static Institution Institution(string name, string title, byte fill) =>
        new()
        {
            Name = name,
            Title = title,
            Officers = [Named("first", fill), Named("second", (byte)(fill + 1))],
        };

    private static NamedKey Named(string name, byte fill) => new() { Name = name, Key = Key(fill) };

    private static Instant At(string text)
    {
        Assert.True(Instant.TryParse(text, out var instant));
        return instant;
    }

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
