using System.Text.Json;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Parquet.Serialization;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Whoever takes along what a page shows has the same rows in the same order.</summary>
public sealed class ExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_has_the_rows_of_its_question_in_their_order()
    {
        await using var server = await SandboxServer.StartAsync();
        await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), Cancel);

        foreach (
            var question in (string[])
                [
                    "search=llama&sort=name",
                    "search=claude",
                    "search=Antropic",
                    "answer=undetermined&law=eu-ai-act&sort=date",
                    "status=registered",
                    "sort=compute",
                ]
        )
        {
            var page = await server.ReadAsync($"/register?limit=500&{question}");
            var shown = page.GetProperty("models")
                .EnumerateArray()
                .Select(model => model.GetProperty("id").GetString()!)
                .ToList();
            var next = page;
            while (next.TryGetProperty("next", out var address) && address.GetString() is { } at)
            {
                next = await server.ReadAsync(at);
                shown.AddRange(
                    next.GetProperty("models")
                        .EnumerateArray()
                        .Select(model => model.GetProperty("id").GetString()!)
                );
            }

            Assert.Equal(page.GetProperty("total").GetInt32(), shown.Count);
            Assert.Equal(shown, await CsvAsync(server, question));
            Assert.Equal(shown, await LinesAsync(server, question));
            Assert.Equal(shown, await ParquetAsync(server, question));
        }
    }

    [Fact]
    public async Task Without_a_question_a_file_is_the_register_by_its_ids()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        foreach (var name in (string[])["Tern C", "Tern A", "Tern B"])
        {
            await server.FileAsync(server.Sign(party, key, Given.Model(party, name)));
        }

        var ids = await CsvAsync(server, "");

        Assert.Equal(3, ids.Count);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    // A file outlives the page that said how it was found.
    [Fact]
    public async Task The_name_of_a_file_says_whether_its_rows_are_only_near_or_only_part()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        foreach (var name in (string[])["Guillemot 1", "Tern 2"])
        {
            await server.FileAsync(server.Sign(party, key, Given.Model(party, name)));
        }

        Assert.Contains("-near.csv", await NameAsync("?search=gillemot"), StringComparison.Ordinal);
        Assert.Contains("-part.csv", await NameAsync("?search=guille"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(near|part)", await NameAsync("?sort=name"));
        Assert.DoesNotMatch("(near|part)", await NameAsync(""));

        async Task<string> NameAsync(string query)
        {
            using var response = await server.Client.GetAsync(
                "/export/register.csv" + query,
                Cancel
            );
            return response.Content.Headers.ContentDisposition!.FileName!;
        }
    }

    [Fact]
    public async Task A_question_that_is_not_understood_exports_nothing()
    {
        await using var server = await SandboxServer.StartAsync();

        using var response = await server.Client.GetAsync(
            "/export/register.csv?answer=perhaps",
            Cancel
        );

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<IReadOnlyList<string>> CsvAsync(SandboxServer server, string question)
    {
        var text = await server.Client.GetStringAsync($"/export/register.csv?{question}", Cancel);
        return
        [
            .. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(',')[0]),
        ];
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(
        SandboxServer server,
        string question
    )
    {
        var text = await server.Client.GetStringAsync($"/export/register.jsonl?{question}", Cancel);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                    JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!
                ),
        ];
    }

    private static async Task<IReadOnlyList<string>> ParquetAsync(
        SandboxServer server,
        string question
    )
    {
        var bytes = await server.Client.GetByteArrayAsync(
            $"/export/register.parquet?{question}",
            Cancel
        );
        using var stream = new MemoryStream(bytes);
        var read = await ParquetSerializer.DeserializeAsync<RegisterRow>(
            stream,
            cancellationToken: Cancel
        );
        return [.. read.Data.Select(row => row.Id)];
    }
}
