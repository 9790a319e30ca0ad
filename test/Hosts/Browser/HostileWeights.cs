using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Concord.Tests;

namespace Concord.Hosts.Browser;

/// <summary>What a stranger writes freely about weights.</summary>
internal static class HostileWeights
{
    private const string Hostile = HostileFilings.Text;

    /// <summary>Files it.</summary>
    public static async Task FileAsync(
        SandboxServer server,
        (PartyId Id, StatementSigner Key) party,
        List<object> acts,
        List<string> addresses
    )
    {
        async Task<long> File(
            (PartyId Id, StatementSigner Key) by,
            Act act,
            SealedPart? part = null
        )
        {
            acts.Add(act);
            var filed = await server.FileAsync(server.Sign(by.Id, by.Key, act, part));
            var index = filed.GetProperty("index").GetInt64();
            addresses.Add($"/acts/{new ActId(index)}");
            return index;
        }

        var day = server.Authority.Intake.Current.World.At.Day;
        var other = await server.AdmitAsync("Whoever objects", PartyRole.Developer);
        var model = await File(party, Given.Model(party.Id, Hostile + "5"));
        var release = new ReleaseId(await File(party, Given.Release(new(model), day)));
        var print = Prints.Of(5);
        await File(
            party,
            new FingerprintAct
            {
                Release = release,
                By = party.Id,
                Weights = Recognition.DigestOf(print),
                Method = Fingerprint.Version,
                Small = Prints.Text(print),
            }
        );
        var evidence = await File(party, Evidence(party.Id, release, day));
        var place = new FoundPlace { Salt = Given.Salt, Place = Hostile };
        var found = await File(party, Found(party.Id, release, day, place), place);
        await File(
            other,
            new Dispute
            {
                By = other.Id,
                Target = new(found),
                Side = DisputeSide.Child,
                Grounds = Hostile,
            }
        );
        addresses.Add($"/models/{new ModelId(model)}");
        addresses.Add($"/matches/{new ActId(evidence)}");
        addresses.Add($"/matches/{new ActId(found)}");
    }

    private static EvidenceAct Evidence(PartyId by, ReleaseId release, DateOnly day) =>
        new()
        {
            By = by,
            Child = new() { File = Digest.Of("another"u8) },
            Parent = new() { Release = release },
            Method = "unit-agreement",
            MethodVersion = 1,
            Tool = Hostile,
            Statistic = Hostile,
            MinusLog10P = 30,
            Comparisons = 1,
            Direction = new() { Ground = DirectionGround.Documents, Says = Hostile },
            ComparedOn = day,
        };

    private static FoundCopy Found(PartyId by, ReleaseId release, DateOnly day, FoundPlace place) =>
        new()
        {
            Release = release,
            By = by,
            Files = [Digest.Of("a file"u8)],
            Fingerprint = Prints.Text(Prints.Of(5, variant: 1)),
            Evidence = CopyEvidence.Fingerprint,
            MinusLog10P = 100,
            Tool = Hostile,
            Kind = PlaceKind.Other,
            FoundOn = day,
            SealedPart = Digest.Of(ActJson.Write(place)),
        };
}
