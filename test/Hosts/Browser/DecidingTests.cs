using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Rooms.Registry;
using Microsoft.Playwright;
using Xunit;
using static Concord.Hosts.Browser.OnPage;

namespace Concord.Hosts.Browser;

/// <summary>
/// Officers decide at a browser: each by a passkey of their own that the roots have named, under
/// the same text, and nobody alone.
/// </summary>
public sealed class DecidingTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_officers_make_passkeys_and_certify_a_model_with_four_eyes()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        var model = await RegisteredAsync(signing);
        var (first, second) = (await signing.OtherDeskAsync(), await signing.OtherDeskAsync());
        var errors = PageTests.Listen(first.Page);
        var found = new List<string>();
        await NameAsync(signing, first, "regulator", "night-desk", found);
        await NameAsync(signing, second, "institute", "reviewer", found);

        var page = first.Page;
        await page.GotoAsync("/inbox");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide on Tern 1" }).ClickAsync();
        await Expect(page, "h1", "Decide on Tern 1");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByLabel("Night-desk").CheckAsync();
        await page.GetByLabel("Certify it").CheckAsync();
        await page.Locator("#conditions").FillAsync("EU only\nA report each year");
        await page.Locator("#reason").FillAsync("The case was accepted");
        await CheckAsync(page);
        await Expect(page, "#until-error", "nothing is certified for good");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.Locator("#until").FillAsync("2030-01-01");
        await CheckAsync(page);
        await Expect(page, "h1", "Check before you sign");
        found.AddRange(await PageTests.JudgeAsync(page));
        var proposal = await FiledAsync(page);
        Assert.Equal(StandingState.Registered, StandingOf(signing, model).State);

        page = second.Page;
        await page.GotoAsync("/inbox?institution=institute");
        await Expect(page, "#proposals + table", "certify Tern 1 until 1 January 2030");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = $"Read and sign {proposal}" })
            .ClickAsync();
        await Expect(page, "h1", "Proposed to certify Tern 1");
        found.AddRange(await PageTests.JudgeAsync(page));
        await page.GetByLabel("Reviewer").CheckAsync();
        await CheckAsync(page);
        await Expect(page, ".govuk-body-l", "Reviewer");
        await FiledAsync(page);

        var standing = StandingOf(signing, model);
        Assert.Equal(StandingState.Certified, standing.State);
        Assert.Equal(["EU only", "A report each year"], standing.Conditions);
        Assert.True(found.Count == 0, string.Join('\n', found));
        errors.RemoveAll(one => one.StartsWith("publicKey.pubKeyCredParams is missing", Ordinal));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task One_officer_does_not_sign_twice_and_nobody_else_s_passkey_signs_for_one()
    {
        await using var signing = await Signing.StartAsync();
        var model = await RegisteredAsync(signing);
        var (first, _, proposal) = await SuspendingAsync(signing, model);
        var page = first.Page;
        var acts = signing.Server.Acts;

        await page.GotoAsync($"/sign/{proposal}?officer=regulator/night-desk&check=yes");
        await page.Locator("#sign-button").ClickAsync();
        await page.WaitForURLAsync("**/acts/*?filed=true");
        Assert.Equal(acts, signing.Server.Acts);
        Assert.Equal(StandingState.Registered, StandingOf(signing, model).State);

        await page.GotoAsync($"/sign/{proposal}?check=yes");
        await Expect(page, "#officer-error", "Say who signs");

        // At the first desk there is no passkey of the second officer.
        await page.GotoAsync($"/sign/{proposal}?officer=institute/reviewer&check=yes");
        await page.Locator("#sign-button").ClickAsync();
        await Expect(page, "#trouble", "Another passkey signed");
        Assert.Equal(acts, signing.Server.Acts);
        Assert.Equal(StandingState.Registered, StandingOf(signing, model).State);
    }

    [Fact]
    public async Task An_officer_who_signed_what_is_appealed_is_told_so_before_signing()
    {
        await using var signing = await Signing.StartAsync();
        var model = await RegisteredAsync(signing);
        var (first, second, suspension) = await SuspendingAsync(signing, model);
        var page = first.Page;
        await second.Page.GotoAsync($"/sign/{suspension}?officer=institute/reviewer&check=yes");
        await FiledAsync(second.Page);
        Assert.Equal(StandingState.Suspended, StandingOf(signing, model).State);
        Assert.True(ShortId.TryParse(suspension, ActId.Letter, out var index));
        var filed = await signing.FileAsync(
            new Appeal
            {
                By = signing.Party,
                Against = new(index),
                Grounds = "The weights lie in two vaults",
                AsksStay = true,
            }
        );
        var appeal = new ActId(filed);

        await page.GotoAsync("/inbox");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Decide {appeal}" }).ClickAsync();
        await Expect(page, "h1", "Decide on the appeal of Tern Labs");
        var found = await PageTests.JudgeAsync(page);
        await page.GetByLabel("Night-desk").CheckAsync();
        await page.GetByLabel("Set aside").CheckAsync();
        await page.Locator("#reason").FillAsync("The audit was wrong");
        await CheckAsync(page);

        await Expect(page, ".govuk-error-summary", "signed");
        found.AddRange(await PageTests.JudgeAsync(page));
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task A_key_that_is_not_named_by_the_roots_decides_nothing()
    {
        await using var signing = await Signing.StartAsync();
        var model = await RegisteredAsync(signing);
        var page = signing.Page;

        await page.GotoAsync($"/decide/standing?subject={model}");
        await Expect(page, ".c-note", "No officer has a passkey for this site");
        await page.GotoAsync(
            $"/decide/standing?subject={model}&officer=regulator/officer-1&act=suspend"
                + "&reason=because&check=yes"
        );
        await Assertions.Expect(page.Locator("#sign")).ToHaveCountAsync(0);
        foreach (var officer in (string[])["regulator/nobody", "nobody", "a/b/c", "<b>"])
        {
            await page.GotoAsync(
                $"/decide/standing?subject={model}&officer={Uri.EscapeDataString(officer)}&check=yes"
            );
            await Expect(page, ".govuk-error-summary", $"Nobody stands for {officer}");
        }
    }

    // By the page, and by the roots of the sandbox.
    internal static async Task NameAsync(
        Signing signing,
        Desk desk,
        string institution,
        string name,
        List<string> found
    )
    {
        await desk.Page.GotoAsync("/officers/passkey");
        await desk.Page.Locator("#name").FillAsync("Night Desk");
        await desk.Page.Locator("#officer-button").ClickAsync();
        await Expect(desk.Page, "#name-error", "lower-case letters");
        found.AddRange(await PageTests.JudgeAsync(desk.Page));
        await desk.Page.Locator("#name").FillAsync(name);
        await desk.Page.Locator("#officer-button").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#made-heading")).ToBeFocusedAsync();
        found.AddRange(await PageTests.JudgeAsync(desk.Page));
        var download = await desk.Page.RunAndWaitForDownloadAsync(() =>
            desk.Page.Locator("#half").ClickAsync()
        );
        var work = Directory.CreateTempSubdirectory("concord-officer-").FullName;
        var file = Path.Combine(work, download.SuggestedFilename);
        Assert.Equal($"{name}.public.json", download.SuggestedFilename);
        await download.SaveAsAsync(file);
        string[] words =
        [
            .. (string[])["officer", "add", $"{institution}={file}"],
            .. (string[])
                [
                    "--data",
                    signing.Server.Path,
                    "--authority",
                    signing.Server.Client.BaseAddress!.ToString(),
                ],
        ];
        (await ConcordProgram.RunAsync(work, words)).Done();
        var print = await desk.Page.Locator("#thumbprint").InnerTextAsync();
        var set = signing.Server.Authority.Intake.Current.World.Network.KeySet!;
        Assert.Contains(
            set.Institutions.Single(one => one.Name == institution).Officers,
            one => one.Name == name && one.Key.Id.ToString() == print
        );
        Directory.Delete(work, recursive: true);
    }

    // Two officers at two desks, of whom the first has proposed to suspend.
    private static async Task<(Desk First, Desk Second, string Proposal)> SuspendingAsync(
        Signing signing,
        ModelId model
    )
    {
        var (first, second) = (await signing.OtherDeskAsync(), await signing.OtherDeskAsync());
        await NameAsync(signing, first, "regulator", "night-desk", []);
        await NameAsync(signing, second, "institute", "reviewer", []);
        await first.Page.GotoAsync(
            $"/decide/standing?subject={model}&officer=regulator/night-desk&act=suspend"
                + "&reason=Weights+found+unguarded&check=yes"
        );
        return (first, second, await FiledAsync(first.Page));
    }

    private static async Task<ModelId> RegisteredAsync(Signing signing)
    {
        var filed = await signing.FileAsync(Given.Model(signing.Party, "Tern 1"));
        return new(filed);
    }

    private static Standing StandingOf(Signing signing, ModelId model)
    {
        var world = signing.Server.Authority.Intake.Current.World;
        return world.Registry.Models[model].Standing.AsOf(world.At);
    }

    private static Task CheckAsync(IPage page) => page.Locator("button[name=check]").ClickAsync();

    internal static async Task<string> FiledAsync(IPage page)
    {
        await page.Locator("#sign-button").ClickAsync();
        await page.WaitForURLAsync("**/acts/*?filed=true");
        return new Uri(page.Url).AbsolutePath["/acts/".Length..];
    }
}
