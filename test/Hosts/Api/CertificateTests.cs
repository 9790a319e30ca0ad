using System.Net;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>A certificate says what stands, and never more.</summary>
public sealed class CertificateTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Certificate = "Certificate of registration";
    private const string NoCertificate = "Statement of standing, and no certificate";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_says_the_standing_of_each_step_in_its_own_words()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var model = new ModelId(
            Index(await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1"))))
        );
        var target = SubjectId.Of(model);
        var joint = new JointTerms
        {
            Kind = JointKind.Officers,
            K = 2,
            Epoch = 1,
        };

        var page = await PageAsync(server, $"/models/{model}/certificate");
        Assert.Contains(Certificate, page, Ordinal);
        Assert.Contains("Tern 1 is registered<", page, Ordinal);
        Assert.DoesNotContain("certified until", page, Ordinal);

        var until = server.Authority.Intake.Current.World.At + TimeSpan.FromDays(30);
        var certify = new Certify
        {
            Joint = joint,
            Target = target,
            Reason = "The file is whole.",
            Until = until,
            Conditions = ["An evaluation is filed each <quarter>."],
        };
        await OfficersAsync(server, certify);
        page = await PageAsync(server, $"/models/{model}/certificate");
        Assert.Contains(Certificate, page, Ordinal);
        Assert.Contains("Tern 1 is certified until", page, Ordinal);
        Assert.Contains("An evaluation is filed each &lt;quarter&gt;.", page, Ordinal);

        var suspend = new Suspend
        {
            Joint = joint,
            Target = target,
            Reason = "It was not.",
        };
        await OfficersAsync(server, suspend);
        page = await PageAsync(server, $"/models/{model}/certificate");
        Assert.Contains(NoCertificate, page, Ordinal);
        Assert.DoesNotContain(Certificate, page, Ordinal);
        Assert.Contains("Tern 1 is suspended<", page, Ordinal);
        Assert.DoesNotContain("has certified it", page, Ordinal);

        await OfficersAsync(
            server,
            new Restore
            {
                Joint = joint,
                Target = target,
                Reason = "So.",
            }
        );
        await OfficersAsync(
            server,
            new Expire
            {
                Joint = joint,
                Target = target,
                Reason = "So.",
            }
        );
        page = await PageAsync(server, $"/models/{model}/certificate");
        Assert.Contains("Tern 1 is registered<", page, Ordinal);
        Assert.Contains("Its certificate was ended by", page, Ordinal);

        var withdraw = new Withdraw { Target = new(model.Index), Reason = "It was a mistake." };
        await server.FileAsync(server.Sign(tern, key, withdraw));
        page = await PageAsync(server, $"/models/{model}/certificate");
        Assert.Contains(NoCertificate, page, Ordinal);
        Assert.Contains("Tern 1 is withdrawn<", page, Ordinal);
    }

    [Fact]
    public async Task What_ran_out_is_said_to_have_ended()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1")));
        var model = new ModelId(Index(filed));
        var certify = new Certify
        {
            Joint = new()
            {
                Kind = JointKind.Officers,
                K = 2,
                Epoch = 1,
            },
            Target = SubjectId.Of(model),
            Reason = "The file is whole.",
            Until = server.Authority.Intake.Current.World.At + TimeSpan.FromSeconds(3),
            Conditions = ["An evaluation is filed."],
        };
        await OfficersAsync(server, certify);
        while (server.Authority.Intake.Current.World.At <= certify.Until)
        {
            await Task.Delay(500, Cancel);
            await server.AdmitAsync($"Gull {Guid.NewGuid():N}", PartyRole.Developer);
        }

        var page = await PageAsync(server, $"/models/{model}/certificate");

        Assert.Contains("Tern 1 is registered<", page, Ordinal);
        Assert.Contains("Its certificate ended on", page, Ordinal);
        Assert.DoesNotContain("An evaluation is filed.", page, Ordinal);
    }

    [Fact]
    public async Task A_release_has_its_own_and_falls_with_its_model()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1")));
        var model = new ModelId(Index(filed));
        var day = server.Authority.Intake.Current.World.At.Day;
        var act = Given.Release(model, day);
        filed = await server.FileAsync(server.Sign(tern, key, act));
        var release = new ReleaseId(Index(filed));

        var page = await PageAsync(server, $"/releases/{release}/certificate");
        Assert.Contains("weights is registered<", page, Ordinal);
        Assert.Contains(act.Weights[0].Digest.ToString(), page, Ordinal);
        await OfficersAsync(
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
                Reason = "It was not.",
            }
        );
        page = await PageAsync(server, $"/releases/{release}/certificate");
        Assert.Contains(NoCertificate, page, Ordinal);
        Assert.Contains("weights is suspended<", page, Ordinal);
        page = await PageAsync(server, $"/models/{model}");
        page = page[page.IndexOf($"id=\"{release}\"", Ordinal)..];
        Assert.StartsWith(
            "c-state--suspended",
            page[page.IndexOf("c-state--", Ordinal)..],
            Ordinal
        );
    }

    [Theory]
    [InlineData("/models/M-0000-0000/certificate")]
    [InlineData("/models/none/certificate")]
    [InlineData("/releases/R-0000-0000/certificate")]
    public async Task What_is_not_there_has_none(string address)
    {
        await using var server = await SandboxServer.StartAsync();

        using var answer = await GetAsync(server, address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_standing_and_the_signed_answer_have_one_address()
    {
        await using var server = await SandboxServer.StartAsync();
        var nothing = Digest.Of("nothing"u8).ToString();

        var page = await PageAsync(server, $"/standing/{nothing}");
        Assert.Contains("Nothing is known of this here", page, Ordinal);
        Assert.Contains("Unknown is never fine", page, Ordinal);

        using var signed = await GetAsync(server, $"/standing/{nothing}?format=cose");
        Assert.Equal("application/cose", signed.Content.Headers.ContentType?.MediaType);
        var bytes = await signed.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(Statement.TryParse(bytes, out _, out _));
        using var json = await GetAsync(server, $"/standing/{nothing}?format=json");
        var said = SandboxServer.Json(await json.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("unknown", said.GetProperty("standing").GetString());
        using var wrong = await GetAsync(server, "/standing/tern");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private static long Index(System.Text.Json.JsonElement filed) =>
        filed.GetProperty("index").GetInt64();

    private static async Task OfficersAsync(SandboxServer server, JointAct act)
    {
        for (var number = 1; number <= 2; number++)
        {
            using var key = server.Authority.Keys.Read($"officer-regulator-{number}");
            var issuer = $"{server.Origin}#officer/regulator/officer-{number}";
            await server.FileAsync(Drafting.Compose(act, issuer, key));
        }
    }

    private static async Task<string> PageAsync(SandboxServer server, string address)
    {
        using var answer = await GetAsync(server, address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static Task<HttpResponseMessage> GetAsync(SandboxServer server, string address)
    {
        var ask = new HttpRequestMessage(HttpMethod.Get, address);
        ask.Headers.Accept.ParseAdd("text/html,*/*;q=0.8");
        return server.Client.SendAsync(ask, Cancel);
    }
}
