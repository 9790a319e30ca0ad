using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Concord.Hosts.Browser;

/// <summary>
/// Pictures of pages against those that are committed, on request (<c>./check --pictures</c>): both
/// compressed alike, compared pixel by pixel, and shown side by side with where they differ.
/// </summary>
internal static class Pictures
{
    /// <summary>
    /// By how much of 255 a channel of a pixel may differ before the pixel counts.
    /// </summary>
    public const int ChannelMost = 32;

    /// <summary>Which share of the pixels may count.</summary>
    public const double ShareMost = 0.01;

    private const int PictureQuality = 45;

    // What differs from run to run is set to one word: ids, digests, keys, times.
    private const string Still = """
        () => {
          const differs = new RegExp([
            /\b[AMRPSTD]-[0-9A-Z]{4,}-[0-9A-Z]{4,}\b/,
            /[A-Za-z0-9+\/_-]{22,}=*|[0-9a-f]{8,}…?/,
            /\d{1,2} \p{L}{3,9} \d{4}(, \d{2}:\d{2}( UTC)?)?|\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?/u,
          ].map(one => one.source).join('|'), 'gu');
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode;
            if (text.nodeValue.trim()) text.nodeValue = text.nodeValue.replace(differs, '…');
          }
          for (const input of document.querySelectorAll('input[value]')) {
            input.value = input.value.replace(differs, '…');
          }
        }
        """;

    private const string Compare = """
        async ([before, after, most]) => {
          const images = await Promise.all([before, after].map(async one =>
            createImageBitmap(await (await fetch(one)).blob())));
          const width = Math.max(...images.map(one => one.width));
          const height = Math.max(...images.map(one => one.height));
          const draw = image => {
            const canvas = new OffscreenCanvas(width, height);
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, width, height);
          };
          const [a, b] = images.map(draw);
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d');
          const shown = context.createImageData(width, height);
          let count = 0;
          for (let i = 0; i < a.data.length; i += 4) {
            let off = 0;
            for (let j = i; j < i + 4; j++) off = Math.max(off, Math.abs(a.data[j] - b.data[j]));
            const grey = 255 - (255 - (b.data[i] + b.data[i + 1] + b.data[i + 2]) / 3) / 4;
            if (off > most) count += 1;
            shown.data.set(off > most ? [176, 16, 28, 255] : [grey, grey, grey, 255], i);
          }
          context.putImageData(shown, 0, 0);
          return { share: count / (width * height), picture: canvas.toDataURL('image/png') };
        }
        """;

    private static readonly Lock s_one = new();

    /// <summary>Whether they are compared in this run.</summary>
    public static bool AreCompared => Environment.GetEnvironmentVariable("CONCORD_PICTURES") is "1";

    private static string Folder { get; } =
        Path.Combine(Repository.Root, "artifacts", "check", "pictures");

    // A page keeps the letters of the machine where its own come late.
    private const string Letters = """
        () => Promise.all([...document.fonts].map(one => {
          one.display = 'block';
          return one.load();
        }))
        """;

    /// <summary>Sets what differs from run to run to one word.</summary>
    public static Task StillAsync(IPage page) => page.EvaluateAsync(Still);

    /// <summary>Takes one, as those that are committed are compressed.</summary>
    public static async Task<byte[]> TakeAsync(IPage page, int width, int highest)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EvaluateAsync(Letters);
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        return await page.ScreenshotAsync(
            new()
            {
                Type = ScreenshotType.Jpeg,
                Quality = PictureQuality,
                FullPage = true,
                Clip = new() { Width = width, Height = Math.Min(height, highest) },
            }
        );
    }

    /// <summary>Compares a picture with the committed one, and shows both.</summary>
    /// <param name="page">A page whose browser reads the pictures.</param>
    /// <param name="name">What it shows, as its file is named.</param>
    /// <param name="committed">The path of the committed one.</param>
    /// <param name="after">The picture.</param>
    /// <param name="shareMost">Which share of the pixels may count.</param>
    /// <returns>What is to be looked at; null: nothing is.</returns>
    public static async Task<string?> CompareAsync(
        IPage page,
        string name,
        string committed,
        byte[] after,
        double shareMost = ShareMost
    )
    {
        Directory.CreateDirectory(Folder);
        if (!File.Exists(committed))
        {
            return $"{name}: no picture is committed; take it with UPDATE_GOLDEN=1";
        }

        var before = await File.ReadAllBytesAsync(committed);
        var blank = await page.Context.Browser!.NewPageAsync();
        var found = await blank.EvaluateAsync<JsonElement>(
            Compare,
            new object[] { Address(before), Address(after), ChannelMost }
        );
        await blank.CloseAsync();
        var share = found.GetProperty("share").GetDouble();
        var picture = found.GetProperty("picture").GetString()!;
        await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.before.jpg"), before);
        await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.after.jpg"), after);
        await File.WriteAllBytesAsync(
            Path.Combine(Folder, $"{name}.difference.png"),
            Convert.FromBase64String(
                picture[(picture.IndexOf(',', StringComparison.Ordinal) + 1)..]
            )
        );
        lock (s_one)
        {
            File.WriteAllText(
                Path.Combine(Folder, $"{name}.share"),
                share.ToString("F6", CultureInfo.InvariantCulture)
            );
            File.WriteAllText(Path.Combine(Folder, "index.html"), Report());
        }

        return share <= shareMost
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {share:P2} of the pixels differ; look at artifacts/check/pictures"
            );
    }

    private static string Address(byte[] picture) =>
        $"data:image/jpeg;base64,{Convert.ToBase64String(picture)}";

    // Those that differ most come first.
    private static string Report()
    {
        var rows = Directory
            .EnumerateFiles(Folder, "*.share")
            .Select(file =>
                (
                    Name: Path.GetFileNameWithoutExtension(file),
                    Share: double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture)
                )
            )
            .OrderByDescending(one => one.Share)
            .ThenBy(one => one.Name, StringComparer.Ordinal);
        var html = new StringBuilder(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>Pictures of pages</title>
                <style>body{font-family:sans-serif}img{max-width:100%;border:1px solid}
                table{width:100%;table-layout:fixed}td{vertical-align:top}</style>
                <h1>Pictures of pages, before and after</h1>
                <p>A pixel counts where a channel differs by more than {{ChannelMost}} of 255. In a
                page at most {{ShareMost:P0}} of them may, in a step of a journey more, for its
                ids.</p>

                """
            )
        );
        foreach (var (name, share) in rows)
        {
            var said = WebUtility.HtmlEncode(name);
            html.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    <h2>{said}: {share:P2}</h2>
                    <table><tr><th>Before<th>After<th>Difference
                    <tr><td><img alt="before" src="{said}.before.jpg">
                    <td><img alt="after" src="{said}.after.jpg">
                    <td><img alt="difference" src="{said}.difference.png"></table>

                    """
                )
            );
        }

        return html.ToString();
    }
}
