using System.Globalization;
using System.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Crash;
using Concord.Hosts.Recovery;
using Concord.Ledger;
using Concord.Stores;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Files hang on an act that a form makes: digested in the browser, sent in parts, gone on with
/// after the server was killed and the tab loaded again.
/// </summary>
public sealed class AttachTests
{
    private const string Name = "<b>report</b> of evaluations.pdf";
    private const int Bytes = 2_500_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_sent_shown_and_filed_and_one_that_was_removed_is_not()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        await page.GotoAsync($"/file/register-model?party={signing.Party}");
        await page.GetByLabel("Name of the model").FillAsync("Tern 1");
        await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();

        await ChooseAsync(page, Name, "a report"u8.ToArray());
        await Assertions.Expect(Said(page)).ToHaveTextAsync($"{Name} is sent.");
        await page.Locator("#attach-readers").SelectOptionAsync("public");
        await ChooseAsync(page, "card.txt", "a card"u8.ToArray());
        await Assertions.Expect(Said(page)).ToHaveTextAsync("card.txt is sent.");
        await ChooseAsync(page, "wrong.txt", "a slip"u8.ToArray());
        await Assertions.Expect(Said(page)).ToHaveTextAsync("wrong.txt is sent.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove wrong.txt" }).ClickAsync();
        var found = await PageTests.JudgeAsync(page);
        await CheckAsync(page);
        await Assertions
            .Expect(page.Locator("#files > li"))
            .ToContainTextAsync(
                (string[])
                    [
                        $"{Name}application/pdf, 8 bytes, for the authorities alone",
                        "card.txttext/plain, 6 bytes, for everybody to read",
                    ]
            );
        found.AddRange(await PageTests.JudgeAsync(page));

        // What was answered is changed, and what was sent is there.
        await page.GetByRole(AriaRole.Link, new() { Name = "Change what you answered" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("#attach-files > li")).ToHaveCountAsync(2);
        await Assertions
            .Expect(page.Locator("#attach-files .c-interval").Last)
            .ToHaveTextAsync("is sent, for everybody, for good");
        await CheckAsync(page);
        await signing.SignAsync();
        Assert.True(ShortId.TryParse(await signing.FiledAsync(), ActId.Letter, out var index));
        var act = new ActId(index);

        var logged = (RegisterModel)signing.Server.Authority.Contents.Act(act.Index).Act;
        Assert.Equal([Name, "card.txt"], logged.Attachments.Select(one => one.Name));
        var card = await signing.Server.Client.GetByteArrayAsync(
            $"/acts/{act}/attachments/1",
            Cancel
        );
        Assert.Equal("a card", Encoding.UTF8.GetString(card.AsSpan(16)));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task What_broke_off_with_server_and_tab_goes_on_from_where_it_was()
    {
        using var founded = await FoundedFolder.CreateAsync();
        var data = new DataFolder(Path.Combine(SandboxServer.NewFolder(), "data"));
        founded.CopyTo(data.Path);
        var (invitation, code) = await BulkResumeTests.InviteAsync(data.Path, founded);
        var port = BulkResumeTests.FreePort();
        var file = new byte[Bytes];
        Random.Shared.NextBytes(file);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var (server, _) = await ServerProcess.UpAsync(data.Path, Cancel, port: port);
        try
        {
            var page = (await Desk.OpenAsync(browser, $"http://localhost:{port}")).Page;
            await BulkResumeTests.JoinAsync(page, invitation, code);
            var sent = new List<long>();
            var isHeld = new TaskCompletionSource();
            await page.RouteAsync(
                "**/uploads/*",
                async route =>
                {
                    if (route.Request.Method is not "PATCH")
                    {
                        await route.ContinueAsync();
                        return;
                    }

                    sent.Add(
                        long.Parse(
                            route.Request.Headers["upload-offset"],
                            CultureInfo.InvariantCulture
                        )
                    );
                    if (sent.Count == 3)
                    {
                        await ServerProcess.KillAsync(server);
                        await route.AbortAsync();
                        (server, _) = await ServerProcess.UpAsync(data.Path, Cancel, port: port);
                    }
                    else if (sent.Count == 6)
                    {
                        // Not answered until the tab is loaded again.
                        isHeld.SetResult();
                    }
                    else
                    {
                        await route.ContinueAsync();
                    }
                }
            );
            await page.GotoAsync($"/file/register-model?party={founded.Party}");
            await ChooseAsync(page, "report.pdf", file);
            await isHeld.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
            Assert.Equal(sent[2], sent[3]);
            Assert.Equal(
                [0, .. Enumerable.Range(1, 4).Select(i => (long)i << 18)],
                sent.Distinct()
            );

            await page.ReloadAsync();
            await Assertions
                .Expect(page.Locator("#attach-files .c-interval"))
                .ToHaveTextAsync("broke off: choose it again, and it goes on");
            var before = sent.Count;
            await ChooseAsync(page, "report.pdf", file);
            await Assertions.Expect(Said(page)).ToHaveTextAsync("report.pdf is sent.");
            Assert.Equal(sent[5], sent[before]);

            await page.GetByLabel("Name of the model").FillAsync("Tern 1");
            await page.GetByLabel("Text", new() { Exact = true }).CheckAsync();
            await CheckAsync(page);
            await page.Locator("#sign-button").ClickAsync();
            await page.WaitForURLAsync("**/acts/*?filed=true");
        }
        finally
        {
            await ServerProcess.KillAsync(server);
            server.Dispose();
        }

        Assert.Equal(file, Kept(data));
    }

    [Fact]
    public async Task What_is_not_here_whole_is_said_beside_the_field_and_chosen_again()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        await page.GotoAsync($"/file/answer?party={signing.Party}");
        // A sealed act has nothing public on it.
        await Assertions
            .Expect(page.Locator("#attach-readers option"))
            .ToHaveTextAsync(
                (string[])["The authorities alone", "The parties and the authorities"]
            );
        await page.Locator("#question").FillAsync($"{new ActId(0)}");
        await page.Locator("#answer").FillAsync("So.");
        await ChooseAsync(page, "a.txt", "a"u8.ToArray());
        await Assertions.Expect(Said(page)).ToHaveTextAsync("a.txt is sent.");
        var lines = await page.Locator("#attach-lines").InputValueAsync();
        Assert.True(Digest.TryParseHex(lines.Split(' ')[0], out var digest));
        Assert.True(signing.Server.Authority.Uploads.Delete(new(signing.Party.Index, digest)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" })
            .ClickAsync();
        await Assertions
            .Expect(page.Locator("#attachments .govuk-error-message"))
            .ToContainTextAsync("a.txt is not here whole");
        await page.Locator(".govuk-error-summary__list a").ClickAsync();
        await Assertions.Expect(page.Locator("#attachments")).ToBeFocusedAsync();
        Assert.Empty(await PageTests.JudgeAsync(page));
        await ChooseAsync(page, "a.txt", "a"u8.ToArray());
        await Assertions.Expect(Said(page)).ToHaveTextAsync("a.txt is sent.");
        await Assertions.Expect(page.Locator("#attach-files > li")).ToHaveCountAsync(1);
        await CheckAsync(page);
    }

    private static Task ChooseAsync(IPage page, string name, byte[] bytes) =>
        page.Locator("#attach-chosen")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = name.EndsWith(".pdf", StringComparison.Ordinal)
                        ? "application/pdf"
                        : "text/plain",
                    Buffer = bytes,
                }
            );

    private static ILocator Said(IPage page) => page.Locator("#attach-said");

    private static async Task CheckAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Check before you sign" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check before you sign");
    }

    // The file of the only act of the log with one.
    private static byte[] Kept(DataFolder data)
    {
        using var store = SqliteLogStore.Open(data.Database);
        var head = store.ReadHead()!.Size;
        foreach (var entry in store.ReadEntries(0, head))
        {
            Assert.True(Statement.TryParse(entry, out var statement, out _));
            if (
                statement.Subject is "registry/register-model"
                && ActBytes.TryParse(
                    statement.ContentType,
                    statement.Payload,
                    out _,
                    out var act,
                    out _
                )
                && act.Attachments is [var one]
            )
            {
                return store.ReadContent(one.Digest)!.Value.ToArray()[16..];
            }
        }

        throw new InvalidOperationException("no act has a file");
    }
}
