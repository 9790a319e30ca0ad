using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>
/// A journey as <c>docs/journeys</c> shows it: the pages on the way as pictures, wide and narrow,
/// and their words in a file. The words are held to the pages at every run; with
/// <c>UPDATE_GOLDEN=1</c> words and pictures are taken anew.
/// </summary>
/// <param name="name">The journey, as its files are named.</param>
internal sealed partial class JourneyBook(string name)
{
    private const int Wide = 1280;
    private const int Narrow = 320;
    private const int HighestPicture = 1700;

    // Ids, digests and times in the picture are of its run.
    private const double ShareMost = 0.06;

    private readonly StringBuilder _words = new();
    private readonly List<string> _differs = [];
    private int _step;

    /// <summary>Where journeys are shown.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "journeys");

    private static bool IsTaken => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1";

    /// <summary>Adds the page as it stands.</summary>
    public async Task ShowAsync(IPage page)
    {
        _step++;
        await page.SetViewportSizeAsync(Wide, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        // What stands in for a script goes when it has run.
        await Assertions.Expect(page.Locator("#without")).ToBeHiddenAsync();
        _words.Append("## ").Append(_step).Append('\n');
        _words.Append(Plain(await page.Locator("main").InnerTextAsync())).Append("\n\n");
        if (IsTaken || Pictures.AreCompared)
        {
            await TakeAsync(page, Wide);
            await TakeAsync(page, Narrow);
            await page.SetViewportSizeAsync(Wide, 900);
        }
    }

    /// <summary>Adds what a command printed.</summary>
    public void Add(string printed)
    {
        _step++;
        _words.Append("## ").Append(_step).Append('\n').Append(Plain(printed)).Append("\n\n");
    }

    /// <summary>Holds the words to what is written, or writes them.</summary>
    public async Task CloseAsync()
    {
        Assert.True(_differs.Count == 0, string.Join('\n', _differs));
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(Folder, $"{name}.txt");
        if (IsTaken)
        {
            await File.WriteAllTextAsync(file, _words.ToString(), cancel);
            return;
        }

        Assert.True(
            File.Exists(file),
            $"{file} is missing: take it with UPDATE_GOLDEN=1, and look at the pictures"
        );
        Assert.Equal(await File.ReadAllTextAsync(file, cancel), _words.ToString());
    }

    private async Task TakeAsync(IPage page, int width)
    {
        var file = $"{name}-{_step}-{width}";
        var committed = Path.Combine(Folder, $"{file}.jpg");
        var picture = await Pictures.TakeAsync(page, width, HighestPicture);
        if (IsTaken)
        {
            await File.WriteAllBytesAsync(committed, picture);
        }
        else if (
            await Pictures.CompareAsync(page, file, committed, picture, ShareMost) is { } differs
        )
        {
            _differs.Add(differs);
        }
    }

    // What differs from run to run stands as one sign: ids, digests, keys, times, counts.
    private static string Plain(string text)
    {
        text = Identifier().Replace(text, "…");
        text = Moment().Replace(text, "…");
        text = Blank().Replace(text, "\n");
        return Number().Replace(text, "#").Trim();
    }

    [GeneratedRegex(
        @"\b[AMRPSTD]-[0-9A-Z]{4,}-[0-9A-Z]{4,}\b|[A-Za-z0-9+/_-]{22,}=*|[0-9a-f]{8,}…?"
    )]
    private static partial Regex Identifier();

    [GeneratedRegex(
        @"\d{1,2} \p{L}{3,9} \d{4}(, \d{2}:\d{2}( UTC)?)?|\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?"
    )]
    private static partial Regex Moment();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\d+([.,]\d+)*")]
    private static partial Regex Number();
}
