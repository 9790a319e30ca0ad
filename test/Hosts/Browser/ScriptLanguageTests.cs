using System.Text;
using Concord.Authority.Web.Languages;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>What scripts say, in the language of the page that they belong to.</summary>
public sealed class ScriptLanguageTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>
    /// A language, and what it has for: a file is read, it was ended, one is added, one is sent,
    /// and no passkey signed.
    /// </summary>
    public static TheoryData<string, string, string, string, string> Said =>
        new()
        {
            {
                "fr",
                "Lecture de large.gguf, 2 sur 2.",
                "Annulé. Fichiers ajoutés ci-dessus : 1 sur 2 ; rien n’a été envoyé.",
                "a.txt est envoyé.",
                "Aucune clé d’accès n’a signé"
            },
            {
                "ar",
                "تجري قراءة \u2068large.gguf\u2069، 2 من أصل 2.",
                "أُلغي. أُضيف أعلاه 1 من أصل 2 من الملفات؛ ولم يُرسل شيء.",
                "أُرسل \u2068a.txt\u2069.",
                "لم يوقّع أي مفتاح مرور"
            },
        };

    [Theory]
    [MemberData(nameof(Said))]
    public async Task Progress_and_faults_are_said_in_the_language_of_the_page(
        string language,
        string reading,
        string ended,
        string sent,
        string unsigned
    )
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        var errors = PageTests.Listen(page);
        using var files = new LargeFile();
        await page.GotoAsync($"/{language}/file/release?party={signing.Party}");
        await page.Locator("#chosen").SetInputFilesAsync((string[])[files.Small, files.Large]);
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync(reading);
        await page.Locator("#cancel").ClickAsync();
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync(ended);

        await page.Locator("#attach-chosen")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.txt",
                    MimeType = "text/plain",
                    Buffer = Encoding.UTF8.GetBytes("a"),
                }
            );
        await Assertions.Expect(page.Locator("#attach-said")).ToHaveTextAsync(sent);
        var found = await PageTests.JudgeAsync(page);

        await page.GotoAsync($"/{language}/file/register-model?party={signing.Party}");
        await page.Locator("#name").FillAsync("Tern 1");
        await page.Locator("input[name=modality][value=text]").CheckAsync();
        await page.Locator("button[name=check]").ClickAsync();
        await signing.VerifyUserAsync(false);
        await signing.SignAsync();
        Assert.StartsWith(unsigned, await signing.TroubleAsync(), Ordinal);
        found.AddRange(await PageTests.JudgeAsync(page));

        await signing.VerifyUserAsync(true);
        await signing.SignAsync();
        await page.WaitForURLAsync($"**/{language}/acts/*?filed=true");
        Assert.Empty(found);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task What_the_law_answers_is_marked_as_english_in_another_language()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        await page.GotoAsync($"/ar/file/register-model?party={signing.Party}");
        await page.Locator("#name").FillAsync("Tern 1");
        await page.Locator("input[name=modality][value=text]").CheckAsync();
        await page.Locator("button[name=check]").ClickAsync();
        await page.Locator("#sign-button").WaitForAsync();
        // Meanwhile somebody of the party files a model of that name.
        await signing.FileAsync(Api.Given.Model(signing.Party, "Tern 1"));

        await signing.SignAsync();

        Assert.Contains("القاعدة", await signing.TroubleAsync(), Ordinal);
        var marked = page.Locator("#trouble [lang=en][dir=ltr]");
        await Assertions.Expect(marked.Nth(2)).ToContainTextAsync("No two models of one developer");
        await Assertions
            .Expect(page.Locator("#trouble button"))
            .ToHaveTextAsync("الطعن في قرار الرفض هذا");
        Assert.Empty(await PageTests.JudgeAsync(page));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task Counts_have_the_forms_and_figures_that_the_server_gives_them(string language)
    {
        const string One = "One file is added above.";
        const string Many = "{0} files are added above.";
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        await signing.Page.GotoAsync($"/{language}/file/release?party={signing.Party}");
        long[] counts = [.. Enumerable.Range(0, 250), 1_000, 1_001, 1_011, 20_002, 1_000_000];

        var said = await SayAsync<string[]>(
            signing.Page,
            $"counts => counts.map(one => phrases.counted(one, '{One}', '{Many}'))",
            counts
        );

        var spoken = Language.Find(language)!;
        Language.Now = new(spoken, spoken);
        var wanted = counts.Select(one => Speech.Count(one, One, Many)).ToList();
        Language.Now = Spoken.Usual;
        Assert.Equal(wanted, said);
    }

    [Fact]
    public async Task A_name_turns_nothing_that_stands_around_it()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        const string Say = "name => phrases.say('{0} is sent.', name)";
        await signing.Page.GotoAsync($"/file/release?party={signing.Party}");
        Assert.Equal("a.txt is sent.", await SayAsync<string>(signing.Page, Say, "a.txt"));
        Assert.Equal(
            "\u2068ملف\u2069 is sent.",
            await SayAsync<string>(signing.Page, Say, "\u2069ملف\u202e")
        );
        Assert.Equal("{1} is sent.", await SayAsync<string>(signing.Page, Say, "{1}"));
    }

    [Fact]
    public async Task Without_its_phrases_a_page_works_and_speaks_english()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        await page.RouteAsync("**/assets/phrases-fr.*", route => route.AbortAsync());
        using var files = new LargeFile();
        await page.GotoAsync($"/fr/file/release?party={signing.Party}");
        await page.Locator("#chosen").SetInputFilesAsync(files.Small);
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("One file is added above.");
    }

    // Asks the module that the page itself has.
    private static async Task<T> SayAsync<T>(IPage page, string deed, object value) =>
        await page.EvaluateAsync<T>(
            $$"""
            async value => {
              const { name } = performance.getEntriesByType("resource")
                .find(one => /\/assets\/phrases\.[0-9a-f]{8}\.js$/.test(one.name));
              const phrases = await import(name);
              return ({{deed}})(value);
            }
            """,
            value
        );

    // A file that takes many seconds to read and no place on the disk, and a small one.
    private sealed class LargeFile : IDisposable
    {
        private readonly string _folder = Directory
            .CreateTempSubdirectory("concord-phrases-")
            .FullName;

        public LargeFile()
        {
            File.WriteAllText(Small, "small");
            using var stream = File.Create(Large);
            stream.SetLength(4L << 30);
        }

        public string Small => Path.Combine(_folder, "first.gguf");

        public string Large => Path.Combine(_folder, "large.gguf");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
