using System.Text;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>Files of weights are hashed in the browser: dropped, ended, and given again.</summary>
public sealed class WeightsTests
{
    private const string Drop = """
        files => {
          const dataTransfer = new DataTransfer();
          for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
          for (const type of ['dragenter', 'dragover', 'drop']) {
            document.getElementById('drop')
              .dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
          }
        }
        """;

    [Fact]
    public async Task Files_that_are_dropped_stand_below_those_that_were_given()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        await page.GotoAsync($"/file/release?party={signing.Party}");
        var weights = page.Locator("#weights");
        await weights.FillAsync($"{Digest.Of("a"u8)} 1 a.gguf");

        await page.EvaluateAsync(
            Drop,
            new object[] { new[] { "b c.gguf", "bb" }, new[] { "<i>.bin", "" } }
        );

        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("2 files are added above.");
        await Assertions
            .Expect(weights)
            .ToHaveValueAsync(
                $"{Digest.Of("a"u8)} 1 a.gguf\n{Digest.Of("bb"u8).ToHex()} 2 b_c.gguf\n"
                    + $"{Digest.Of(""u8).ToHex()} 0 <i>.bin\n"
            );
    }

    [Fact]
    public async Task Whoever_ends_it_keeps_what_was_read_and_may_begin_again()
    {
        await using var signing = await Signing.StartAsync();
        await signing.JoinAsync();
        var page = signing.Page;
        var sent = new List<string>();
        var folder = Directory.CreateTempSubdirectory("concord-weights-").FullName;
        var (small, large) = (
            Path.Combine(folder, "first.gguf"),
            Path.Combine(folder, "large.gguf")
        );
        await File.WriteAllTextAsync(small, "small", TestContext.Current.CancellationToken);
        await using (var stream = File.Create(large))
        {
            // It takes many seconds to read, and no place on the disk.
            stream.SetLength(4L << 30);
        }

        await page.GotoAsync($"/file/release?party={signing.Party}");
        page.Request += (_, request) => sent.Add($"{request.Method} {request.PostData}");

        await page.Locator("#chosen").SetInputFilesAsync((string[])[small, large]);
        await Assertions
            .Expect(page.Locator("#said"))
            .ToHaveTextAsync("Reading large.gguf, 2 of 2.");
        await Assertions.Expect(page.Locator("#cancel")).ToBeFocusedAsync();
        // What is dropped meanwhile is not taken.
        await page.EvaluateAsync(Drop, new object[] { new[] { "late.gguf", "x" } });
        await page.Keyboard.PressAsync("Enter");

        await Assertions
            .Expect(page.Locator("#said"))
            .ToHaveTextAsync("Cancelled. 1 of 2 files are added above; nothing was sent.");
        await Assertions.Expect(page.Locator("#chosen")).ToBeFocusedAsync();
        var first = $"{Digest.Of("small"u8).ToHex()} 5 first.gguf\n";
        await Assertions.Expect(page.Locator("#weights")).ToHaveValueAsync(first);
        await page.EvaluateAsync(Drop, new object[] { new[] { "again.gguf", "x" } });
        await Assertions
            .Expect(page.Locator("#weights"))
            .ToHaveValueAsync($"{first}{Digest.Of("x"u8).ToHex()} 1 again.gguf\n");
        Assert.All(sent, one => Assert.Equal("GET ", one));
        Directory.Delete(folder, recursive: true);
    }
}
