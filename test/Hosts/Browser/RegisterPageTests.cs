using System.Net;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Rooms.Network;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// The question of the front page, followed to its reason by somebody without JavaScript.
/// </summary>
[Collection(typeof(SiteCollection))]
public sealed class RegisterPageTests(BrowsedSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_question_to_the_reason_without_a_script()
    {
        var page = await site.NewPageAsync(hasScript: false);
        await page.GotoAsync("/");
        await page.Locator("input[name=q]").FillAsync("llama 3.1 70b");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        Assert.Equal("Register", await HeadingAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Llama 3.1-70B", Exact = true })
            .ClickAsync();
        Assert.Equal("Llama 3.1-70B", await HeadingAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Explain the answer of EU AI Act" })
            .ClickAsync();
        Assert.StartsWith("Llama 3.1-70B: Over EU", await HeadingAsync(page), Ordinal);
        Assert.Equal("Undetermined", await AnswerAsync(page));

        await page.Locator("select[name=assume]").First.SelectOptionAsync("market[EU]=none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer as if it were so" })
            .ClickAsync();
        Assert.Equal("No", await AnswerAsync(page));
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_front_page_counts_what_the_register_lists()
    {
        var page = await site.NewPageAsync(hasScript: false);
        await page.GotoAsync("/");
        for (var i = 0; i < 4; i++)
        {
            var answer = page.Locator(".c-figures > li").Nth(i);
            var count = await answer.Locator(".c-figures__n").InnerTextAsync();
            await answer.GetByRole(AriaRole.Link).ClickAsync();
            var told = await page.Locator("main p strong").First.InnerTextAsync();
            Assert.StartsWith($"{count} of ", told, Ordinal);
            await page.GoBackAsync();
        }

        await page.CloseAsync();
    }

    [Fact]
    public async Task The_box_takes_ids_and_digests()
    {
        var model = site.Addresses["registered model"];
        var release = site.Addresses["release"];
        Assert.Equal(model, await LandAsync($"/find?q={model["/models/".Length..]}"));
        Assert.Equal(model, await LandAsync($"/find?q={release["/releases/".Length..]}"));
        Assert.Equal("/acts/A-", (await LandAsync("/find?q=0"))[..8]);
        Assert.Equal("/register", await LandAsync("/find?q=nobody+made+this"));
        Assert.Equal("/find", await LandAsync($"/find?q={new string('a', 64)}"));
    }

    [Fact]
    public async Task A_page_that_nothing_changed_is_not_sent_again()
    {
        using var first = await GetAsync("/register?answer=yes", "text/html");
        using var json = await GetAsync("/register", "application/json");
        var tag = first.Headers.ETag!;
        Assert.NotEqual(tag, json.Headers.ETag);
        Assert.Contains("Accept", first.Headers.Vary);

        using var again = await GetAsync("/register?answer=yes", "text/html", tag.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        await site.Server.AdmitAsync("Plover Works", PartyRole.Developer);
        using var later = await GetAsync("/register?answer=yes", "text/html", tag.ToString());
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.NotEqual(tag, later.Headers.ETag);
    }

    [Fact]
    public async Task A_registration_takes_over_the_page_of_the_report_that_it_answers()
    {
        var report = site.Server.Authority.Index.Models[40];
        var (party, key) = await site.Server.AdmitAsync("Sanderling", PartyRole.Developer);
        var filed = await site.Server.Authority.FileAsync(
            new Speaker.Party(party),
            Given.Model(party, "Sanderling 2") with
            {
                Answers = [report],
            },
            key,
            Cancel
        );
        var model = new ModelId(filed.Index);
        Assert.Equal($"/models/{model}", await LandAsync($"/models/{report}"));

        using var response = await GetAsync($"/models/{model}", "text/html");
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Registered", text, Ordinal);
        Assert.Contains("reported before", text, Ordinal);
        Assert.Contains(report.ToString(), text, Ordinal);
    }

    [Theory]
    [InlineData("/register?answer=perhaps", 400)]
    [InlineData("/register?law=none-such", 400)]
    [InlineData("/models/M-0000-0000/explain/eu-ai-act", 404)]
    public async Task A_question_that_is_not_well_put_is_answered_with_a_page_that_says_so(
        string address,
        int status
    )
    {
        using var response = await GetAsync(address, "text/html");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1", await response.Content.ReadAsStringAsync(Cancel), Ordinal);
    }

    [Fact]
    public async Task Page_and_data_of_an_explanation_are_at_one_address()
    {
        var report = site.Addresses["reported model"];
        var document = await site.Server.ReadAsync($"{report}/explain/eu-ai-act");
        Assert.Equal("eu-ai-act", document.GetProperty("rulebook").GetString());
        using var page = await GetAsync($"{report}/explain/eu-ai-act", "text/html");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        using var bad = await GetAsync(
            $"{report}/explain/eu-ai-act?assume=beauty=yes",
            "application/json"
        );
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static Task<string> HeadingAsync(IPage page) => page.Locator("h1").InnerTextAsync();

    private static Task<string> AnswerAsync(IPage page) =>
        page.Locator(".c-titlebar .c-state").First.InnerTextAsync();

    /// <summary>The path on which a reader of pages lands.</summary>
    private async Task<string> LandAsync(string address)
    {
        using var response = await GetAsync(address, "text/html");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.RequestMessage!.RequestUri!.AbsolutePath;
    }

    private async Task<HttpResponseMessage> GetAsync(
        string address,
        string accept,
        string? tag = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", accept);
        if (tag is not null)
        {
            request.Headers.Add("If-None-Match", tag);
        }

        return await site.Server.Client.SendAsync(request, Cancel);
    }
}
