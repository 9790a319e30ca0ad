using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>An appeal, as its pages and the API show it to everybody.</summary>
public sealed class AppealTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_models_page_says_what_became_of_an_appeal()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var filed = await server.FileAsync(server.Sign(tern, key, Given.Model(tern, "Tern 1")));
        var model = new ModelId(Index(filed));
        var suspend = new Suspend
        {
            Joint = Terms(JointKind.Officers),
            Target = SubjectId.Of(model),
            Reason = "An evaluation was not filed.",
        };
        var suspension = new ActId(await OfficerAsync(server, "regulator", 1, suspend));
        await OfficerAsync(server, "regulator", 2, suspend);
        Assert.Contains("It can be appealed until", await PageAsync(server, model), Ordinal);

        var appeal = new Appeal
        {
            By = tern,
            Against = suspension,
            Grounds = "It was filed.",
            AsksStay = true,
        };
        var appealed = await server.FileAsync(server.Sign(tern, key, appeal));
        var page = await PageAsync(server, model);
        Assert.Contains("to be decided until", page, Ordinal);
        Assert.Contains("asked that it have no effect until that is decided", page, Ordinal);
        Assert.Contains("It was filed.", page, Ordinal);
        Assert.Equal("suspended", await StandingAsync(server, model));

        await DecideAsync(server, new(Index(appealed)), AppealOutcome.Stayed);
        page = await PageAsync(server, model);
        Assert.Contains("A suspension has no effect until the appeal", page, Ordinal);
        Assert.Equal("registered", await StandingAsync(server, model));
        await DecideAsync(server, new(Index(appealed)), AppealOutcome.Upheld);
        page = await PageAsync(server, model);
        Assert.Contains("Upheld by", page, Ordinal);
        Assert.Equal("suspended", await StandingAsync(server, model));

        var appeals = (await server.ReadAsync("/appeals")).GetProperty("appeals");
        var line = Assert.Single(appeals.EnumerateArray());
        Assert.Equal($"{suspension}", line.GetProperty("against").GetString());
        Assert.Equal("upheld", line.GetProperty("outcome").GetString());
        Assert.False(line.GetProperty("late").GetBoolean());
    }

    [Fact]
    public async Task A_refusal_that_the_server_gave_is_appealed_as_it_was_given()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, key) = await server.AdmitAsync("Tern Labs", PartyRole.Host);
        using var refused = await server.PostAsync(
            server.Sign(tern, key, Given.Model(tern, "Tern 1"))
        );
        Assert.False(refused.IsSuccessStatusCode);
        using var mine = await server.ReadAsAsync($"{tern}", key, "/refusals");
        var refusals = SandboxServer.Json(await mine.Content.ReadAsStringAsync(Cancel));
        var signed = refusals.GetProperty("refusals")[0].GetProperty("signed").GetBytesFromBase64();

        await server.FileAsync(
            server.Sign(
                tern,
                key,
                new Appeal
                {
                    By = tern,
                    Refusal = Digest.Of(signed),
                    Grounds = "A host may be a developer.",
                },
                new AppealGrounds
                {
                    Salt = Given.Salt,
                    Refusal = System.Buffers.Text.Base64Url.EncodeToString(signed),
                }
            )
        );
        var appeals = (await server.ReadAsync("/appeals")).GetProperty("appeals");
        Assert.Equal($"{Digest.Of(signed)}", appeals[0].GetProperty("refusal").GetString());
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static long Index(JsonElement answer) => answer.GetProperty("index").GetInt64();

    private static JointTerms Terms(JointKind kind) =>
        new()
        {
            Kind = kind,
            K = 2,
            Epoch = 1,
        };

    private static async Task DecideAsync(SandboxServer server, ActId appeal, AppealOutcome outcome)
    {
        var act = new DecideAppeal
        {
            Joint = Terms(JointKind.Institutions),
            Appeal = appeal,
            Outcome = outcome,
            Reason = "The file was read anew.",
        };
        await OfficerAsync(server, "institute", 1, act);
        await OfficerAsync(server, "board", 1, act);
    }

    private static async Task<long> OfficerAsync(
        SandboxServer server,
        string institution,
        int number,
        Act act
    )
    {
        using var key = server.Authority.Keys.Read($"officer-{institution}-{number}");
        var issuer = $"{server.Origin}#officer/{institution}/officer-{number}";
        return Index(await server.FileAsync(Drafting.Compose(act, issuer, key)));
    }

    private static async Task<string> PageAsync(SandboxServer server, ModelId model)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/models/{model}");
        ask.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(ask, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<string?> StandingAsync(SandboxServer server, ModelId model) =>
        (await server.ReadAsync($"/models/{model}"))
            .GetProperty("standing")
            .GetProperty("state")
            .GetString();
}
