using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// Many acts out of a file: judged first, signed by one touch of a passkey, each in the log once.
/// </summary>
public sealed class BulkPageTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_judged_first_and_one_touch_files_those_that_can_be()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        var key = await signing.JoinAsync();
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        var before = signing.Server.Acts;

        await page.GotoAsync($"/bulk?party={signing.Party}");
        var found = await PageTests.JudgeAsync(page);
        await GiveAsync(page, "acts.jsonl", Rows(signing.Party));
        await Assertions
            .Expect(page.Locator("#judged-heading"))
            .ToHaveTextAsync("3 of 35 rows are wrong");
        await Assertions.Expect(page.Locator("#judged-heading")).ToBeFocusedAsync();
        found.AddRange(await PageTests.JudgeAsync(page));
        var wrong = await page.Locator("#rows-body").InnerTextAsync();
        Assert.Contains("No two models of one developer have names", wrong, Ordinal);
        Assert.Contains("$.nome", wrong, Ordinal);
        await page.Locator("#which").SelectOptionAsync("all");
        await page.Locator("#later").ClickAsync();
        await Assertions.Expect(page.Locator("#shown")).ToHaveTextAsync("Rows 26 to 35 of 35.");
        await Assertions.Expect(page.Locator("#many")).ToHaveTextAsync("31");
        await Assertions.Expect(page.Locator("#first li")).ToHaveCountAsync(10);
        var root = await page.Locator("#root").InnerTextAsync();
        Assert.Equal(before, signing.Server.Acts);

        await page.Locator("#sign-button").ClickAsync();
        await Assertions.Expect(page.Locator("#done-heading")).ToBeFocusedAsync();
        found.AddRange(await PageTests.JudgeAsync(page));
        await Assertions
            .Expect(page.Locator("#done-says"))
            .ToHaveTextAsync("31 of 31 acts are in the log.");
        Assert.Equal(before + 31, signing.Server.Acts);
        await AssertSignedAsync(page, signing, key, root);
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task A_table_is_read_and_an_act_of_it_is_not_filed_again_as_a_line()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        var before = signing.Server.Acts;
        const string Columns =
            "act,developer,name,modality_out,training.state,intended_release.weights";
        var table = new StringBuilder().Append('\uFEFF').Append(Columns).Append("\r\n");
        for (var i = 0; i < 3; i++)
        {
            table.Append("registry/register-model/1,").Append(signing.Party);
            table.Append($",\"Tern, {i}\",text,planned,closed\r\n");
        }

        await page.GotoAsync($"/bulk?party={signing.Party}");
        await GiveAsync(page, "acts.csv", table.ToString());
        await page.Locator("#sign-button").ClickAsync();
        await Assertions
            .Expect(page.Locator("#done-says"))
            .ToHaveTextAsync("3 of 3 acts are in the log.");
        Assert.Equal(before + 3, signing.Server.Acts);

        await GiveAsync(page, "acts.csv", table.ToString());
        await Assertions.Expect(page.Locator("#counts")).ToContainTextAsync("In the log already");
        await Assertions.Expect(page.Locator("#sign")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("", "The file has no rows.")]
    [InlineData("\n \n", "The file has no rows.")]
    public async Task A_file_that_is_none_is_told_beside_the_field(string text, string says)
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        await signing.Page.GotoAsync($"/bulk?party={signing.Party}");

        await GiveAsync(signing.Page, "acts.jsonl", text);

        Assert.Contains(says, await signing.TroubleAsync(), Ordinal);
        await Assertions.Expect(signing.Page.Locator("#rows-error")).ToHaveTextAsync(says);
        var found = await PageTests.JudgeAsync(signing.Page);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Where_the_authority_judged_something_else_than_the_file_says_nothing_is_signed()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        var before = signing.Server.Acts;
        await page.RouteAsync(
            "**/acts/foresee*",
            async route =>
            {
                // The same answer for another act: text and id agree, and the file does not.
                var body = route.Request.PostData!.Replace("Tern 7", "Tern 8", Ordinal);
                await route.ContinueAsync(new() { PostData = Encoding.UTF8.GetBytes(body) });
            }
        );

        await page.GotoAsync($"/bulk?party={signing.Party}");
        await GiveAsync(page, "acts.jsonl", Text(Given.Model(signing.Party, "Tern 7")));

        Assert.Contains("not what stands in line 1", await signing.TroubleAsync(), Ordinal);
        await Assertions.Expect(page.Locator("#sign")).ToBeHiddenAsync();
        Assert.Equal(before, signing.Server.Acts);
    }

    internal static async Task GiveAsync(IPage page, string name, string text)
    {
        await page.Locator("#rows")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "application/octet-stream",
                    Buffer = Encoding.UTF8.GetBytes(text),
                }
            );
        await page.Locator("#check-button").ClickAsync();
    }

    internal static string Text(Act act) => Encoding.UTF8.GetString(ActJson.Write(act));

    // Thirty-one that can be filed, one of them as a hostile text, and some that cannot.
    private static string Rows(PartyId party)
    {
        var rows = Enumerable
            .Range(0, 30)
            .Select(i => Text(Given.Model(party, $"Tern {i}")))
            .ToList();
        rows.Add(Text(Given.Model(party, "<script>alert(1)</script> {{7*7}}")));
        rows.Insert(4, Text(Given.Model(party, "TERN-1")));
        rows.Insert(5, rows[0]);
        rows.Insert(6, rows[0].Replace("\"name\"", "\"nome\"", Ordinal));
        rows.Insert(9, "no json");
        return string.Join('\n', rows) + "\n\n";
    }

    private static async Task AssertSignedAsync(
        IPage page,
        Signing signing,
        PublicKey key,
        string root
    )
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#receipts").ClickAsync()
        );
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Cancel);
        Assert.Equal(31, lines.Length);
        Assert.True(
            NoteVerifier.TryParse(signing.Server.Authority.File.VerifierKey, out var log, out _)
        );
        var ids = new List<Digest>();
        foreach (var line in lines)
        {
            var receipt = SandboxServer.Json(line);
            var bytes = receipt.GetProperty("statement").GetBytesFromBase64();
            Assert.True(Statement.TryParse(bytes, out var statement, out _));
            Assert.True(statement.Verify(key, out var forged), forged?.Detail);
            var text = receipt.GetProperty("proof").GetString()!;
            Assert.True(TlogProof.TryParse(text, out var proof, out _));
            Assert.True(proof.Verify(bytes, log, out _, out var fault), fault);
            ids.Add(statement.Id);
        }

        Assert.Equal(root, BatchPlace.TreeOf(ids).Root(ids.Count).ToHex());
    }
}
