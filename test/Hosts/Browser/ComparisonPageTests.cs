using Concord.Hosts.Cli;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>The page that a comparison writes stands by itself and is for everybody.</summary>
public sealed class ComparisonPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("compared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_page_of_a_comparison_is_accessible_and_asks_for_nothing_else()
    {
        var made = Untrained.Llama(1, width: 128, hidden: 256);
        Keep("base.safetensors", SafetensorsFile.Write(made));
        Keep("a <b>'very' & long name of a copy.gguf", GgufFile.Write(made, ElementType.Q4_0));
        Keep("turned.safetensors", SafetensorsFile.Write(Rearranged.Hidden(made, 3)));
        Keep("other.safetensors", SafetensorsFile.Write(Untrained.Llama(2, 128, 256)));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);

        foreach (var file in Directory.GetFiles(_folder).Select(Path.GetFileName))
        {
            var run = await ConcordProgram.RunAsync(
                _folder,
                ["compare", file!, "base.safetensors", "--html", "page.html"]
            );
            Assert.True(run.Code is 0 or 1, run.Error);
            var page = await browser.NewPageAsync();
            var errors = PageTests.Listen(page);
            var asked = new List<string>();
            page.Request += (_, request) => asked.Add(request.Url);
            await page.GotoAsync($"file://{_folder}/page.html");

            var found = await PageTests.JudgeAsync(page);

            Assert.True(found.Count == 0, $"{file}: {string.Join('\n', found)}");
            Assert.Empty(errors);
            Assert.Single(asked);
            Assert.Equal(0, await page.Locator("b").CountAsync());
            await page.CloseAsync();
        }
    }

    private void Keep(string name, byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
}
