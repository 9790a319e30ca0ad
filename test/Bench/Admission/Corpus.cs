using System.Security.Cryptography;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Bench.Admission;

/// <summary>Signed acts of parties that may do everything, made before measuring.</summary>
internal sealed class Corpus
{
    private static readonly string s_method = string.Join(
        ' ',
        Enumerable.Repeat("Counted from hardware hours and utilisation.", 16)
    );

    private readonly RunningAuthority _running;
    private readonly List<(PartyId Id, StatementSigner Key)> _parties = [];
    private int _number;

    private Corpus(RunningAuthority running) => _running = running;

    /// <summary>Admits so many parties.</summary>
    /// <param name="running">The authority.</param>
    /// <param name="parties">How many.</param>
    /// <param name="from">The number of the first, where others were admitted before.</param>
    public static async Task<Corpus> FoundAsync(RunningAuthority running, int parties, int from = 0)
    {
        var corpus = new Corpus(running) { _number = from * 1_000_000 };
        using var registrar = running.Keys.Read("registrar");
        for (var i = 0; i < parties; i++)
        {
            var key = StatementSigner.Create();
            var filed = await running.FileAsync(
                new Speaker.Authority(KeyPurpose.Registrar),
                Admission(from + i, key.PublicKey),
                registrar,
                CancellationToken.None
            );
            corpus._parties.Add((new(filed.Index), key));
        }

        return corpus;
    }

    public IReadOnlyList<Received> Models(int count) => Make(count, _ => Registration());

    /// <summary>One release for each of the first models.</summary>
    public IReadOnlyList<Received> Releases(int count) =>
        [
            .. _running
                .Intake.Current.World.Registry.Models.Values.Where(model => model.IsRegistered)
                .OrderBy(model => model.Id.Index)
                .Take(count)
                .Select(model => Sign(Party(model.Developer!.Value), Release(model.Id))),
        ];

    /// <summary>Seven types of act, in turn.</summary>
    public (Received[] Acts, int Types) Mixed(int count)
    {
        var registry = _running.Intake.Current.World.Registry;
        var models = registry
            .Models.Values.Where(model => model.IsRegistered)
            .OrderBy(model => model.Id.Index)
            .ToList();
        var releases = registry.Releases.Values.OrderBy(release => release.Id.Index).ToList();
        var acts = new Received[count];
        for (var i = 0; i < count; i++)
        {
            var model = models[i % models.Count];
            var owner = Party(model.Developer!.Value);
            acts[i] = (i % 20) switch
            {
                < 7 => Registered(),
                < 11 => Sign(_parties[i % _parties.Count], Report()),
                < 15 => Sign(owner, Release(model.Id)),
                15 or 16 when i / 20 * 2 + (i % 20) - 15 < releases.Count - 1 => Derived(
                    releases,
                    i / 20 * 2 + (i % 20) - 15 + 1
                ),
                17 => Sign(owner, Amendment(model.Id)),
                18 => Sign(_parties[i % _parties.Count], Grant(_parties[i % _parties.Count], i)),
                _ => Sign(
                    _parties[i % _parties.Count],
                    Deployment(releases[i % releases.Count].Id, _parties[i % _parties.Count].Id)
                ),
            };
        }

        return (acts, 7);
    }

    private Received Registered() => Make(1, _ => Registration())[0];

    private Received Derived(List<Concord.Rooms.Registry.ReleaseRecord> releases, int at) =>
        Sign(
            Party(releases[at].Developer),
            new Derive
            {
                Child = releases[at].Id,
                Parents = [SubjectId.Of(releases[at - 1].Id)],
                Relation = Relation.FineTune,
                By = releases[at].Developer,
                ComputeLow = Flop.Parse("1e22"),
                ComputeHigh = Flop.Parse("2e22"),
            }
        );

    private (PartyId Id, StatementSigner Key) Party(PartyId id) =>
        _parties.First(party => party.Id == id);

    private List<Received> Make(int count, Func<int, RegisterModel> act)
    {
        var acts = new List<Received>(count);
        for (var i = 0; i < count; i++)
        {
            var party = _parties[_number % _parties.Count];
            acts.Add(Sign(party, act(i) with { Developer = party.Id }));
        }

        return acts;
    }

    private Received Sign((PartyId Id, StatementSigner Key) party, Act act) =>
        Drafting.Compose(act, $"{_running.File.Origin}#{party.Id}", party.Key);

    private static AdmitParty Admission(int number, PublicKey key) =>
        new()
        {
            Name = $"Example Works {number:D4}",
            Country = "FR",
            Roles =
            [
                PartyRole.Datacentre,
                PartyRole.Developer,
                PartyRole.Host,
                PartyRole.Institute,
                PartyRole.Seller,
            ],
            Keys =
            [
                new()
                {
                    Key = key,
                    Holder = "administrator",
                    Role = KeyRole.Administrator,
                },
            ],
        };

    private RegisterModel Registration() =>
        new()
        {
            Developer = default,
            Name = $"Example model {++_number:D8}",
            TrainingCompute =
            [
                new()
                {
                    Profile = "eu.cumulative",
                    State = ComputeState.SoFar,
                    Low = Flop.Parse("2e24"),
                    High = Flop.Parse("3e24"),
                    Method = s_method,
                },
            ],
            Parameters = 7_000_000_000,
            ModalityOut = ["code", "text"],
            Training = new() { State = TrainingState.Finished, FinishedOn = new(2026, 1, 31) },
            IntendedRelease = new() { Weights = WeightsAccess.Open },
        };

    private ReportModel Report() =>
        new()
        {
            Name = $"Reported model {++_number:D8}",
            Developers = ["Example Works"],
            Countries = ["France"],
            TrainingCompute = new()
            {
                Figure = Flop.Parse("5e24"),
                Confidence = "Likely",
                Source = 0,
            },
            Parameters = new() { Value = "7000000000", Source = 0 },
            Domain = new() { Value = "Language", Source = 0 },
            Sources =
            [
                new() { Title = s_method[..400], Url = "https://example.invalid/table" },
                new() { Title = s_method[..400], Url = "https://example.invalid/other" },
            ],
        };

    private static Release Release(ModelId model) =>
        new()
        {
            Model = model,
            Name = "weights",
            Weights =
            [
                new()
                {
                    Digest = new(RandomNumberGenerator.GetBytes(32)),
                    Format = "safetensors",
                    SizeBytes = 14_000_000_000,
                },
            ],
            Licence = "Apache-2.0",
            Access = WeightsAccess.Open,
            ReleasedOn = new(2026, 2, 1),
        };

    private Amend Amendment(ModelId model) =>
        new()
        {
            Target = new(model.Index),
            Changes = System.Text.Json.JsonSerializer.SerializeToElement(
                new Dictionary<string, long> { ["parameters"] = 8_000_000_000 + ++_number }
            ),
            Reason = "Counted anew.",
        };

    private static GrantRole Grant((PartyId Id, StatementSigner Key) party, int number) =>
        new()
        {
            Party = party.Id,
            Key = party.Key.PublicKey.Id,
            Role = KeyRole.Administrator,
            Until = Instant.StartOf(new DateOnly(2036, 1, 1).AddDays(number)),
        };

    private Deploy Deployment(ReleaseId release, PartyId host) =>
        new()
        {
            Salt = Convert
                .ToBase64String(RandomNumberGenerator.GetBytes(16))
                .TrimEnd('=')
                .Replace('+', '-')
                .Replace('/', '_'),
            Release = release,
            Host = host,
            Service = $"https://service-{++_number}.example.invalid",
            Country = "FR",
            Purpose = "Translation",
            UsersMagnitude = 3,
            From = new(2026, 3, 1),
        };
}
