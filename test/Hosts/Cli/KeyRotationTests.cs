using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>Keys of the authority take over from each other by commands alone.</summary>
public sealed class KeyRotationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_key_takes_over_in_two_steps_that_two_roots_sign()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = Directory.CreateTempSubdirectory("concord-keys-").FullName;
        var first = Rotated.LogKey(server);

        var rotate = await RunAsync(server, work, "key", "rotate", "log", "receipt");
        rotate.Done();
        await SignAsync(server, work, "key-set-2.json");
        var both = await NoteAsync(server);
        var second = Rotated.LogKey(server, "log-2");
        Assert.True(both.TryVerify([first, second], out var signers, out _));
        Assert.Equal([first, second], signers);
        Assert.Contains("concord propose", rotate.Output + rotate.Error, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            OperatingSystem.IsWindows()
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite
                : File.GetUnixFileMode(server.Authority.Keys.File("log-2"))
        );

        var third = await RunAsync(server, work, "key", "rotate", "log");
        Assert.Equal(1, third.Code);
        Assert.Contains("Two log keys are named already", third.Error, StringComparison.Ordinal);

        (await RunAsync(server, work, "key", "retire", "log", "receipt")).Done();
        await SignAsync(server, work, "key-set-3.json");
        Assert.True((await NoteAsync(server)).TryVerify([first, second], out signers, out _));
        Assert.Equal([second], signers);
        Assert.Contains(
            $"{second}",
            (await RunAsync(server, work, "log", "vkey")).Done().Output,
            StringComparison.Ordinal
        );
        var last = await RunAsync(server, work, "key", "retire", "log");
        Assert.Equal(1, last.Code);
        Directory.Delete(work, recursive: true);
    }

    [Fact]
    public async Task A_stolen_log_key_is_let_go_in_one_step_and_what_was_made_is_not_made_twice()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = Directory.CreateTempSubdirectory("concord-keys-").FullName;
        var first = Rotated.LogKey(server);
        string[] rotate = ["key", "rotate", "log", "--at-once", "--to", "next.json"];
        (await RunAsync(server, work, rotate)).Done();
        (await RunAsync(server, work, rotate)).Done();

        await SignAsync(server, work, "next.json");

        Assert.Equal(["log", "log-2"], server.Authority.Keys.NamesOf(KeyFolder.Log));
        var second = Rotated.LogKey(server, "log-2");
        Assert.True((await NoteAsync(server)).TryVerify([first, second], out var signers, out _));
        Assert.Equal([second], signers);
        Assert.Equal(2, (await RunAsync(server, work, "key", "rotate", "root")).Code);
        Directory.Delete(work, recursive: true);
    }

    private static async Task SignAsync(SandboxServer server, string work, string file)
    {
        var proposed = await RunAsync(server, work, "propose", file, "--json", "--key", Root(1));
        var id = proposed.Done().Json.GetProperty("id").GetString()!;
        (await RunAsync(server, work, "sign", id, "--yes", "--key", Root(2))).Done();

        string Root(int number) => server.Authority.Keys.File(SandboxKeys.Root(number));
    }

    private static async Task<SignedNote> NoteAsync(SandboxServer server)
    {
        var text = await server.Client.GetStringAsync("/log/checkpoint", Cancel);
        return SignedNote.TryParse(text, out var note, out var fault)
            ? note
            : throw new InvalidDataException(fault);
    }

    private static Task<ConcordProgram.Run> RunAsync(
        SandboxServer server,
        string work,
        params string[] words
    ) =>
        ConcordProgram.RunAsync(
            work,
            [.. words, "--data", server.Path, "--authority", $"{server.Client.BaseAddress}"]
        );
}
