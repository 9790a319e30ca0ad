using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Rooms.Network;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// A furnished sandbox with every kind of page to see, served by a real Kestrel, and a real
/// chromium to see them with. One for all tests of pages; nothing but reads goes to it.
/// </summary>
public sealed class BrowsedSite : IAsyncLifetime
{
    private SandboxServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Addresses of pages by what they show.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    internal SandboxServer Server => _server ?? throw new InvalidOperationException("not served");

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("not launched");

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        _server = await SandboxServer.StartAsync();
        await Sandbox.FurnishAsync(_server.Authority, new Silence(), cancel);
        Addresses = await FileExamplesAsync(_server);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>A page of its own, which must be closed.</summary>
    internal Task<IPage> NewPageAsync(bool hasScript = true) =>
        Browser.NewPageAsync(
            new()
            {
                BaseURL = Server.Client.BaseAddress!.ToString(),
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 1280, Height = 900 },
                AcceptDownloads = true,
            }
        );

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    // Invented names alone: a page about force never names a real firm.
    private static async Task<Dictionary<string, string>> FileExamplesAsync(SandboxServer server)
    {
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer, PartyRole.Host);
        byte[] card = [.. new byte[16], .. Encoding.UTF8.GetBytes("A model card.")];
        var registered = await FileAsync(
            server,
            tern,
            key,
            Given.Model(tern, "Tern 1") with
            {
                Attachments =
                [
                    new()
                    {
                        Digest = Digest.Of(card),
                        MediaType = "text/plain",
                        Visibility = Visibility.Public,
                        Name = "Model card",
                    },
                ],
            },
            card
        );
        var model = new ModelId(registered);
        var tick = server.Authority.Intake.Current.World.At;
        var release = await FileAsync(
            server,
            tern,
            key,
            new Release
            {
                Model = model,
                Name = "Tern 1 open weights",
                Weights =
                [
                    new()
                    {
                        Digest = Digest.Of(card),
                        Format = "safetensors",
                        SizeBytes = 1_400_000_000,
                    },
                ],
                Licence = "Apache-2.0",
                Access = WeightsAccess.Open,
                ReleasedOn = tick.Day,
            }
        );
        var deployment = await FileAsync(
            server,
            tern,
            key,
            new Deploy
            {
                Salt = "AAAAAAAAAAAAAAAAAAAAAA",
                Release = new(release),
                Host = tern,
                Service = "chat",
                Country = "CH",
                Purpose = "answers questions",
                UsersMagnitude = 3,
                From = tick.Day,
            }
        );
        var suspension = await ProposeAsync(
            server,
            new Suspend
            {
                Joint = new()
                {
                    Kind = JointKind.Officers,
                    K = 2,
                    Epoch = 1,
                },
                Target = SubjectId.Of(model),
                Reason = "an example of a proposal that one officer signed",
            }
        );
        var channel = server.Authority.Notices.Add(
            tern,
            "webhook",
            "http://127.0.0.1:9/hook",
            "en",
            server.Origin,
            out _
        )!;
        var ibis = await FoundWeights.BaseAsync(server);
        var found = await ibis.FindAsync();
        await ibis.SuspendAsync();
        await ibis.ObjectAsync(found);
        var reported = server.Authority.Index.Models[0];
        return new(StringComparer.Ordinal)
        {
            ["registered model"] = $"/models/{model}",
            ["model with a found copy"] = $"/models/{ibis.Model}",
            ["match"] = $"/matches/{found}",
            ["report of a found copy"] = $"/acts/{found}",
            ["standing of a found copy"] = $"/standing/{FoundWeights.File}",
            ["reported model"] = $"/models/{reported}",
            ["release"] = $"/releases/{new ReleaseId(release)}",
            ["certificate"] = $"/models/{model}/certificate",
            ["certificate of a release"] = $"/releases/{new ReleaseId(release)}/certificate",
            ["standing"] = $"/standing/{model}",
            ["standing of what was reported"] = $"/standing/{reported}",
            ["party"] = $"/parties/{tern}",
            ["home of a party"] = $"/parties/{tern}/home",
            ["notices to confirm"] = $"/notices/{channel.Id}",
            ["notices to end"] = $"/notices/stop/{channel.Token}",
            ["registration"] = $"/acts/{new ActId(registered)}",
            ["report"] = $"/acts/{new ActId(reported.Index)}",
            ["sealed act"] = $"/acts/{new ActId(deployment)}",
            ["proposal"] = $"/acts/{new ActId(suspension)}",
            ["decision"] = $"/decide/standing?subject={model}&act=certify",
            ["question"] = $"/decide/ask?subject={model}",
            ["joint act to be signed"] = $"/sign/{new ActId(suspension)}",
            ["genesis"] = "/acts/0",
            ["key"] = $"/keys/{key.PublicKey.Id}",
            ["explanation"] = $"/models/{reported}/explain/eu-ai-act",
        };
    }

    private static async Task<long> FileAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        Act act,
        params byte[][] attachments
    )
    {
        var received = Drafting.Compose(
            act,
            $"{server.Origin}#{party}",
            key,
            null,
            [.. attachments.Select(bytes => (ReadOnlyMemory<byte>)bytes)]
        );
        var outcome = await server.Authority.Intake.FileAsync(received, default);
        return Assert.IsType<FilingOutcome.Filed>(outcome).Index;
    }

    private static async Task<long> ProposeAsync(SandboxServer server, JointAct act)
    {
        var (institution, number, name) = SandboxKeys.Deciding[0];
        using var key = server.Authority.Keys.Read(name);
        var officer = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
        return (await server.Authority.FileAsync(officer, act, key, default)).Index;
    }

    private sealed class Silence : IProgress<FurnishingStep>
    {
        public void Report(FurnishingStep value) { }
    }
}
