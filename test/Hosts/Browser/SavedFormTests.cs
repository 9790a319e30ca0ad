using System.Net;
using System.Text;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Authority.Web.Filing;
using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Who has begun a form saves the answers and comes back: by a code that nobody else has, and that
/// stands in no address.
/// </summary>
public sealed class SavedFormTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    // Every field gets an answer: hostile in texts, the last of what can be chosen.
    private const string Fill = """
        () => {
          let count = 0;
          for (const one of document.getElementById('form').elements) {
            if (['hidden', 'submit', 'button', 'file'].includes(one.type)) continue;
            if (['checkbox', 'radio'].includes(one.type)) one.checked = true;
            else if (one.options) one.selectedIndex = one.options.length - 1;
            else if (one.name === 'target' && one.value) continue;
            else if (one.type === 'date') one.value = '2026-03-31';
            else if ('value' in one && one.name) one.value = `T${count++} <i>"&' {{7}} é`;
          }
        }
        """;

    private const string Filled = """
        () => [...new FormData(document.getElementById('form'))]
          .filter(([name, value]) => name !== 'draft' && typeof value === 'string')
          .map(([name, value]) => `${name}=${value}`)
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_is_saved_and_gone_on_with_by_the_same_answers()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        var model = new ActId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        foreach (var journey in Journeys.All)
        {
            await page.GotoAsync($"{journey.Path}?party={signing.Party}&target={model}");
            await page.EvaluateAsync(Fill);
            var before = await page.EvaluateAsync<string[]>(Filled);
            Assert.True(before.Length > 2, journey.Name);
            var code = await SaveAsync(page);

            await OpenAsync(page, code);

            Assert.EndsWith(journey.Path, page.Url, Ordinal);
            Assert.Equal(before, await page.EvaluateAsync<string[]>(Filled));
            Assert.NotNull(signing.Server.Authority.Saved.Open(code));
        }

        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task A_file_that_was_given_is_kept_with_the_answers_until_another_is()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        await page.GotoAsync($"/file/appeal?party={signing.Party}");
        await page.Locator("#refusal").SetInputFilesAsync(Payload([1, 2, 3]));
        var code = await SaveAsync(page);

        await OpenAsync(page, code);
        await page.Locator("#grounds").FillAsync("So.");
        await SaveAgainAsync(page);
        Assert.Equal("AQID", Kept());

        await OpenAsync(page, code);
        await page.Locator("#refusal").SetInputFilesAsync(Payload([4, 5, 6]));
        await SaveAgainAsync(page);
        Assert.Equal("BAUG", Kept());

        string Kept() =>
            signing.Server.Authority.Saved.Open(code)!.Answers["refusal"].Distinct().Single();
    }

    [Fact]
    public async Task A_draft_is_saved_again_under_its_code_and_ends_when_it_is_filed()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        var page = signing.Page;
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await page.GotoAsync($"/file/register-model?party={signing.Party}");
        await page.GetByLabel("Name of the model").FillAsync("Tern 3");
        var code = await SaveAsync(page);
        var found = await PageTests.JudgeAsync(page);
        await page.GotoAsync("/drafts");
        found.AddRange(await PageTests.JudgeAsync(page));

        await OpenAsync(page, code.ToLowerInvariant().Replace("-", " ", Ordinal));
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
        await SaveAgainAsync(page);
        await Assertions.Expect(page.Locator("#code")).ToHaveCountAsync(0);
        await OpenAsync(page, code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check before you sign");
        await signing.SignAsync();
        await signing.FiledAsync();

        Assert.Null(signing.Server.Authority.Saved.Open(code));
        var letters = InvitationCode.LettersOf(code)!;
        Assert.DoesNotContain(
            addresses,
            one => InvitationCode.LettersOf(one.Split('=')[^1]) == letters || one.Contains(code)
        );
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Without_a_script_answers_are_saved_opened_and_deleted()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var plain = await signing.Page.Context.Browser!.NewPageAsync(
            new() { BaseURL = signing.Origin, JavaScriptEnabled = false }
        );
        await plain.GotoAsync($"/file/answer?party={signing.Party}");
        await plain.Locator("#answer").FillAsync("In confidence\nand on two lines");
        var code = await SaveAsync(plain);

        await OpenAsync(plain, code);
        await Assertions
            .Expect(plain.Locator("#answer"))
            .ToHaveValueAsync("In confidence\nand on two lines");
        await plain.GetByRole(AriaRole.Button, new() { Name = "Delete this draft" }).ClickAsync();
        await Assertions
            .Expect(plain.Locator("h1"))
            .ToHaveTextAsync("Your saved answers are deleted");

        await OpenAsync(plain, code);
        await Assertions
            .Expect(plain.Locator("#draft-error"))
            .ToContainTextAsync("No answers are saved under this code");
        Assert.DoesNotContain(code, await plain.ContentAsync(), Ordinal);
    }

    [Fact]
    public async Task What_is_on_the_disk_says_no_answer_and_opens_nothing()
    {
        const string Marker = "a purpose that nobody else states";
        await using var server = await SandboxServer.StartAsync();

        var code = await SaveAsync(server, "deploy", ("purpose", Marker));

        Assert.Equal(Marker, server.Authority.Saved.Open(code)!.Answers["purpose"].Single());
        var letters = InvitationCode.LettersOf(code)!;
        // The lock is empty, and is opened by nobody else.
        foreach (
            var file in Directory
                .EnumerateFiles(server.Path, "*", SearchOption.AllDirectories)
                .Where(one => new FileInfo(one).Length > 0)
        )
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite
            );
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Cancel);
            foreach (var secret in (string[])[Marker, code, letters])
            {
                Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            }
        }

        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(new DataFolder(server.Path).Drafts)
                    is (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
    }

    [Fact]
    public async Task Another_code_and_one_whose_days_are_over_open_nothing()
    {
        var path = SandboxServer.NewFolder();
        var server = await SandboxServer.StartAsync(path);
        var code = await SaveAsync(server, "deploy", ("purpose", "chat"));
        var other = InvitationCode.Of(new byte[InvitationCode.Size]);

        foreach (var wrong in (string[])[other, "", "no code", code + "0", new('A', 100_000)])
        {
            Assert.Null(server.Authority.Saved.Open(wrong));
            Assert.False(server.Authority.Saved.Delete(wrong));
        }

        foreach (var (days, isThere) in ((int, bool)[])[(29, true), (31, false)])
        {
            await server.StopAsync();
            var later = new ShiftedTime(TimeSpan.FromDays(days));
            server = await SandboxServer.StartAsync(path, new() { Time = later });
            Assert.Equal(isThere, server.Authority.Saved.Open(code) is not null);
        }

        await using var last = server;
        using var answer = await PostAsync(server, "/drafts", ("draft", code));
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("No answers are saved under this code", page, Ordinal);
    }

    [Fact]
    public async Task What_is_saved_is_bounded_in_size_and_for_an_address()
    {
        await using var server = await SandboxServer.StartAsync();
        var large = new string('x', SavedForms.BytesMax);

        using var tooLarge = await PostAsync(server, "/file/deploy/save", ("purpose", large));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        for (var i = 0; i < SavedForms.Burst; i++)
        {
            await SaveAsync(server, "deploy", ("purpose", $"{i}"));
        }

        using var tooMany = await PostAsync(server, "/file/deploy/save", ("purpose", "x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        using var none = await PostAsync(server, "/file/nothing/save", ("purpose", "x"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_draft_of_one_form_is_none_of_another_and_other_fields_are_not_kept()
    {
        await using var server = await SandboxServer.StartAsync();
        var code = await SaveAsync(server, "deploy", ("purpose", "chat"), ("check", "yes"));

        Assert.Equal(["purpose"], server.Authority.Saved.Open(code)!.Answers.Keys);
        using var other = await PostAsync(server, "/file/transfer", ("draft", code), ("open", "y"));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static async Task<string> SaveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and come back later" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Your answers are saved");
        return await page.Locator("#code").InnerTextAsync();
    }

    private static async Task SaveAgainAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and come back later" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("under the code that you");
    }

    private static FilePayload Payload(byte[] bytes) =>
        new()
        {
            Name = "refusal.cose",
            MimeType = "application/cose",
            Buffer = bytes,
        };

    private static async Task OpenAsync(IPage page, string code)
    {
        await page.GotoAsync("/drafts");
        await page.Locator("#draft").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private static async Task<string> SaveAsync(
        SandboxServer server,
        string journey,
        params (string Field, string Answer)[] answers
    )
    {
        using var answer = await PostAsync(server, $"/file/{journey}/save", answers);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        return page.Split("id=\"code\">")[1].Split('<')[0];
    }

    private static Task<HttpResponseMessage> PostAsync(
        SandboxServer server,
        string address,
        params (string Field, string Answer)[] answers
    )
    {
        var form = new FormUrlEncodedContent(
            answers.Select(one => KeyValuePair.Create(one.Field, one.Answer))
        );
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        return server.Client.SendAsync(request, Cancel);
    }
}
