using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Tests;

/// <summary>
/// A founded authority, some parties and their keys, in memory and signed for real: the world in
/// which a test says what is filed and what the law answers.
/// </summary>
internal sealed partial class Given
{
    public const string Origin = "sandbox-7e57.concord.invalid/log";

    private readonly Dictionary<string, (StatementSigner Signer, Func<string> Issuer)> _signers =
        new(StringComparer.Ordinal);

    public World World { get; private set; } = World.Empty;

    public List<Logged> Log { get; } = [];

    /// <summary>What was filed, with its documents, entry by entry.</summary>
    public List<Signed> Filed { get; } = [];

    public Instant Now => World.At;

    /// <summary>Founded, and not a tick more.</summary>
    public static Given Founded()
    {
        var given = new Given();
        var genesis = given.Genesis();
        given.File("root-1", genesis);
        given.File("root-2", genesis);
        return given;
    }

    /// <summary>Founded, with its first tick.</summary>
    public static Given Open()
    {
        var given = Founded();
        given.Tick(TimeSpan.FromMinutes(1));
        return given;
    }

    /// <summary>Open, with a developer, another developer, a host and an institute.</summary>
    public static Given Parties()
    {
        var given = Open();
        given.Adopt("eu-ai-act");
        given.Adopt("concord-readings");
        given.Admit("aurora", "Aurora Labs", PartyRole.Developer, PartyRole.Seller);
        given.Admit("borealis", "Borealis Models", PartyRole.Developer);
        given.Admit("cirrus", "Cirrus Hosting", PartyRole.Host, PartyRole.Datacentre);
        given.Admit("delta", "Delta Institute", PartyRole.Institute);
        return given;
    }

    public void Adopt(string rulebook) =>
        FileJointly(
            "officer-a-1",
            "officer-b-1",
            new AdoptRulebook
            {
                Joint = Joint(JointKind.Institutions),
                AppliesFrom = Now.Day,
                Rulebook = RulebookFiles.Element(rulebook),
            }
        );

    public PartyId Party(string name) =>
        ((Speaker.Party)World.Network.Keys[Key(name).Id].Speaker).Id;

    public PublicKey Key(string name) => Signer(name).PublicKey;

    public StatementSigner Signer(string name)
    {
        if (!_signers.TryGetValue(name, out var known))
        {
            known = (StatementSigner.Create(), () => IssuerOf(name));
            _signers[name] = known;
        }

        return known.Signer;
    }

    /// <summary>Files an act that must be admitted, and returns its log index.</summary>
    public long File(string signer, Act act, SealedPart? sealedPart = null) =>
        FileAs(signer, act, issuer: null, sealedPart);

    /// <summary>The same in the name of an issuer whom the key does not speak for yet.</summary>
    public long FileAs(string signer, Act act, string? issuer, SealedPart? sealedPart = null)
    {
        var signed = Sign(signer, act, sealedPart, issuer);
        var verdict = Law.Judge(World, signed);
        if (verdict is not Verdict.Admitted admitted)
        {
            throw new InvalidOperationException(
                verdict is Verdict.Refused refused ? refused.Refusal.ToString() : verdict.ToString()
            );
        }

        var logged = admitted.Act.At(World.Size);
        World = World.Fold(logged);
        Log.Add(logged);
        Filed.Add(signed);
        return logged.Index;
    }

    /// <summary>
    /// Files a joint act by two signers, and returns the index of the first signature.
    /// </summary>
    public long FileJointly(
        string first,
        string second,
        JointAct act,
        SealedPart? sealedPart = null
    )
    {
        var index = File(first, act, sealedPart);
        File(second, act, sealedPart);
        return index;
    }

    public Verdict Judge(string signer, Act act, SealedPart? sealedPart = null) =>
        Law.Judge(World, Sign(signer, act, sealedPart));

    /// <summary>
    /// The code of the fault or refusal, <c>admitted</c> or <c>duplicate</c>.
    /// </summary>
    public string Answer(string signer, Act act, SealedPart? sealedPart = null) =>
        TrySign(signer, act, sealedPart, issuer: null, out var fault) is not { } signed
            ? fault!.Code
            : Law.Judge(World, signed) switch
            {
                Verdict.Refused refused => refused.Refusal.Code,
                Verdict.Duplicate => "duplicate",
                _ => "admitted",
            };

    public Refusal Refusal(string signer, Act act, SealedPart? sealedPart = null) =>
        ((Verdict.Refused)Judge(signer, act, sealedPart)).Refusal;

    public Signed Sign(
        string signer,
        Act act,
        SealedPart? sealedPart = null,
        string? issuer = null
    ) =>
        TrySign(signer, act, sealedPart, issuer, out var fault)
        ?? throw new InvalidOperationException(fault?.ToString());

    public Signed? TrySign(
        string signer,
        Act act,
        SealedPart? sealedPart,
        string? issuer,
        out OpeningFault? fault
    )
    {
        var key = Signer(signer);
        var received = Drafting.Compose(
            act,
            issuer ?? _signers[signer].Issuer(),
            key,
            sealedPart,
            FilesOf(act)
        );
        Opening.TryOpen(
            received,
            id => World.Network.KeyOf(id) ?? (id == key.PublicKey.Id ? key.PublicKey : null),
            out var signed,
            out fault
        );
        return signed;
    }

    public JointTerms Joint(JointKind kind, int k = 2, params PartyId[] parties) =>
        new()
        {
            Kind = kind,
            K = k,
            Epoch = World.Network.KeySet?.Epoch ?? 0,
            Parties = parties.Length == 0 ? null : parties,
        };

    public PartyId Admit(string name, string title, params PartyRole[] roles)
    {
        File("registrar", Admission(name, title, roles));
        return Party(name);
    }

    public AdmitParty Admission(string name, string title, params PartyRole[] roles) =>
        new()
        {
            Name = title,
            Country = "FR",
            Roles = [.. roles.OrderBy(role => role.ToString(), StringComparer.Ordinal)],
            Keys =
            [
                new()
                {
                    Key = Key(name),
                    Holder = "administrator",
                    Role = KeyRole.Administrator,
                },
            ],
        };

    /// <summary>Adds a key to a party under the name <c>party/role</c>.</summary>
    public string AddKey(string party, string name, KeyRole role, Instant? expires = null)
    {
        File(
            party,
            new AddKey
            {
                Party = Party(party),
                Key = new()
                {
                    Key = Key(name),
                    Holder = name,
                    Role = role,
                    Expires = expires,
                },
            }
        );
        return name;
    }

    public RegisterModel Registration(string party, string name = "Tern 1") =>
        new()
        {
            Developer = Party(party),
            Name = name,
            TrainingCompute =
            [
                new()
                {
                    Profile = "eu.cumulative",
                    State = ComputeState.SoFar,
                    Low = Flop.Parse("2e25"),
                    High = Flop.Parse("3e25"),
                },
            ],
            ModalityOut = ["text"],
            Training = new() { State = TrainingState.Finished, FinishedOn = Now.Day.AddDays(-30) },
            IntendedRelease = new() { Weights = WeightsAccess.Open },
        };

    public ModelId Register(string party, string name = "Tern 1") =>
        Register(party, Registration(party, name));

    public ModelId Register(string party, RegisterModel act) => new(File(party, act));

    public ReportModel Report(string name = "Osprey 7", params ReportedParent[] parents) =>
        new()
        {
            Name = name,
            Developers = ["Example Works"],
            TrainingCompute = new()
            {
                Figure = Flop.Parse("5e25"),
                Confidence = "Likely",
                Source = 0,
            },
            BaseModels = parents,
            Sources = [new() { Title = "A table of models, 2026" }],
        };

    public Release Release(ModelId model, string weights, string name = "weights") =>
        new()
        {
            Model = model,
            Name = name,
            Weights =
            [
                new()
                {
                    Digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(weights)),
                    Format = "safetensors",
                    SizeBytes = 1_000,
                },
            ],
            Licence = "Apache-2.0",
            Access = WeightsAccess.Open,
            ReleasedOn = Now.Day,
        };

    public ReleaseId Publish(string party, ModelId model, string weights) =>
        new(File(party, Release(model, weights, $"release {weights}")));

    public Derive Derivation(string party, ReleaseId child, params SubjectId[] parents) =>
        new()
        {
            Child = child,
            Parents = [.. parents],
            Relation = Relation.FineTune,
            By = Party(party),
            ComputeLow = Flop.Parse("1e22"),
            ComputeHigh = Flop.Parse("2e22"),
        };

    public Suspend Suspension(SubjectId target) =>
        new()
        {
            Joint = Joint(JointKind.Officers),
            Target = target,
            Reason = "An evaluation was not filed.",
        };

    public Certify Certificate(SubjectId target, TimeSpan lasts) =>
        new()
        {
            Joint = Joint(JointKind.Officers),
            Target = target,
            Reason = "All that was asked is on file.",
            Until = Now + lasts,
        };

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public Genesis Genesis() =>
        new()
        {
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = 2,
                Epoch = 0,
            },
            Authority = new() { Name = "Test Authority", Country = "FR" },
            Origin = Origin,
            Sandbox = true,
            Roots = new()
            {
                T = 2,
                Keys = [.. Enumerable.Range(1, 3).Select(i => Named($"root-{i}", $"root-{i}"))],
            },
            FoundedAt = Instant.StartOf(new DateOnly(2026, 11, 1)),
            KeySet = KeySet(1),
        };

    public KeySetBody KeySet(int epoch) =>
        new()
        {
            Epoch = epoch,
            Institutions =
            [
                .. new[] { "a", "b", "c" }.Select(name => new Institution
                {
                    Name = name,
                    Title = $"Institution {name}",
                    Officers = [Named($"officer-{name}-1", "1"), Named($"officer-{name}-2", "2")],
                }),
            ],
            Permitters = [],
            AuthorityKeys =
            [
                .. Enum.GetValues<KeyPurpose>()
                    .Select(purpose => new AuthorityKey
                    {
                        Purpose = purpose,
                        Key = Key(purpose.ToString().ToLowerInvariant()),
                    }),
            ],
            LogKeys =
            [
                "sandbox-7e57.concord.invalid/log+779fbb0d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            ],
            Thresholds = new()
            {
                K = 2,
                KStop = 2,
                KLift = 2,
                Q = 0,
                N = 0,
                HeadAgeMaxSeconds = 14_400,
                Lifetimes = [],
            },
        };

    private NamedKey Named(string signer, string name) => new() { Name = name, Key = Key(signer) };

    private string IssuerOf(string name) =>
        World.Network.Keys.TryGet(Signer(name).PublicKey.Id, out var record)
            ? World.Network.IssuerOf(record.Speaker)
        : name.StartsWith("root-", StringComparison.Ordinal) ? $"{Origin}#root/{name}"
        : $"{Origin}#P-0000-0000";
}
