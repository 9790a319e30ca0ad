using Xunit;

namespace Concord.Hosts.Stories;

/// <summary>
/// Every story, the tour of the README and the ceremony do what they say: commands are run by the
/// real program against a fresh sandbox. <c>UPDATE_GOLDEN=1</c> writes what they print into the
/// page.
/// </summary>
public sealed class StoryTests(SandboxOnce sandbox) : IClassFixture<SandboxOnce>
{
    private const string Tour = "README.md";
    private const string Ceremony = "docs/CEREMONY.md";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "stories"), "*.md")
                .Select(file => "stories/" + Path.GetFileName(file))
                .Append(Tour)
                .Append(Ceremony)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_story_does_what_it_says(string page)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(Repository.Root, page);
        var story = Story.Read(await File.ReadAllLinesAsync(file, cancel));
        await using var stage = story.BeginsWithUp
            ? Stage.Create()
            : await Stage.CopyAsync(sandbox.Stage, cancel);
        if (story.Steps.Any(step => step.Program.Contains(StoryWeights.Folder + "/", Ordinal)))
        {
            StoryWeights.Put(stage.Work);
        }

        var placeholders = new Placeholders(stage.Work);
        var isRewriting = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1";
        foreach (var step in story.Steps)
        {
            var output = await stage.RunAsync(placeholders.Fill(step.Program), cancel);
            var clean = placeholders.Clean(output);
            if (isRewriting)
            {
                step.Expected = clean;
            }

            Assert.True(
                string.Equals(step.Expected, clean, StringComparison.Ordinal),
                $"{page}: $ {step.Command}\n--- expected\n{step.Expected}--- printed\n{clean}"
            );
        }

        if (isRewriting)
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            await File.WriteAllTextAsync(file, story.Write(), cancel);
        }
    }

    [Fact]
    public void Every_word_that_stands_for_something_is_declared()
    {
        var said = File.ReadAllLines(Path.Combine(Repository.Root, "stories", "README.md"))
            .Where(line => line.StartsWith("| `{", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(Placeholders.Declared, said);
    }
}
