using System.Net;
using System.Text.Json;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Identify;
using Concord.Authority.Recovery;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Tests;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// What a running authority answers by a fingerprint when the register is large for one answer.
/// </summary>
public sealed class IdentifySweepTests
{
    private static readonly HostOptions s_host = new() { Identify = SweptRegister.Limits };

    // Their sketches say nothing, as those of what was rotated.
    private static readonly Fingerprint s_sought = Prints.Of(1);
    private static readonly Fingerprint s_rotated = Prints.Of(1, variant: 2);

    [Fact]
    public async Task What_was_rotated_is_found_by_asking_on_until_it_is_complete()
    {
        await using var server = await SandboxServer.StartAsync(host: s_host);
        var register = await SweptRegister.FileAsync(server, s_sought);

        var answers = await SweptRegister.AskAllAsync(server, s_rotated);

        Assert.Empty(SweptRegister.Found(answers[0]));
        Assert.Equal([$"{register.Sought}"], SweptRegister.Found(answers));
        Assert.Equal(25, answers.Sum(answer => answer.GetProperty("swept").GetInt64()));
        Assert.All(
            answers,
            answer =>
            {
                Assert.Equal(25, answer.GetProperty("fingerprints").GetInt64());
                Assert.InRange(answer.GetProperty("swept").GetInt64(), 1, 10);
                Assert.True(answer.GetProperty("indexed").GetInt64() > 0);
            }
        );
        // Whoever asks again later asks for what came since.
        var after = answers[^1].GetProperty("through").GetString();
        var since = await SweptRegister.AskAsync(
            server,
            new { fingerprint = Prints.Text(s_rotated), after }
        );
        Assert.True(since.GetProperty("complete").GetBoolean());
        Assert.Equal(0, since.GetProperty("compared").GetInt32());
    }

    [Fact]
    public async Task What_is_near_or_the_same_is_found_by_the_first_answer()
    {
        await using var server = await SandboxServer.StartAsync(host: s_host);
        var register = await SweptRegister.FileAsync(server, Sketched(s_sought));

        var near = await SweptRegister.AskAsync(
            server,
            new { fingerprint = Prints.Text(Sketched(s_rotated)) }
        );
        var same = await SweptRegister.AskAsync(
            server,
            new { fingerprint = Prints.Text(Sketched(s_sought)) }
        );

        Assert.Equal([$"{register.Sought}"], SweptRegister.Found(near));
        Assert.Equal([$"{register.Sought}"], SweptRegister.Found(same));
        Assert.False(near.GetProperty("complete").GetBoolean());
        var match = same.GetProperty("matches")[1];
        Assert.True(match.GetProperty("same_weights").GetBoolean());
        Assert.Equal("copy", match.GetProperty("relation").GetString());
    }

    [Fact]
    public async Task Fewer_bits_are_called_a_quantisation_and_nothing_is_said_of_the_other_way()
    {
        await using var server = await SandboxServer.StartAsync();
        await SweptRegister.FileAsync(server, WithBits(s_sought, 8), strangers: 1);

        async Task<string?> RelationAsync(int bits)
        {
            var said = await SweptRegister.AskAsync(
                server,
                new { fingerprint = Prints.Text(WithBits(s_rotated, bits)) }
            );
            return said.GetProperty("matches")[1].TryGetProperty("relation", out var relation)
                ? relation.GetString()
                : null;
        }

        Assert.Equal("quantisation", await RelationAsync(4));
        Assert.Null(await RelationAsync(8));
        Assert.Null(await RelationAsync(16));
    }

    [Fact]
    public async Task An_index_that_is_deleted_or_torn_gives_the_same_answers_after_a_start()
    {
        var path = SandboxServer.NewFolder();
        var server = await SandboxServer.StartAsync(path, host: s_host);
        var register = await SweptRegister.FileAsync(server, s_sought);
        await register.WithdrawAsync(await register.PrintAsync(register.Others, s_rotated));
        await SweptRegister.FollowedAsync(server);
        Assert.Equal($"{register.Sought}", await AnswersAsync(server));
        await server.StopAsync();

        foreach (var harm in Harms(new DataFolder(path).WeightsIndex))
        {
            harm();
            server = await SandboxServer.StartAsync(path, host: s_host);
            Assert.Equal($"{register.Sought}", await AnswersAsync(server));
            await SweptRegister.FollowedAsync(server);
            Assert.Equal($"{register.Sought}", await AnswersAsync(server));
            await server.StopAsync();
        }

        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task Without_an_index_filings_and_answers_go_on_and_the_server_says_why()
    {
        var path = SandboxServer.NewFolder();
        var founded = await SandboxServer.StartAsync(path, host: s_host);
        await SweptRegister.FollowedAsync(founded);
        await founded.StopAsync();
        var folder = new DataFolder(path).WeightsIndex;
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "no folder", Cancel);
        await using var server = await SandboxServer.StartAsync(path, host: s_host);

        var register = await SweptRegister.FileAsync(server, s_sought, isFollowed: false);
        var answers = await SweptRegister.AskAllAsync(server, s_rotated);
        var health = await server.ReadAsync("/healthz");

        // The newest are compared at once, and again when the sweep comes to them.
        Assert.Equal([$"{register.Sought}"], SweptRegister.Found(answers).Distinct());
        Assert.All(answers, answer => Assert.False(answer.TryGetProperty("indexed", out _)));
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Contains(
            "index of weights",
            health.GetProperty("weights_why").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_index_is_in_no_backup_and_is_made_again_where_that_is_restored()
    {
        await using var server = await SandboxServer.StartAsync(host: s_host);
        await SweptRegister.FileAsync(server, s_sought);
        Assert.True(Directory.Exists(server.Authority.Folder.WeightsIndex));
        var to = SandboxServer.NewFolder();
        Directory.Delete(to);

        var manifest = Backup.Run(server.Authority.Folder, to, withKeys: true, TimeProvider.System);

        Assert.DoesNotContain(
            manifest.Files,
            part => part.Name.Contains("weights", StringComparison.Ordinal)
        );
        Directory.Delete(to, recursive: true);
    }

    [Theory]
    [InlineData("""{"fingerprint":"PRINT","after":"A-0000-0000"}""", "$.after")]
    [InlineData("""{"fingerprint":"PRINT","after":"M-0000-0DBR"}""", "$.after")]
    [InlineData("""{"fingerprint":"PRINT","after":""}""", "$.after")]
    [InlineData("""{"fingerprint":"PRINT","after":7}""", "$.after")]
    [InlineData("""{"weights":"DIGEST","after":"AFTER"}""", "$.after")]
    public async Task A_place_to_go_on_from_is_an_act_and_needs_a_fingerprint(
        string question,
        string where
    )
    {
        await using var server = await SandboxServer.StartAsync();
        var body = question
            .Replace("PRINT", Prints.Text(s_sought), StringComparison.Ordinal)
            .Replace("DIGEST", $"{Digest.Of("x"u8)}", StringComparison.Ordinal)
            .Replace("AFTER", $"{new Acts.ActId(5)}", StringComparison.Ordinal);

        var (status, said) = await SweptRegister.TryAsync(server, SandboxServer.Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(where, said.GetProperty("where").GetString());
    }

    [Fact]
    public async Task A_place_behind_the_log_costs_nothing_and_finds_nothing()
    {
        await using var server = await SandboxServer.StartAsync(host: s_host);
        await SweptRegister.FileAsync(server, s_sought);

        var said = await SweptRegister.AskAsync(
            server,
            new { fingerprint = Prints.Text(s_sought), after = $"{new Acts.ActId((1L << 49) + 1)}" }
        );

        Assert.Empty(SweptRegister.Found(said));
        Assert.Equal(0, said.GetProperty("swept").GetInt64());
        Assert.True(said.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task An_address_has_so_much_compared_in_a_while_and_is_told_when_to_ask_on()
    {
        var limits = SweptRegister.Limits with { WorkPerSecond = 0.001, WorkBurst = 30 };
        await using var server = await SandboxServer.StartAsync(host: new() { Identify = limits });
        await SweptRegister.FileAsync(server, s_sought);
        var question = new { fingerprint = Prints.Text(s_rotated) };

        var asked = 0;
        while ((await SweptRegister.TryAsync(server, question)).Status == HttpStatusCode.OK)
        {
            asked++;
        }

        Assert.InRange(asked, 1, 3);
        using var content = new StringContent(
            JsonSerializer.Serialize(question),
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var refused = await server.Client.PostAsync(
            new Uri("/identify", UriKind.Relative),
            content,
            Cancel
        );
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        // What costs nothing is answered on, and others are let in to file.
        await SweptRegister.AskAsync(server, new { weights = $"{Digest.Of("x"u8)}" });
        await server.ReadAsync("/register");
        await server.AdmitAsync("Gull Makers", Acts.Network.PartyRole.Developer);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is said, without when it was said and by what.</summary>
    private static async Task<string> AnswersAsync(SandboxServer server)
    {
        var answers = await SweptRegister.AskAllAsync(server, s_rotated);
        Assert.True(answers.Count > 1);
        return string.Join(' ', SweptRegister.Found(answers));
    }

    private static IEnumerable<Action> Harms(string folder)
    {
        foreach (var name in (string[])["entries", "digests", "sketches", "screens"])
        {
            var file = Path.Combine(folder, name);
            yield return () => File.Delete(file);
            yield return () =>
            {
                using var open = File.OpenWrite(file);
                open.SetLength(5_000);
            };
        }

        yield return () => Directory.Delete(folder, recursive: true);
    }

    private static Fingerprint WithBits(Fingerprint of, int bits) =>
        SweptRegister.Like(of, 16 * bits, of.Scan);

    private static Fingerprint Sketched(Fingerprint of) =>
        SweptRegister.Like(
            of,
            of.SixteenthBits,
            Enumerable
                .Range(1, Fingerprint.ScanWords)
                .Select(word => (ulong)word * 0x9E3779B97F4A7C15)
                .ToArray()
        );
}
