using System.Globalization;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// Data folders that were really destroyed, and the ways back: everything that was answered holds,
/// no size ever gets a second root, and filing goes on.
/// </summary>
public sealed class WaysBackTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_database_is_rebuilt_from_the_tiles_of_its_own_folder()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(300);
        await filed.StopAsync();
        var size = SizeOf(filed);
        var digests = await filed.ReplayAsync(size);
        Delete(filed.Folder.Database);
        Delete(filed.Folder.Answers);

        var up = await filed.RunAsync(
            "up",
            "--data",
            filed.Folder.Path,
            "--port",
            "0",
            "--no-open"
        );
        Assert.Equal(7, up.Code);
        Assert.Contains("concord rebuild", up.Error, Ordinal);
        Assert.False(File.Exists(filed.Folder.Database));
        (await filed.RunAsync("rebuild", "--data", filed.Folder.Path)).Done();

        Assert.Equal(digests, await filed.ReplayAsync(size));
        await GoOnAsync(filed, filed.Folder.Path);
    }

    [Fact]
    public async Task An_empty_database_in_the_place_of_a_lost_one_is_named_and_rebuilt()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(5);
        await filed.StopAsync();
        Delete(filed.Folder.Database);
        SqliteLogStore.OpenOrCreate(filed.Folder.Database).Dispose();

        var fsck = await filed.RunAsync("fsck", "--data", filed.Folder.Path);

        Assert.Equal(7, fsck.Code);
        (await filed.RunAsync("rebuild", "--data", filed.Folder.Path)).Done();
        await GoOnAsync(filed, filed.Folder.Path);
    }

    [Fact]
    public async Task Documents_that_went_with_the_database_are_named_and_taken_back_from_filers()
    {
        await using var filed = await Filed.StartAsync();
        var (open, closed) = await filed.AttachAsync();
        await filed.FileAsync(3);
        await MirrorAsync(filed);
        await filed.StopAsync();
        Delete(filed.Folder.Database);

        var first = await filed.RunAsync(
            "rebuild",
            "--data",
            filed.Folder.Path,
            "--mirror",
            "mirror",
            "--json"
        );

        Assert.Equal(7, first.Code);
        var lost = Assert.Single(first.Json.GetProperty("missing").EnumerateArray());
        Assert.Equal(Digest.Of(closed.Span).ToString(), lost.GetProperty("digest").GetString());
        Directory.CreateDirectory(filed.At("from-parties"));
        await File.WriteAllBytesAsync(filed.At("from-parties/plan"), closed.ToArray(), Cancel);
        (
            await filed.RunAsync(
                "rebuild",
                "--data",
                filed.Folder.Path,
                "--documents",
                "from-parties"
            )
        ).Done();
        await GoOnAsync(filed, filed.Folder.Path);
        Assert.NotEqual(open, closed);
    }

    [Fact]
    public async Task A_lost_disk_comes_back_from_a_backup_made_under_load_and_a_mirror()
    {
        await using var filed = await Filed.StartAsync();
        await filed.AttachAsync();
        await filed.FileAsync(20);
        var filing = filed.FileAsync(60);
        (
            await filed.RunAsync(
                "backup",
                "--data",
                filed.Folder.Path,
                "--to",
                "backup.tar",
                "--with-keys"
            )
        ).Done();
        await filing;
        await MirrorAsync(filed);
        await filed.StopAsync();
        var size = SizeOf(filed);
        var digests = await filed.ReplayAsync(size);
        Directory.Delete(filed.Folder.Path, recursive: true);

        (
            await filed.RunAsync("restore", "backup.tar", "--data", "new", "--mirror", "mirror")
        ).Done();

        await GoOnAsync(filed, filed.At("new"), () => Same(filed, size, digests));
    }

    [Fact]
    public async Task A_lost_disk_without_a_backup_comes_back_from_a_mirror_and_the_keys()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(280);
        Filed.Copy(filed.Folder.Keys, filed.At("safe"));
        await MirrorAsync(filed);
        await filed.StopAsync();
        var size = SizeOf(filed);
        var digests = await filed.ReplayAsync(size);
        Directory.Delete(filed.Folder.Path, recursive: true);

        var keyless = await filed.RunAsync("rebuild", "--data", "new", "--mirror", "mirror");

        Assert.Equal(7, keyless.Code);
        Assert.Contains("keys that are not here: log, receipt", keyless.Output, Ordinal);
        Directory.Delete(filed.At("new/keys"));
        Filed.Copy(filed.At("safe"), filed.At("new/keys"));
        await GoOnAsync(filed, filed.At("new"), () => Same(filed, size, digests));
    }

    [Fact]
    public async Task An_older_backup_never_writes_while_a_newer_checkpoint_is_known()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(5);
        (
            await filed.RunAsync(
                "backup",
                "--data",
                filed.Folder.Path,
                "--to",
                "backup",
                "--with-keys"
            )
        ).Done();
        await filed.FileAsync(5);
        await MirrorAsync(filed);
        await filed.FileAsync(5);
        var seen = await filed.KeepCheckpointAsync();
        await filed.StopAsync();
        Directory.Move(filed.Folder.Path, filed.At("gone"));

        var unsaid = await filed.RunAsync("restore", "backup", "--data", "new");
        var older = await filed.RunAsync("restore", "backup", "--data", "new", "--at-least", seen);
        var again = await filed.RunAsync(
            "rebuild",
            "--data",
            "new",
            "--mirror",
            "mirror",
            "--at-least",
            seen
        );
        var up = await filed.RunAsync("up", "--data", "new", "--port", "0", "--no-open");

        Assert.Equal((1, 1, 1, 1), (unsaid.Code, older.Code, again.Code, up.Code));
        Assert.Contains("--at-least CHECKPOINT", unsaid.Error, Ordinal);
        Assert.Contains("under a new origin", older.Error, Ordinal);
        Assert.Contains("concord rebuild", up.Error, Ordinal);
        Assert.Equal(filed.LastCheckpoint, await PublishedAsync(filed.At("new")));

        (await filed.RunAsync("mirror", "gone", "--data", "mirror")).Done();
        (await filed.RunAsync("rebuild", "--data", "new", "--mirror", "mirror")).Done();
        await GoOnAsync(filed, filed.At("new"));
    }

    [Fact]
    public async Task A_copied_folder_serves_nothing_until_it_holds_what_the_original_published()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(5);
        await filed.StopAsync();
        Filed.Copy(filed.Folder.Path, filed.At("copy"));
        var original = filed.Folder.Path;
        await filed.UpAsync(original);
        await filed.FileAsync(5);
        await MirrorAsync(filed);
        await filed.StopAsync();

        await Assert.ThrowsAsync<CopiedFolderException>(() =>
            RunningAuthority.OpenAsync(new(filed.At("copy")), new(), Cancel)
        );
        File.Delete(new DataFolder(filed.At("copy")).Place);
        await Assert.ThrowsAsync<CopiedFolderException>(() =>
            RunningAuthority.OpenAsync(new(filed.At("copy")), new(), Cancel)
        );
        var up = await filed.RunAsync("up", "--data", "copy", "--port", "0", "--no-open");
        var unsaid = await filed.RunAsync("rebuild", "--data", "copy");

        Assert.Equal((1, 1), (up.Code, unsaid.Code));
        Assert.Contains("is a copy of a data folder", up.Error, Ordinal);
        (await filed.RunAsync("rebuild", "--data", "copy", "--mirror", "mirror")).Done();
        await GoOnAsync(filed, filed.At("copy"));
    }

    [Fact]
    public async Task A_backup_with_a_flipped_byte_is_not_restored_and_nothing_is_overwritten()
    {
        await using var filed = await Filed.StartAsync();
        await filed.FileAsync(3);
        (await filed.RunAsync("backup", "--data", filed.Folder.Path, "--to", "backup")).Done();
        var database = filed.At("backup/authority.db");
        var bytes = await File.ReadAllBytesAsync(database, Cancel);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(database, bytes, Cancel);

        var damaged = await filed.RunAsync("restore", "backup", "--data", "new", "--nothing-newer");
        var over = await filed.RunAsync("restore", "backup", "--data", filed.Folder.Path);
        var twice = await filed.RunAsync("backup", "--data", filed.Folder.Path, "--to", "backup");

        Assert.Equal((1, 1, 1), (damaged.Code, over.Code, twice.Code));
        Assert.Contains("authority.db in the backup is not as it was", damaged.Error, Ordinal);
        Assert.False(Directory.Exists(filed.At("new")));
        Assert.False(Directory.Exists(filed.At("backup/keys")));
    }

    private static async Task GoOnAsync(Filed filed, string path, Func<Task>? first = null)
    {
        await filed.UpAsync(path);
        if (first is not null)
        {
            await first();
        }

        await filed.FileAsync(3);
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    private static async Task Same(Filed filed, long size, IReadOnlyList<string> digests) =>
        Assert.Equal(digests, await filed.ReplayAsync(size));

    private static async Task MirrorAsync(Filed filed) =>
        (
            await filed.RunAsync(
                "mirror",
                filed.Server.Client.BaseAddress!.ToString(),
                "--data",
                "mirror",
                "--vkey",
                filed.Server.Authority.File.VerifierKey
            )
        ).Done();

    private static async Task<string> PublishedAsync(string folder) =>
        await File.ReadAllTextAsync(Path.Combine(folder, "log", "checkpoint"), Cancel);

    private static long SizeOf(Filed filed)
    {
        using var store = SqliteLogStore.Open(filed.Folder.Database);
        return store.ReadHead()!.Size;
    }

    private static void Delete(string database)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", ".seal"])
        {
            File.Delete(string.Create(CultureInfo.InvariantCulture, $"{database}{suffix}"));
        }
    }
}
