using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Somebody at a browser with an authenticator of their own (Web Authentication's virtual one, in a
/// real chromium), and a sandbox where a party has invited them.
/// </summary>
internal sealed class Signing : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Desk _desk;
    private readonly StatementSigner _administrator;

    private Signing(
        SandboxServer server,
        (PartyId Id, StatementSigner Key) party,
        (IPlaywright Playwright, IBrowser Browser) browsing,
        Desk desk
    )
    {
        Server = server;
        (Party, _administrator) = party;
        (_playwright, _browser) = browsing;
        _desk = desk;
    }

    public SandboxServer Server { get; }

    public PartyId Party { get; }

    /// <summary>The key of the party's administrator, at no browser.</summary>
    public StatementSigner Administrator => _administrator;

    public IPage Page => _desk.Page;

    /// <summary>Where the site is, as browsers write it.</summary>
    public string Origin => Server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static async Task<Signing> StartAsync(
        bool isFurnished = false,
        TimeProvider? time = null
    )
    {
        var server = await SandboxServer.StartAsync(
            running: time is null ? null : new() { Time = time }
        );
        if (isFurnished)
        {
            await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), default);
        }

        var party = await server.AdmitAsync("Tern Labs", PartyRole.Developer, PartyRole.Host);
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var desk = await Desk.OpenAsync(browser, server.Client.BaseAddress!.ToString());
        return new(server, party, (playwright, browser), desk);
    }

    /// <summary>Has the party's administrator invite somebody.</summary>
    /// <returns>The invitation and its code.</returns>
    public Task<(ActId Id, string Code)> InviteAsync(string holder = "head of safety") =>
        InviteAsync(Party, _administrator, holder);

    private async Task<(ActId Id, string Code)> InviteAsync(
        PartyId party,
        StatementSigner administrator,
        string holder
    )
    {
        var code = InvitationCode.Of(RandomNumberGenerator.GetBytes(InvitationCode.Size));
        using var key = InvitationCode.SignerOf(code)!;
        var filed = await Server.FileAsync(
            Server.Sign(
                party,
                administrator,
                new Invite
                {
                    Party = party,
                    Role = KeyRole.Filer,
                    Holder = holder,
                    Code = key.PublicKey,
                    Until = Server.Authority.Intake.Current.World.At + TimeSpan.FromDays(7),
                }
            )
        );
        return (new(filed.GetProperty("index").GetInt64()), code);
    }

    /// <summary>Joins by the page, and gives the passkey that was added.</summary>
    public async Task<PublicKey> JoinAsync()
    {
        await JoinAsync(await InviteAsync());
        return Passkey;
    }

    /// <summary>
    /// Has another party admitted, and joins it by the page with the only passkey that is left:
    /// somebody else at another browser.
    /// </summary>
    public async Task<PartyId> JoinAnotherAsync(string name, params PartyRole[] roles)
    {
        var (other, key) = await Server.AdmitAsync(name, roles);
        using (key)
        {
            await _desk.Devices.SendAsync(
                "WebAuthn.clearCredentials",
                new() { ["authenticatorId"] = _desk.Authenticator }
            );
            await JoinAsync(await InviteAsync(other, key, "counsel"));
        }

        return other;
    }

    private async Task JoinAsync((ActId Id, string Code) invitation)
    {
        var (id, code) = invitation;
        await Page.GotoAsync($"/join?invitation={id}");
        await Page.GetByLabel("One-time code").FillAsync(code);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await SignAsync();
        await FiledAsync();
    }

    /// <summary>The passkey that the party has.</summary>
    public PublicKey Passkey
    {
        get
        {
            var network = Server.Authority.Intake.Current.World.Network;
            return Assert.Single(
                network.Parties[Party].Keys.Select(id => network.Keys[id].Key),
                key => key.Kind == SignerKind.Webauthn
            );
        }
    }

    /// <summary>Goes to the act that registers a model, ready to be signed.</summary>
    public async Task CheckModelAsync(string name)
    {
        await Page.GotoAsync($"/file/register-model?party={Party}");
        await Page.GetByLabel("Name of the model").FillAsync(name);
        await Page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" })
            .ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Check before you sign");
    }

    /// <summary>Presses the button that has the passkey sign.</summary>
    public Task SignAsync() => Page.Locator("#sign-button").ClickAsync();

    /// <summary>Waits for the receipt, and gives the id of the act.</summary>
    public async Task<string> FiledAsync()
    {
        await Page.WaitForURLAsync("**/acts/*?filed=true");
        return new Uri(Page.Url).AbsolutePath["/acts/".Length..];
    }

    /// <summary>Files an act of the party by its administrator's key, at no browser.</summary>
    /// <returns>Its log index.</returns>
    public async Task<long> FileAsync(Act act, SealedPart? part = null)
    {
        var filed = await Server.FileAsync(Server.Sign(Party, _administrator, act, part));
        return filed.GetProperty("index").GetInt64();
    }

    /// <summary>Waits until a sealed act is filed, and keeps what the page offers.</summary>
    /// <returns>The id of the act, and the sealed document.</returns>
    public async Task<(string Id, string Sealed)> KeptAsync()
    {
        await Assertions.Expect(Page.Locator("#heading")).ToHaveTextAsync("Filed");
        await Assertions.Expect(Page.Locator("#heading")).ToBeFocusedAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() =>
            Page.Locator("#keep").ClickAsync()
        );
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        return (download.SuggestedFilename.Split('.')[0], text);
    }

    /// <summary>What the page says went wrong.</summary>
    public async Task<string> TroubleAsync()
    {
        var trouble = Page.Locator("#trouble");
        await Assertions.Expect(trouble).ToBeVisibleAsync();
        await Assertions.Expect(trouble).ToBeFocusedAsync();
        return await trouble.InnerTextAsync();
    }

    /// <summary>Whether the authenticator recognises who holds it.</summary>
    public Task VerifyUserAsync(bool isVerified) =>
        _desk.Devices.SendAsync(
            "WebAuthn.setUserVerified",
            new() { ["authenticatorId"] = _desk.Authenticator, ["isUserVerified"] = isVerified }
        );

    /// <summary>The desk of another person, with an authenticator of their own.</summary>
    public Task<Desk> OtherDeskAsync() =>
        Desk.OpenAsync(_browser, Server.Client.BaseAddress!.ToString());

    /// <summary>
    /// Has the passkey sign an act at whatever page is open, by a script of somebody else's.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>> SignByScriptAsync(
        Act act,
        PublicKey key,
        string verification = "required"
    )
    {
        var issuer = $"{Server.Origin}#{Party}";
        var (unsigned, _, _) = Drafting.Prepare(act, issuer, key);
        var challenge = WebauthnAssertion.Challenge("statement", unsigned.Id);
        var answer = await Page.EvaluateAsync<JsonElement>(
            """
            async ([challenge, userVerification]) => {
              const { response } = await navigator.credentials.get({ publicKey: {
                challenge: new Uint8Array(challenge), rpId: 'localhost', userVerification } });
              return { data: [...new Uint8Array(response.authenticatorData)],
                client: [...new Uint8Array(response.clientDataJSON)],
                signature: [...new Uint8Array(response.signature)] };
            }
            """,
            new object[] { challenge.ToArray().Select(one => (int)one).ToArray(), verification }
        );
        return unsigned.With(
            WebauthnAssertion.Compose(Bytes("data"), Bytes("client"), Fixed(Bytes("signature")))
        );

        byte[] Bytes(string name) =>
            [.. answer.GetProperty(name).EnumerateArray().Select(one => one.GetByte())];
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _administrator.Dispose();
        await Server.DisposeAsync();
    }

    // Browsers return DER; statements have r and s of 32 bytes each.
    private static byte[] Fixed(byte[] der)
    {
        var reader = new System.Formats.Asn1.AsnReader(
            der,
            System.Formats.Asn1.AsnEncodingRules.DER
        ).ReadSequence();
        var signature = new byte[64];
        foreach (var end in (int[])[32, 64])
        {
            var number = reader.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
            number.CopyTo(signature, end - number.Length);
        }

        return signature;
    }
}
