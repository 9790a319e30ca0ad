using System.Net;
using Concord.Authority.Api;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>RFC 9457, 4.2: the type of a problem leads to what it means.</summary>
[Collection(typeof(SiteCollection))]
public sealed class ProblemPageTests(BrowsedSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes => [.. Problems.All.Select(problem => problem.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_type_of_problem_has_a_page_that_says_what_to_do(string code)
    {
        var type = Problems.Find(code)!;
        using var response = await GetAsync(type.Path, "text/html");

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"<h1 class=\"govuk-heading-xl\">{type.Title}</h1>", page, Ordinal);
        Assert.Contains("What to do", page, Ordinal);
        Assert.Contains(type.Remedy.Split('`')[0], page, Ordinal);
    }

    [Theory]
    [InlineData("/nothing-of-the-kind", 404)]
    [InlineData("/models/M-0000-0000", 404)]
    [InlineData("/problems/no-such-problem", 404)]
    [InlineData("/acts?limit=0", 400)]
    public async Task Who_asks_for_a_page_gets_the_problem_as_a_page(string address, int status)
    {
        using var html = await GetAsync(address, "text/html");
        using var json = await GetAsync(address, "application/json");

        Assert.Equal(status, (int)html.StatusCode);
        Assert.Equal("text/html", html.Content.Headers.ContentType?.MediaType);
        Assert.True(html.Headers.CacheControl?.NoStore);
        Assert.Equal(status, (int)json.StatusCode);
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_a_stranger_put_into_the_address_is_text_on_the_page()
    {
        using var response = await GetAsync("/models/<script>alert(1)</script>", "text/html");

        var page = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("<script", page, Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private async Task<HttpResponseMessage> GetAsync(string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", accept);
        return await site.Server.Client.SendAsync(request, Cancel);
    }
}
