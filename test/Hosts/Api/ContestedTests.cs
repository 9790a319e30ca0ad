using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Contested acts and officers who left, as readers see them.</summary>
public sealed class ContestedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contested_registration_shows_it_and_who_stands_by_it()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, admin) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var stolen = await WithKeyAsync(server, tern, admin);
        var model = await IndexAsync(server, tern, stolen, Given.Model(tern, "Tern 1"));
        await server.FileAsync(server.Sign(tern, admin, Loss(server, stolen.PublicKey.Id)));

        var act = await server.ReadAsync($"acts/{new ActId(model)}");
        Assert.False(act.TryGetProperty("confirmed_by", out _));
        Assert.True(act.TryGetProperty("contested_since", out _));
        Assert.Contains("until then it counts", await PageAsync(server, model), Ordinal);
        var before = await ContestedAsync(server, new ModelId(model));
        Assert.False(before.TryGetProperty("confirmed_by", out _));

        var confirm = new Confirm
        {
            Target = new(model),
            ActDigest = DigestOf(act),
            Key = stolen.PublicKey.Id,
            Reason = "The minutes have it.",
        };
        var by = new ActId(await IndexAsync(server, tern, admin, confirm));
        act = await server.ReadAsync($"acts/{new ActId(model)}");
        Assert.Equal($"{by}", act.GetProperty("confirmed_by").GetString());
        Assert.Contains("Who said it stands by it", await PageAsync(server, model), Ordinal);
        var after = await ContestedAsync(server, new ModelId(model));
        Assert.Equal($"{by}", after.GetProperty("confirmed_by").GetString());
    }

    [Fact]
    public async Task A_signature_that_counts_no_more_is_told_with_why()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, admin) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var model = await IndexAsync(server, tern, admin, Given.Model(tern, "Tern 1"));
        var act = new Suspend
        {
            Joint = new()
            {
                Kind = JointKind.Officers,
                K = 2,
                Epoch = 1,
            },
            Target = SubjectId.Of(new ModelId(model)),
            Reason = "Weights were found unguarded.",
        };
        var proposal = await OfficerAsync(server, "regulator", 2, act);
        using (var left = server.Authority.Keys.Read(SandboxKeys.Officer("regulator", 2)))
        {
            await OfficerAsync(
                server,
                "regulator",
                1,
                new RevokeKey { Key = left.PublicKey.Id, Reason = "Their holder left." }
            );
        }

        await OfficerAsync(server, "institute", 1, act);
        var joint = (await server.ReadAsync($"acts/{new ActId(proposal)}")).GetProperty("joint");
        Assert.Equal(1, joint.GetProperty("counted").GetInt32());
        Assert.False(joint.TryGetProperty("in_force", out _));
        var first = joint.GetProperty("signatures")[0];
        Assert.Equal("key_ended", first.GetProperty("counts_no_more").GetString());
        var page = await PageAsync(server, proposal);
        Assert.Contains("Not in force: 1 of 2 signatures.", page, Ordinal);
        Assert.Contains("its key was ended before the act took effect", page, Ordinal);
        Assert.Contains("Ended", await PageAsync(server, "authority"), Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static Digest DigestOf(System.Text.Json.JsonElement act) =>
        Digest.TryParse(act.GetProperty("act_digest").GetString()!, out var digest)
            ? digest
            : throw new InvalidOperationException("The answer has no digest.");

    private static RevokeKey Loss(SandboxServer server, KeyId key) =>
        new()
        {
            Key = key,
            Reason = "It was stolen.",
            CompromisedSince = server.Authority.Intake.Current.World.Network.Genesis!.FoundedAt,
        };

    private static async Task<StatementSigner> WithKeyAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner admin
    )
    {
        var key = StatementSigner.Create();
        var add = new AddKey
        {
            Party = party,
            Key = new()
            {
                Key = key.PublicKey,
                Holder = "desk",
                Role = KeyRole.Filer,
            },
        };
        await server.FileAsync(server.Sign(party, admin, add));
        return key;
    }

    private static async Task<long> IndexAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        Act act
    ) => (await server.FileAsync(server.Sign(party, key, act))).GetProperty("index").GetInt64();

    private static async Task<long> OfficerAsync(
        SandboxServer server,
        string institution,
        int number,
        Act act
    )
    {
        using var key = server.Authority.Keys.Read(SandboxKeys.Officer(institution, number));
        var speaker = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
        var filed = await server.FileAsync(
            Drafting.Compose(act, $"{server.Origin}#{speaker}", key)
        );
        return filed.GetProperty("index").GetInt64();
    }

    private static Task<string> PageAsync(SandboxServer server, long index) =>
        PageAsync(server, $"acts/{new ActId(index)}");

    private static async Task<string> PageAsync(SandboxServer server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("text/html"));
        using var answer = await server.Client.SendAsync(request, Cancel);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<System.Text.Json.JsonElement> ContestedAsync(
        SandboxServer server,
        ModelId model
    )
    {
        var document = await server.ReadAsync($"models/{model}");
        var contested = document.GetProperty("standing").GetProperty("contested");
        return Assert.Single(contested.EnumerateArray());
    }
}
