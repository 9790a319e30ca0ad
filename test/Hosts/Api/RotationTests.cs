using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Cli;
using Concord.Hosts.Stranger;
using Concord.Hosts.Witnesses;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// A running server whose keys take over from each other: who still believes what was signed, and
/// who no more.
/// </summary>
public sealed class RotationTests
{
    private static readonly KeyPurpose[] s_all =
    [
        KeyPurpose.Registrar,
        KeyPurpose.Tick,
        KeyPurpose.Refusal,
        KeyPurpose.Receipt,
        KeyPurpose.Standing,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_who_know_either_key_accept_the_log_while_one_takes_over()
    {
        await using var server = await SandboxServer.StartAsync();
        var log = server.Authority.Folder.Log;
        var first = Rotated.LogKey(server);
        await Rotated.OverlapAsync(server);
        var second = Rotated.LogKey(server, "log-2");
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);

        Accepts(first, log);
        Accepts(second, log);

        await Rotated.LetGoAsync(server);
        await server.AdmitAsync("Gull Works", PartyRole.Developer);

        Accepts(second, log);
        var (code, said) = StrangerProgram.Check(first.ToString(), log);
        Assert.True(code != 0, said);
        Assert.Equal(second.ToString(), server.Authority.File.VerifierKey);
    }

    [Fact]
    public async Task The_newest_key_that_is_named_and_here_signs_everything_of_its_purpose()
    {
        var truth = new TrueTime();
        var clock = new FaultyClock(truth);
        await using var server = await SandboxServer.StartAsync(running: new() { Time = clock });
        var ring = server.Authority.Keys;
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var old = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));

        await Rotated.OverlapAsync(server, s_all);
        truth.Passed += TimeSpan.FromSeconds(5);
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 2")));
        var refused = await server.PostAsync(
            server.Sign(party, key, Given.Model(new PartyId(999), "Tern 3"))
        );

        Assert.Equal(IdOf(ring, "receipt"), ReceiptOf(old).Key);
        Assert.Equal(IdOf(ring, "receipt-2"), ReceiptOf(filed).Key);
        Assert.Equal(IdOf(ring, "standing-2"), (await StandingAsync(server)).Key);
        Assert.Equal(IdOf(ring, "refusal-2"), (await SignedIn(refused, "refusal")).Key);
        Assert.Equal(IdOf(ring, "tick-2"), LastTick(server).Key);

        // The first receipt of an act stays the same, whoever signs now.
        var index = old.GetProperty("index").GetInt64();
        var again = await server.Client.GetByteArrayAsync($"/acts/{index}/receipt", Cancel);
        Assert.Equal(old.GetProperty("receipt").GetBytesFromBase64(), again);
    }

    /// <summary>
    /// A rotation of every key with restarts in between: no act is lost, the log stays one, and all
    /// that was ever given out verifies by the trusted file and by the second verifier.
    /// </summary>
    [Fact]
    public async Task Everything_that_was_ever_given_out_verifies_after_keys_were_rotated_twice()
    {
        var server = await SandboxServer.StartAsync();
        var work = Directory.CreateTempSubdirectory("concord-rotation-").FullName;
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var count = 0;
        for (var round = 0; round < 2; round++)
        {
            await KeepAsync();
            await Rotated.OverlapAsync(server, s_all);
            await KeepAsync();
            server = await RestartAsync(server);
            await KeepAsync();
            await Rotated.LetGoAsync(server);
            await KeepAsync();
            foreach (var purpose in KeyFolder.OfServer)
            {
                var names = server.Authority.Keys.NamesOf(purpose);
                File.Delete(server.Authority.Keys.File(names[0]));
            }

            server = await RestartAsync(server);
            Assert.Null(server.Authority.KeysFinding);
        }

        await KeepAsync();
        var folder = server.Path;
        await server.StopAsync();

        var verify = await ConcordProgram.RunAsync(
            work,
            "verify",
            work,
            "--data",
            folder,
            "--json"
        );
        Assert.True(verify.Json.GetProperty("verified").GetBoolean(), verify.Output);
        Assert.Equal(
            count,
            verify
                .Json.GetProperty("statements")
                .EnumerateObject()
                .Count(one =>
                    one.Value.GetProperty("checks")
                        .GetProperty("receipt")
                        .GetProperty("result")
                        .GetString() == "ok"
                    && one.Value.GetProperty("checks")
                        .GetProperty("proof")
                        .GetProperty("result")
                        .GetString() == "ok"
                )
        );
        (await ConcordProgram.RunAsync(work, "fsck", "--data", folder)).Done();
        (await ConcordProgram.RunAsync(work, "replay", "--judge", "--data", folder)).Done();
        foreach (var receipt in Directory.GetFiles(work, "*.receipt.cose"))
        {
            var statement = receipt.Replace(".receipt.", ".", StringComparison.Ordinal);
            var (code, said) = await Python.SecondVerifierTests.RunAsync(
                Python.SecondVerifierTests.Interpreter,
                [],
                "-m",
                "verifier",
                "receipt",
                receipt,
                "--entry",
                statement,
                "--authority",
                Path.Combine(folder, "authority.json")
            );
            Assert.True(code == 0, said);
        }

        Directory.Delete(folder, recursive: true);
        Directory.Delete(work, recursive: true);

        async Task KeepAsync()
        {
            var act = Given.Model(party, $"Tern {++count}");
            await Rotated.KeepAsync(
                server,
                work,
                await server.FileAsync(server.Sign(party, key, act))
            );
        }
    }

    [Fact]
    public async Task A_key_that_is_named_and_not_here_is_said_and_the_server_goes_on()
    {
        var server = await SandboxServer.StartAsync();
        using var elsewhere = StatementSigner.Create();
        using var log = NoteSigner.Generate(server.Origin);
        await Rotated.ReplaceAsync(
            server,
            set =>
                set with
                {
                    LogKeys = [.. set.LogKeys, log.Verifier.ToString()],
                    AuthorityKeys =
                    [
                        .. set.AuthorityKeys,
                        new() { Purpose = KeyPurpose.Receipt, Key = elsewhere.PublicKey },
                    ],
                }
        );

        server = await RestartAsync(server);
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var health = await server.ReadAsync("/healthz");

        Assert.Equal("ok", health.GetProperty("status").GetString());
        var why = health.GetProperty("keys_why").GetString();
        Assert.Contains($"{log.Verifier.KeyId:x8}", why, StringComparison.Ordinal);
        Assert.Contains($"{elsewhere.PublicKey.Id}", why, StringComparison.Ordinal);
        Accepts(Rotated.LogKey(server), server.Authority.Folder.Log);
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("log")]
    [InlineData("receipt")]
    [InlineData("tick")]
    [InlineData("refusal")]
    public async Task Without_any_key_of_a_purpose_it_does_not_start_and_names_the_file(string of)
    {
        var server = await SandboxServer.StartAsync();
        var file = server.Authority.Keys.File(of);
        await server.StopAsync();
        var kept = await File.ReadAllBytesAsync(file, Cancel);
        File.Delete(file);

        var gone = await Assert.ThrowsAsync<FileNotFoundException>(() =>
            SandboxServer.StartAsync(server.Path)
        );
        Assert.Contains(file, gone.Message, StringComparison.Ordinal);

        // A key of the right kind that no key set names is no key of the authority.
        if (of is "log")
        {
            new KeyFolder(Path.GetDirectoryName(file)!).CreateLog(server.Origin).Dispose();
        }
        else
        {
            new KeyFolder(Path.GetDirectoryName(file)!).Create(of).Dispose();
        }

        var other = await Assert.ThrowsAsync<FileNotFoundException>(() =>
            SandboxServer.StartAsync(server.Path)
        );
        Assert.Contains(file, other.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(file, kept, Cancel);
        await using var again = await SandboxServer.StartAsync(server.Path);
        await again.AdmitAsync("Tern Labs", PartyRole.Developer);
    }

    [Fact]
    public async Task A_key_set_that_would_leave_the_server_without_a_key_waits_for_the_file()
    {
        await using var server = await SandboxServer.StartAsync();
        using var next = NoteSigner.Generate(server.Origin);
        var change = (KeySetBody set) => set with { LogKeys = [next.Verifier.ToString()] };

        var fault = await Assert.ThrowsAsync<Concord.Authority.FilingException>(() =>
            Rotated.ReplaceAsync(server, change)
        );

        Assert.Contains("keys-missing", fault.Message, StringComparison.Ordinal);
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        Assert.Equal(1, server.Authority.Intake.Current.World.Network.KeySet!.Epoch);

        // The file is put there while the server runs, and the same signature is filed again.
        DataFolder.WritePrivate(server.Authority.Keys.File("log-2"), next.ExportPem());
        await Rotated.ReplaceAsync(server, change);
        await server.AdmitAsync("Gull Works", PartyRole.Developer);

        Assert.Equal(2, server.Authority.Intake.Current.World.Network.KeySet!.Epoch);
        Accepts(next.Verifier, server.Authority.Folder.Log);
    }

    [Fact]
    public async Task What_a_stolen_key_signed_is_contested_and_after_its_revocation_it_is_nothing()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = Directory.CreateTempSubdirectory("concord-stolen-").FullName;
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Rotated.OverlapAsync(server, KeyPurpose.Receipt);
        using var stolen = server.Authority.Keys.Read("receipt-2");
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        var since = server.Authority.Intake.Current.World.At;
        using (var root = server.Authority.Keys.Read(SandboxKeys.Root(1)))
        {
            await server.Authority.FileAsync(
                new Speaker.Root(SandboxKeys.Root(1)),
                new RevokeKey
                {
                    Key = stolen.PublicKey.Id,
                    Reason = "The machine was broken into.",
                    CompromisedSince = since,
                },
                root,
                Cancel
            );
        }

        var later = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 2")));
        // The older of the two signs on; what the thief signs from here on is refused.
        Assert.Equal(IdOf(server.Authority.Keys, "receipt"), ReceiptOf(later).Key);
        var size = server.Authority.Intake.Current.Size;
        Assert.True(
            PublishedOf(server, stolen.PublicKey.Id) is { Until: var until } && until <= size
        );
        await Rotated.KeepAsync(server, work, filed);
        File.Delete(Path.Combine(work, filed.GetProperty("id").GetString() + ".tlog-proof"));
        var contested = await ConcordProgram.RunAsync(
            work,
            "verify",
            filed.GetProperty("id").GetString()!,
            "--data",
            server.Path
        );
        Assert.Contains("contested", contested.Output, StringComparison.Ordinal);
        Assert.Equal(1, contested.Code);
        Directory.Delete(work, recursive: true);
    }

    private static PublishedKey PublishedOf(SandboxServer server, KeyId key)
    {
        var file = AuthorityFile.Read(server.Authority.Folder);
        return file.ReceiptKeys.Single(one => one.Read().Id == key);
    }

    private static async Task<SandboxServer> RestartAsync(SandboxServer server)
    {
        await server.StopAsync();
        return await SandboxServer.StartAsync(server.Path);
    }

    private static void Accepts(NoteVerifier key, string log)
    {
        var (code, said) = StrangerProgram.Check(key.ToString(), log);
        Assert.True(code == 0, said);
    }

    private static KeyId IdOf(KeyFolder folder, string name)
    {
        using var key = folder.Read(name);
        return key.PublicKey.Id;
    }

    private static Receipt ReceiptOf(JsonElement filed) =>
        Receipt.TryParse(
            filed.GetProperty("receipt").GetBytesFromBase64(),
            out var receipt,
            out var fault
        )
            ? receipt
            : throw new InvalidDataException(fault.Detail);

    private static async Task<Statement> StandingAsync(SandboxServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Client.BaseAddress };
        return Read(
            await client.GetByteArrayAsync($"/standing/sha256:{new string('0', 64)}", Cancel)
        );
    }

    private static async Task<Statement> SignedIn(HttpResponseMessage answer, string member)
    {
        var body = SandboxServer.Json(await answer.Content.ReadAsStringAsync(Cancel));
        return Read(body.GetProperty(member).GetBytesFromBase64());
    }

    private static Statement LastTick(SandboxServer server)
    {
        var size = server.Authority.Intake.Current.Size;
        for (var index = size - 1; ; index--)
        {
            if (server.Authority.Index.TypeOf(index).Record == typeof(Tick))
            {
                return server.Authority.Contents.Statement(index);
            }
        }
    }

    private static Statement Read(byte[] bytes) =>
        Statement.TryParse(bytes, out var statement, out var fault)
            ? statement
            : throw new InvalidDataException(fault.Detail);
}
