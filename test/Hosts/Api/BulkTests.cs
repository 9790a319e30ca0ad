using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Many filings at once: each row its verdict, nothing twice, nothing lost.</summary>
public sealed class BulkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_row_is_filed_or_told_why_not_in_the_order_of_the_rows()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var stranger = StatementSigner.Create();
        string[] rows =
        [
            Row(server.Sign(party, key, Given.Model(party, "Tern 1"))),
            Row(server.Sign(party, stranger, Given.Model(party, "Tern 2"))),
            "no json",
            """{"statement":"AAAA","sealed":"AAAA"}""",
            Row(server.Sign(party, key, Given.Model(party, "Tern 1"))),
            Row(server.Sign(party, key, Given.Release(new(999_999), new(2026, 3, 1)))),
        ];

        var answers = await PostAsync(server, "/acts/bulk", rows);

        Assert.Equal([1, 2, 3, 4, 5, 6], answers.Select(one => one.GetProperty("row").GetInt32()));
        Assert.Equal(
            ["filed", "not-taken", "not-taken", "not-taken", "duplicate", "refused"],
            answers.Select(Verdict)
        );
        Assert.Equal(
            answers[0].GetProperty("receipt").GetString(),
            answers[4].GetProperty("receipt").GetString()
        );
        Assert.Equal("/problems/unknown-key", Type(answers[1]));
        Assert.Equal(
            "$.sealed",
            answers[3].GetProperty("problem").GetProperty("where").GetString()
        );
        Assert.True(answers[5].GetProperty("problem").TryGetProperty("refusal", out _));
    }

    [Fact]
    public async Task A_dry_run_judges_rows_on_top_of_each_other_and_logs_nothing()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var before = server.Acts;
        var model = server.Sign(party, key, Given.Model(party, "Tern 1"));

        var answers = await PostAsync(server, "/acts/bulk?dry=true", [Row(model), Row(model)]);

        Assert.Equal(["admitted", "duplicate"], answers.Select(Verdict));
        Assert.Equal(before, server.Acts);
    }

    [Theory]
    [InlineData("/acts/bulk")]
    [InlineData("/acts/bulk?dry=true")]
    public async Task A_file_of_wrong_signatures_is_looked_at_so_far_and_shuts_out_who_sent_it(
        string address
    )
    {
        await using var server = await SandboxServer.StartAsync(
            host: new() { FaultsPerSecond = 0.001, FaultsBurst = 1_000 }
        );
        var (party, _) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var stranger = StatementSigner.Create();
        var row = Row(server.Sign(party, stranger, Given.Model(party, "Tern 1")));

        var answers = await PostAsync(server, address, [.. Enumerable.Repeat(row, 1_600)]);
        using var next = await server.PostAsync("x"u8.ToArray());

        Assert.Equal(1_600, answers.Count);
        Assert.Equal("/problems/unknown-key", Type(answers[0]));
        Assert.Equal("/problems/too-many-requests", Type(answers[^1]));
        Assert.Equal(HttpStatusCode.TooManyRequests, next.StatusCode);
    }

    [Fact]
    public async Task A_row_larger_than_what_the_server_keeps_of_a_body_is_filed_among_others()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (entry, bytes) = Given.File("weights.bin", Visibility.Public, 5 << 20);
        var large = server.Sign(
            party,
            key,
            Given.Model(party, "Tern 2") with
            {
                Attachments = [entry],
            }
        );
        string[] rows =
        [
            Row(server.Sign(party, key, Given.Model(party, "Tern 1"))),
            $$"""{"statement":"{{Base64(large.Statement)}}","attachments":["{{Base64(bytes)}}"]}""",
            Row(server.Sign(party, key, Given.Model(party, "Tern 3"))),
        ];

        var answers = await PostAsync(server, "/acts/bulk", rows);

        Assert.Equal(["filed", "filed", "filed"], answers.Select(Verdict));
    }

    [Fact]
    public async Task What_a_file_of_wrong_rows_cost_is_owed_up_to_a_full_bound()
    {
        var time = new AdvancedTime();
        await using var server = await SandboxServer.StartAsync(
            host: new()
            {
                FaultsPerSecond = 0.01,
                FaultsBurst = 10,
                Time = time,
            }
        );
        var statuses = new List<HttpStatusCode>();
        async Task AskAsync()
        {
            using var answer = await server.PostAsync("x"u8.ToArray());
            statuses.Add(answer.StatusCode);
        }

        await PostAsync(server, "/acts/bulk", [.. Enumerable.Repeat("no json", 500)]);
        await AskAsync();
        time.Advance(TimeSpan.FromSeconds(1_000));
        await AskAsync();
        time.Advance(TimeSpan.FromSeconds(150));
        await AskAsync();

        Assert.Equal(
            [
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.BadRequest,
            ],
            statuses
        );
    }

    [Fact]
    public async Task A_request_without_rows_or_with_too_many_gets_one_problem()
    {
        await using var server = await SandboxServer.StartAsync();

        foreach (var body in (string[])["", string.Concat(Enumerable.Repeat("{}\n", 10_001))])
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/jsonl");
            using var answer = await server.Client.PostAsync("/acts/bulk", content, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("?dry=1")]
    [InlineData("?dry=True")]
    [InlineData("?dry=")]
    [InlineData("?dry=true&dry=false")]
    [InlineData("?dry-run=true")]
    public async Task A_dry_run_that_is_misspelt_files_nothing(string query)
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var before = server.Acts;
        var row = Row(server.Sign(party, key, Given.Model(party, "Tern 1")));
        using var content = new StringContent(row, Encoding.UTF8, "application/jsonl");

        using var answer = await server.Client.PostAsync("/acts/bulk" + query, content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, server.Acts);
    }

    [Fact]
    public async Task A_file_that_broke_off_goes_on_behind_what_was_filed()
    {
        await using var server = await SandboxServer.StartAsync();
        server.Authority.File.Write(server.Authority.Folder);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var folder = Directory.CreateTempSubdirectory("concord-bulk-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "tern.pem"), key.ToPem(), Cancel);
        var acts = Path.Combine(folder, "acts.jsonl");
        var lines = Enumerable
            .Range(0, 1_200)
            .Select(i => Encoding.UTF8.GetString(ActJson.Write(Given.Model(party, $"Tern {i}"))))
            .ToList();
        await File.WriteAllLinesAsync(acts, lines[..700], Cancel);
        var first = (await BulkAsync(server, folder, acts)).Done();
        // The run that was killed: half a line in the journal, and two rows that it lacks.
        var journal = await File.ReadAllLinesAsync(acts + ".filed", Cancel);
        await File.WriteAllTextAsync(
            acts + ".filed",
            string.Join('\n', journal[..^2]) + "\n" + journal[^2][..100],
            Cancel
        );
        await File.WriteAllLinesAsync(acts, lines, Cancel);
        var before = server.Acts;

        var dry = (await BulkAsync(server, folder, acts, "--dry-run")).Done();
        var second = (await BulkAsync(server, folder, acts)).Done();
        var third = (await BulkAsync(server, folder, acts)).Done();

        Assert.Equal(700, first.Json.GetProperty("filed").GetInt32());
        Assert.Equal(500, dry.Json.GetProperty("admitted").GetInt32());
        Assert.Equal(700, dry.Json.GetProperty("duplicate").GetInt32());
        Assert.Equal(698, second.Json.GetProperty("filed-before").GetInt32());
        Assert.Equal(2, second.Json.GetProperty("duplicate").GetInt32());
        Assert.Equal(500, second.Json.GetProperty("filed").GetInt32());
        Assert.Equal(1_200, third.Json.GetProperty("filed-before").GetInt32());
        Assert.Equal(before + 500, server.Acts);
        var kept = await File.ReadAllLinesAsync(acts + ".filed", Cancel);
        Assert.Equal(1_200, kept.Length);
        Assert.All(kept, line => Assert.Contains("\"receipt\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_with_a_line_that_is_no_act_files_nothing_and_names_the_line()
    {
        await using var server = await SandboxServer.StartAsync();
        server.Authority.File.Write(server.Authority.Folder);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var folder = Directory.CreateTempSubdirectory("concord-bulk-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "tern.pem"), key.ToPem(), Cancel);
        var acts = Path.Combine(folder, "acts.jsonl");
        var good = Encoding.UTF8.GetString(ActJson.Write(Given.Model(party, "Tern 1")));
        await File.WriteAllLinesAsync(
            acts,
            [good, good.Replace("\"name\"", "\"nome\"", StringComparison.Ordinal)],
            Cancel
        );
        var before = server.Acts;

        var run = await BulkAsync(server, folder, acts);

        Assert.Equal(1, run.Code);
        var row = Assert.Single(run.Json.GetProperty("rows").EnumerateArray());
        Assert.Equal(2, row.GetProperty("line").GetInt32());
        Assert.Contains("$.nome", row.GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, server.Acts);
    }

    private static Task<ConcordProgram.Run> BulkAsync(
        SandboxServer server,
        string folder,
        string acts,
        params string[] more
    ) =>
        ConcordProgram.RunAsync(
            folder,
            [
                "bulk",
                acts,
                "--key",
                "tern.pem",
                "--data",
                server.Authority.Folder.Path,
                "--authority",
                $"{server.Client.BaseAddress}",
                "--json",
                .. more,
            ]
        );

    private static string? Verdict(JsonElement answer) => answer.GetProperty("verdict").GetString();

    private static string? Type(JsonElement answer) =>
        answer.GetProperty("problem").GetProperty("type").GetString();

    private static string Row(Received received) =>
        $$"""{"statement":"{{Base64(received.Statement)}}"}""";

    private static string Base64(ReadOnlyMemory<byte> bytes) => Convert.ToBase64String(bytes.Span);

    private static async Task<List<JsonElement>> PostAsync(
        SandboxServer server,
        string address,
        string[] rows
    )
    {
        using var content = new StringContent(
            string.Join('\n', rows),
            Encoding.UTF8,
            "application/jsonl"
        );
        using var answer = await server.Client.PostAsync(address, content, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SandboxServer.Json),
        ];
    }
}
