using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Invitations and keys that add themselves, over HTTP.</summary>
public sealed class JoiningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_the_code_joins_and_files()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, admin) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var code = InvitationCode.SignerOf(InvitationCode.Of(new byte[16]))!;
        var invitation = await InviteAsync(server, tern, admin, code);
        using var key = StatementSigner.Create();
        await server.FileAsync(server.Sign(tern, key, Joining(tern, invitation, code, key)));
        await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1")));

        var keys = $"/parties/{tern}";
        using var request = new HttpRequestMessage(HttpMethod.Get, keys);
        request.Headers.Accept.Add(new("application/json"));
        using var answer = await server.Client.SendAsync(request, Cancel);
        var party = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(
            party.GetProperty("keys").EnumerateArray(),
            one => one.GetProperty("key").GetString() == $"{key.PublicKey.Id}"
        );
    }

    [Fact]
    public async Task Who_guesses_is_told_what_a_stranger_is_told()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, admin) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var code = StatementSigner.Create();
        using var guess = StatementSigner.Create();
        using var key = StatementSigner.Create();
        var invitation = await InviteAsync(server, tern, admin, code);
        var acts = server.Acts;
        var open = Joining(tern, invitation, guess, key);
        var none = open with { Invitation = open.Invitation! with { Invite = new(0) } };
        var told = new List<string>
        {
            await ToldAsync(server, server.Sign(tern, key, Given.Model(tern, "Tern 1"))),
            await ToldAsync(server, server.Sign(tern, key, open)),
            await ToldAsync(server, server.Sign(tern, key, none)),
        };

        Assert.Equal($"no party, officer or root has the key {key.PublicKey.Id}", told[0]);
        Assert.Single(told.Distinct());
        Assert.Equal(acts, server.Acts);
    }

    [Fact]
    public async Task A_party_s_administrators_alone_see_its_invitations()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, admin) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (gull, other) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        using var code = StatementSigner.Create();
        using var filer = StatementSigner.Create();
        var invitation = await InviteAsync(server, tern, admin, code);
        var path = $"/parties/{tern}/invitations";
        Assert.Equal("open", (await LineAsync()).GetProperty("state").GetString());
        await server.FileAsync(server.Sign(tern, filer, Joining(tern, invitation, code, filer)));

        Assert.Equal("accepted", (await LineAsync()).GetProperty("state").GetString());
        using var officer = server.Authority.Keys.Read("officer-board-1");
        (string Speaker, StatementSigner Key)[] readers =
        [
            ($"{tern}", filer),
            ($"{gull}", other),
            ("officer/board/officer-1", officer),
        ];
        foreach (var reader in readers)
        {
            using var answer = await server.ReadAsAsync(reader.Speaker, reader.Key, path, "Case 7");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var unsigned = await server.Client.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);

        async Task<JsonElement> LineAsync()
        {
            using var answer = await server.ReadAsAsync($"{tern}", admin, path);
            var body = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
            return Assert.Single(body.GetProperty("invitations").EnumerateArray());
        }
    }

    private static async Task<ActId> InviteAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner admin,
        StatementSigner code
    )
    {
        var act = new Invite
        {
            Party = party,
            Role = KeyRole.Filer,
            Holder = "head of safety",
            Code = code.PublicKey,
            Until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(7),
        };
        var filed = await server.FileAsync(server.Sign(party, admin, act));
        return new(filed.GetProperty("index").GetInt64());
    }

    private static AddKey Joining(
        PartyId party,
        ActId invitation,
        StatementSigner code,
        StatementSigner key
    ) =>
        new()
        {
            Party = party,
            Key = new()
            {
                Key = key.PublicKey,
                Holder = "head of safety",
                Role = KeyRole.Filer,
            },
            Invitation = new()
            {
                Invite = invitation,
                Proof = Base64Url.EncodeToString(
                    code.SignDigest(InvitationCode.DigestFor(key.PublicKey.Id))
                ),
            },
        };

    private static async Task<string> ToldAsync(SandboxServer server, Received received)
    {
        using var answer = await server.PostAsync(received);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var body = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
        return body.GetProperty("detail").GetString()!;
    }
}
