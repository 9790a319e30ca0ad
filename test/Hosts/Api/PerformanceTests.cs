using System.Net;
using Concord.Acts.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>The authority's own duties, as everybody reads them.</summary>
public sealed class PerformanceTests
{
    [Fact]
    public async Task Whoever_has_an_answer_already_is_told_of_a_refusal_since()
    {
        var time = new AdvancedTime();
        await using var server = await SandboxServer.StartAsync(running: new() { Time = time });
        var (gull, key) = await server.AdmitAsync("Gull Hosting", PartyRole.Host);
        using var first = await AskAsync(server, null);
        using var same = await AskAsync(server, first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        var size = server.Authority.Intake.Current.Size;

        using var refused = await server.PostAsync(
            server.Sign(gull, key, Given.Model(gull, "Secret 1"))
        );
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(size, server.Authority.Intake.Current.Size);
        using var later = await AskAsync(server, first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        var said = SandboxServer.Json(await later.Content.ReadAsStringAsync(Cancel));
        Assert.Single(said.GetProperty("refused_by_rule").EnumerateArray());
    }

    private static Task<HttpResponseMessage> AskAsync(
        SandboxServer server,
        System.Net.Http.Headers.EntityTagHeaderValue? known
    )
    {
        var ask = new HttpRequestMessage(HttpMethod.Get, "/authority/performance");
        if (known is not null)
        {
            ask.Headers.IfNoneMatch.Add(known);
        }

        return server.Client.SendAsync(ask, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refusals_are_counted_by_rule_and_nothing_else_of_them_is_told()
    {
        await using var server = await SandboxServer.StartAsync();
        var (gull, key) = await server.AdmitAsync("Gull Hosting", PartyRole.Host);
        foreach (var name in (string[])["Secret 1", "Secret 2"])
        {
            using var refused = await server.PostAsync(
                server.Sign(gull, key, Given.Model(gull, name))
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        var said = await server.ReadAsync("/authority/performance");
        var rule = Assert.Single(said.GetProperty("refused_by_rule").EnumerateArray());
        Assert.Equal(2, rule.GetProperty("count").GetInt64());
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/authority/performance");
        ask.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(ask, Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(rule.GetProperty("rule").GetString()!, page, StringComparison.Ordinal);
        foreach (var text in (string[])[page, said.ToString()])
        {
            Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{gull}", text, StringComparison.Ordinal);
        }
    }
}
