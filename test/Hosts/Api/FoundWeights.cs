using System.Text;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;
using Concord.Tests;

namespace Concord.Hosts.Api;

/// <summary>
/// A base with its fingerprint, and a copy of it that a hub has found: filed for real, by parties
/// with invented names.
/// </summary>
internal sealed class FoundWeights
{
    private static readonly FoundPlace s_place = new()
    {
        Salt = Given.Salt,
        Place = "https://hub.example.invalid/someone/tern-q4",
    };

    private readonly SandboxServer _server;
    private readonly (PartyId Id, StatementSigner Key) _maker;
    private readonly (PartyId Id, StatementSigner Key) _hub;

    private FoundWeights(
        SandboxServer server,
        (PartyId, StatementSigner) maker,
        (PartyId, StatementSigner) hub
    ) => (_server, _maker, _hub) = (server, maker, hub);

    /// <summary>The model and its release.</summary>
    public ModelId Model { get; private set; }

    /// <summary>The release.</summary>
    public ReleaseId Release { get; private set; }

    /// <summary>The fingerprint of the base.</summary>
    public static Fingerprint Base { get; } = Prints.Of(1);

    /// <summary>The fingerprint of what was made from it.</summary>
    public static Fingerprint Copy { get; } = Prints.Of(1, variant: 2);

    /// <summary>The file that was found.</summary>
    public static Digest File { get; } = Digest.Of("a file of four bits"u8);

    /// <summary>Registers a base, with its fingerprint.</summary>
    /// <param name="server">Where it is registered.</param>
    /// <param name="name">Its name.</param>
    /// <param name="by">Its developer with a key; null: one that is admitted for it.</param>
    public static async Task<FoundWeights> BaseAsync(
        SandboxServer server,
        string name = "Ibis 1",
        (PartyId Id, StatementSigner Key)? by = null
    )
    {
        var maker = by ?? await server.AdmitAsync($"{name} Makers", PartyRole.Developer);
        var hub = await server.AdmitAsync($"{name} Hub", PartyRole.Host);
        var story = new FoundWeights(server, maker, hub);
        story.Model = new(await story.FileAsync(maker, Given.Model(maker.Id, name)));
        var tick = server.Authority.Intake.Current.World.At;
        story.Release = new(
            await story.FileAsync(maker, Given.Release(story.Model, tick.Day) with { Name = name })
        );
        await story.FileAsync(
            maker,
            new FingerprintAct
            {
                Release = story.Release,
                By = maker.Id,
                Weights = Recognition.DigestOf(Base),
                Method = Fingerprint.Version,
                Small = Prints.Text(Base),
            }
        );
        return story;
    }

    /// <summary>The hub reports that it found a copy.</summary>
    public async Task<ActId> FindAsync()
    {
        var tick = _server.Authority.Intake.Current.World.At;
        var act = new FoundCopy
        {
            Release = Release,
            By = _hub.Id,
            Files = [File],
            Weights = Recognition.DigestOf(Copy),
            Fingerprint = Prints.Text(Copy),
            Evidence = CopyEvidence.Fingerprint,
            MinusLog10P = 150,
            Relation = Relation.Quantisation,
            Tool = "concord 1.0",
            Kind = PlaceKind.Hub,
            Country = "CH",
            FoundOn = tick.Day,
            SealedPart = Digest.Of(ActJson.Write(s_place)),
        };
        return new(await FileAsync(_hub, act, s_place));
    }

    /// <summary>The maker objects to a match.</summary>
    public async Task<ActId> ObjectAsync(ActId match) =>
        new(
            await FileAsync(
                _maker,
                new Dispute
                {
                    By = _maker.Id,
                    Target = match,
                    Side = DisputeSide.Parent,
                    Grounds = "We gave those weights to the uploader under a licence.",
                }
            )
        );

    /// <summary>Two officers suspend the base.</summary>
    public async Task SuspendAsync()
    {
        var act = new Suspend
        {
            Joint = new()
            {
                Kind = JointKind.Officers,
                K = 2,
                Epoch = 1,
            },
            Target = SubjectId.Of(Model),
            Reason = "An evaluation was not filed.",
        };
        foreach (var (institution, number, name) in SandboxKeys.Deciding)
        {
            using var key = _server.Authority.Keys.Read(name);
            var officer = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
            await _server.Authority.FileAsync(officer, act, key, default);
        }
    }

    private async Task<long> FileAsync(
        (PartyId Id, StatementSigner Key) party,
        Act act,
        SealedPart? part = null
    )
    {
        var filed = await _server.FileAsync(_server.Sign(party.Id, party.Key, act, part));
        return filed.GetProperty("index").GetInt64();
    }
}
