using System.Net;
using Concord.Acts;
using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// What is sealed never stands in an address, and a form that is sent changes nothing.
/// </summary>
public sealed class FormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sealed_answer_in_an_address_is_not_taken()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();

        await signing.Page.GotoAsync(
            $"/file/answer?party={signing.Party}&question={new ActId(1)}&answer=words&check=yes"
        );

        await Assertions.Expect(signing.Page.Locator("#act")).ToHaveCountAsync(0);
        await Assertions.Expect(signing.Page.Locator("#answer")).ToHaveValueAsync("");
        await Assertions
            .Expect(signing.Page.Locator("#question"))
            .ToHaveValueAsync($"{new ActId(1)}");
    }

    [Fact]
    public async Task A_page_with_sealed_answers_is_kept_by_no_cache_and_files_nothing()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var acts = signing.Server.Acts;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["party"] = $"{signing.Party}",
                ["question"] = $"{new ActId(1)}",
                ["answer"] = "<b>words</b>",
                ["check"] = "yes",
            }
        );

        // As another site would send it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/file/answer")
        {
            Content = form,
        };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await signing.Server.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Null(answer.Headers.ETag);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("&lt;b&gt;words&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>words", page, StringComparison.Ordinal);
        Assert.Equal(acts, signing.Server.Acts);
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_is_refused()
    {
        await using var server = await SandboxServer.StartAsync();

        foreach (
            var (path, content, status) in ((string, HttpContent, HttpStatusCode)[])
                [
                    ("/file/answer", new StringContent("{}"), HttpStatusCode.UnsupportedMediaType),
                    ("/file/answer", Large(), HttpStatusCode.RequestEntityTooLarge),
                    ("/file/nothing", Large(1), HttpStatusCode.NotFound),
                    ("/sign/A-0000-0000", Large(1), HttpStatusCode.NotFound),
                    ("/about", Large(1), HttpStatusCode.MethodNotAllowed),
                ]
        )
        {
            using (content)
            {
                using var answer = await server.Client.PostAsync(path, content, Cancel);
                Assert.Equal(status, answer.StatusCode);
            }
        }
    }

    private static FormUrlEncodedContent Large(int size = 2 << 20) =>
        new([new("answer", new string('a', size))]);
}
