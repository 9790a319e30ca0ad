using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Servers whose clock passes midnight: what was kept on a day comes under a root in the log, and
/// whoever it concerns can prove that theirs is under it.
/// </summary>
public sealed class DailyRootTests
{
    private const string Swapped =
        "UPDATE refusals SET signed = (SELECT signed FROM refusals WHERE number = 1)";
    private const string Officer = "officer/regulator/officer-1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_and_a_reading_are_proven_to_be_under_the_roots_of_their_day()
    {
        var kept = await KeptAsync();
        await using var server = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 30));
        await RootedAsync(server, kept.Day);

        var network = server.Authority.Intake.Current.World.Network;
        var refusal = await OnlyAsync(server, kept, "/refusals", "refusals");
        var reading = await OnlyAsync(server, kept, $"/acts/{kept.Act}/readings", "readings");

        Assert.Equal(2, network.RefusalRoots.Of(kept.Day)?.Count);
        Assert.Equal(1, network.ReadRoots.Of(kept.Day)?.Count);
        AssertProven(refusal, refusal.GetProperty("signed"), network.RefusalRoots.Of(kept.Day)!);
        AssertProven(reading, reading.GetProperty("leaf"), network.ReadRoots.Of(kept.Day)!);
        using var leaf = JsonDocument.Parse(reading.GetProperty("leaf").GetBytesFromBase64());
        Assert.Equal(Officer, leaf.RootElement.GetProperty("reader").GetString());
        Assert.Equal("Case 7", leaf.RootElement.GetProperty("why").GetString());
        Assert.Equal(
            16,
            Base64Url.DecodeFromChars(leaf.RootElement.GetProperty("salt").GetString()).Length
        );
        var health = await server.ReadAsync("/healthz");
        Assert.False(health.TryGetProperty("roots_due", out _));
        Assert.False(health.TryGetProperty("roots_why", out _));
    }

    [Theory]
    [InlineData("UPDATE readings SET why = 'Another case'", "/acts/{0}/readings", "readings")]
    [InlineData(Swapped, "/refusals", "refusals")]
    [InlineData("UPDATE leaves SET hash = randomblob(32)", "/acts/{0}/readings", "readings")]
    public async Task A_changed_row_no_longer_proves(string sql, string address, string list)
    {
        var kept = await KeptAsync();
        var first = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 30));
        await RootedAsync(first, kept.Day);
        await first.StopAsync();
        Tamper(kept.Path, sql);

        await using var server = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 31));
        var path = string.Format(CultureInfo.InvariantCulture, address, kept.Act);
        var line = await OnlyAsync(server, kept, path, list);

        Assert.False(
            string.IsNullOrEmpty(line.GetProperty("proof").GetProperty("fault").GetString())
        );
    }

    [Theory]
    [InlineData("UPDATE readings SET why = 'Another case'", "readings row 1 of ")]
    [InlineData("DELETE FROM refusals WHERE number = 1", "refusals of ")]
    [InlineData("DELETE FROM readings; DELETE FROM leaves WHERE kind = 0", "readings of ")]
    public async Task Fsck_holds_what_is_kept_against_the_roots_in_the_log(string sql, string place)
    {
        var kept = await KeptAsync();
        var server = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 30));
        await RootedAsync(server, kept.Day);
        await server.StopAsync();

        (await FsckAsync(kept.Path)).Done();
        Tamper(kept.Path, sql);
        var damaged = await FsckAsync(kept.Path);

        Assert.Equal(7, damaged.Code);
        var finding = damaged
            .Json.GetProperty("findings")
            .EnumerateArray()
            .Single(one => !Text(one, "place").StartsWith("answers.db", StringComparison.Ordinal));
        Assert.Equal(place + kept.Day.ToString("O", null), Text(finding, "place"));
        Assert.Contains("sha256:", Text(finding, "what"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_gone_before_the_root_is_missed_and_said()
    {
        var kept = await KeptAsync();
        Tamper(
            kept.Path,
            "DELETE FROM refusals WHERE number = 1; "
                + "DELETE FROM leaves WHERE kind = 1 AND number = 1; "
                + "DELETE FROM readings; DELETE FROM leaves WHERE kind = 0"
        );

        await using var server = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 30));
        await RootedAsync(server, kept.Day);

        var network = server.Authority.Intake.Current.World.Network;
        Assert.Equal(1, network.RefusalRoots.Of(kept.Day)?.Count);
        Assert.Contains(
            "gone from the store",
            (await server.ReadAsync("/healthz")).GetProperty("roots_why").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Days_that_were_missed_while_the_server_was_down_are_made_up_for()
    {
        var kept = await KeptAsync();
        var later = kept.Midnight + TimeSpan.FromDays(3);
        await using var server = await SandboxServer.StartAsync(kept.Path, At(later, 30));
        await ResumeAsync(server);
        await RootedAsync(server, kept.Day.AddDays(3));

        var network = server.Authority.Intake.Current.World.Network;

        Assert.Equal(kept.Day.AddDays(4), network.ReadRoots.Next);
        Assert.Equal(kept.Day.AddDays(4), network.RefusalRoots.Next);
        Assert.Equal(2, network.RefusalRoots.Of(kept.Day)?.Count);
        Assert.Equal(MerkleTree.EmptyRoot, network.ReadRoots.Of(kept.Day.AddDays(2))?.Root);
        await RootedAsync(server, kept.Day.AddDays(3));
        Assert.Equal(8, server.Acts - kept.Acts - 2);
    }

    [Fact]
    public async Task A_server_without_the_registrars_key_says_so_and_serves()
    {
        var kept = await KeptAsync();
        File.Move(
            Path.Combine(kept.Path, "keys", "registrar.pem"),
            Path.Combine(kept.Path, "keys", "registrar.away")
        );
        await using var server = await SandboxServer.StartAsync(kept.Path, At(kept.Midnight, 30));
        var party = kept.Party;
        await server.FileAsync(server.Sign(party, kept.Key, Given.Model(party, "Tern 3")));

        var health = await server.ReadAsync("/healthz");

        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(
            kept.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            health.GetProperty("roots_due").GetString()
        );
        Assert.Contains(
            "registrar's key",
            health.GetProperty("roots_why").GetString(),
            StringComparison.Ordinal
        );
    }

    private sealed record Kept(
        string Path,
        PartyId Party,
        StatementSigner Key,
        string Act,
        Instant Midnight,
        DateOnly Day,
        int Acts
    );

    /// <summary>
    /// A sandbox, stopped half an hour before midnight, in which a party was refused once and
    /// another once, and an officer read what the party sealed.
    /// </summary>
    private static async Task<Kept> KeptAsync()
    {
        var midnight = Instant.StartOf(Instant.From(TimeProvider.System.GetUtcNow()).Day);
        var server = await SandboxServer.StartAsync(running: At(midnight, -30));
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, otherKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var details = new Concord.Acts.Registry.RegistrationDetails
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            WeightsCustody = "Two vaults.",
        };
        var filed = await server.FileAsync(
            server.Sign(party, key, Given.Model(party, "Tern 1"), details)
        );
        using var one = await server.PostAsync(
            server.Sign(other, otherKey, Given.Model(party, "Tern 2"))
        );
        using var two = await server.PostAsync(
            server.Sign(party, key, Given.Model(other, "Gull 2"))
        );
        var act = filed.GetProperty("id").GetString()!;
        using var officer = server.Authority.Keys.Read("officer-regulator-1");
        using var read = await server.ReadAsAsync(
            Officer,
            officer,
            $"/acts/{act}/sealed-part",
            "Case 7"
        );
        Assert.True(read.IsSuccessStatusCode);
        var day = server.Authority.Intake.Current.World.At.Day;
        var acts = server.Acts;
        await server.StopAsync();
        return new(server.Path, party, key, act, midnight, day, acts);
    }

    private static RunningOptions At(Instant midnight, int minutes) =>
        new()
        {
            Time = new ShiftedTime(
                midnight
                    + TimeSpan.FromMinutes(minutes)
                    - Instant.From(TimeProvider.System.GetUtcNow())
            ),
        };

    private static async Task RootedAsync(SandboxServer server, DateOnly day)
    {
        while (
            server.Authority.Intake.Current.World.Network is var network
            && (network.ReadRoots.Next <= day || network.RefusalRoots.Next <= day)
        )
        {
            await server.AdmitAsync($"Nudge {Guid.NewGuid():N}", PartyRole.Developer);
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task ResumeAsync(SandboxServer server)
    {
        var step = ClockResume.Draft(server.Authority, "The machine was moved.")!;
        foreach (var institution in (string[])["regulator", "institute"])
        {
            using var key = server.Authority.Keys.Read($"officer-{institution}-1");
            await server.Authority.FileAsync(
                new Speaker.Officer(institution, "officer-1"),
                step,
                key,
                Cancel
            );
        }
    }

    private static Task<Cli.ConcordProgram.Run> FsckAsync(string data) =>
        Cli.ConcordProgram.RunAsync(data, "fsck", "--data", data, "--json");

    private static async Task<JsonElement> OnlyAsync(
        SandboxServer server,
        Kept kept,
        string address,
        string list
    )
    {
        using var response = await server.ReadAsAsync(kept.Party.ToString(), kept.Key, address);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return Assert.Single(SandboxServer.Json(text).GetProperty(list).EnumerateArray());
    }

    private static string Text(JsonElement element, string member) =>
        element.GetProperty(member).GetString()!;

    private static void AssertProven(JsonElement line, JsonElement leaf, RootedDay day)
    {
        var proof = line.GetProperty("proof");
        Assert.False(proof.TryGetProperty("fault", out _));
        Assert.Equal(day.Root.ToString(), proof.GetProperty("root").GetString());
        Assert.Equal(new ActId(day.Act).ToString(), proof.GetProperty("act").GetString());
        Assert.True(
            Proofs.VerifyInclusion(
                MerkleTree.LeafHash(leaf.GetBytesFromBase64()),
                proof.GetProperty("index").GetInt64(),
                proof.GetProperty("count").GetInt64(),
                [.. proof.GetProperty("path").EnumerateArray().Select(one => Read(one))],
                day.Root
            )
        );
    }

    private static Digest Read(JsonElement node) =>
        new(Convert.FromHexString(node.GetString()!["sha256:".Length..]));

    private static void Tamper(string data, string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={new DataFolder(data).Answers};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
