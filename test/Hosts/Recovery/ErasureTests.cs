using System.Net;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// What an act erases is in no byte of any file of the data folder, whatever happened before, and
/// everything that checks a log knows that it is gone by right.
/// </summary>
public sealed class ErasureTests
{
    private const int MarkerBytes = 64;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Alone in a page, among others in one, and over many pages of its own.
    [Theory]
    [InlineData(MarkerBytes)]
    [InlineData(3_000)]
    [InlineData(300_000)]
    public async Task Not_a_byte_of_an_erased_attachment_is_left_in_any_file(int length)
    {
        await using var filed = await Filed.StartAsync();
        await filed.AttachAsync();
        var (open, closed) = await filed.AttachAsync(length);
        await filed.AttachAsync(length);
        Assert.NotEmpty(FilesWith(filed.Folder, open));
        var address = AddressOf(filed, open);
        using (var before = await filed.Server.Client.GetAsync(address, Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        var erasing = await EraseAsync(filed, open);

        Assert.Empty(FilesWith(filed.Folder, open));
        Assert.NotEmpty(FilesWith(filed.Folder, closed));
        using var gone = await filed.Server.Client.GetAsync(address, Cancel);
        var problem = SandboxServer.Json(await gone.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal("/problems/erased", problem.GetProperty("type").GetString());
        Assert.Contains(
            erasing.ToString(),
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
        await filed.StopAsync();
        Assert.Empty(FilesWith(filed.Folder, open));
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_deletion_that_a_crash_prevented_is_made_up_for_at_the_next_start()
    {
        await using var filed = await Filed.StartAsync();
        var (open, _) = await filed.AttachAsync();
        await EraseAsync(filed, open);
        await filed.StopAsync();
        PutBack(filed.Folder, open);
        Assert.NotEmpty(FilesWith(filed.Folder, open));
        var fsck = await filed.RunAsync("fsck", "--data", filed.Folder.Path);
        Assert.Equal(7, fsck.Code);
        Assert.Contains("was erased by an act", fsck.Output, StringComparison.Ordinal);

        await filed.UpAsync(filed.Folder.Path);

        Assert.Empty(FilesWith(filed.Folder, open));
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task Repair_deletes_what_is_erased_and_keeps_no_damaged_copy_of_it()
    {
        await using var filed = await Filed.StartAsync();
        var (open, closed) = await filed.AttachAsync();
        await EraseAsync(filed, open);
        await filed.StopAsync();
        PutBack(filed.Folder, open);

        (await filed.RunAsync("fsck", "--data", filed.Folder.Path, "--repair")).Done();

        Assert.Empty(FilesWith(filed.Folder, open));
        Assert.NotEmpty(FilesWith(filed.Folder, closed));
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_backup_of_before_brings_nothing_erased_back()
    {
        await using var filed = await Filed.StartAsync();
        var (open, closed) = await filed.AttachAsync();
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
        await EraseAsync(filed, open);
        await filed.FileAsync(2);
        var url = filed.Server.Client.BaseAddress!.ToString();
        (await filed.RunAsync("mirror", url, "--data", "mirror")).Done();
        await filed.StopAsync();
        Assert.NotEmpty(FilesWith(new(filed.At("backup")), open));

        (await filed.RunAsync("restore", "backup", "--data", "new", "--mirror", "mirror")).Done();

        var restored = new DataFolder(filed.At("new"));
        Assert.Empty(FilesWith(restored, open));
        Assert.NotEmpty(FilesWith(restored, closed));
        await filed.UpAsync(restored.Path);
        using var gone = await filed.Server.Client.GetAsync(AddressOf(filed, open), Cancel);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_lost_database_is_rebuilt_without_missing_what_is_erased()
    {
        await using var filed = await Filed.StartAsync();
        var (open, closed) = await filed.AttachAsync();
        await EraseAsync(filed, open);
        var size = filed.Server.Authority.Intake.Current.Size;
        await filed.StopAsync();
        var digests = await filed.ReplayAsync(size);
        File.Delete(filed.Folder.Database);
        await File.WriteAllBytesAsync(filed.At("closed"), closed.ToArray(), Cancel);
        await File.WriteAllBytesAsync(filed.At("open"), open.ToArray(), Cancel);
        Directory.CreateDirectory(filed.At("documents"));
        File.Move(filed.At("closed"), filed.At("documents/closed"));
        File.Move(filed.At("open"), filed.At("documents/open"));

        (
            await filed.RunAsync("rebuild", "--data", filed.Folder.Path, "--documents", "documents")
        ).Done();

        Assert.Empty(FilesWith(filed.Folder, open));
        Assert.NotEmpty(FilesWith(filed.Folder, closed));
        Assert.Equal(digests, await filed.ReplayAsync(size));
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_mirror_deletes_its_copy_and_misses_nothing()
    {
        await using var filed = await Filed.StartAsync();
        var (open, _) = await filed.AttachAsync();
        var url = filed.Server.Client.BaseAddress!.ToString();
        (await filed.RunAsync("mirror", url, "--data", "mirror")).Done();
        var kept = filed.At("mirror/contents/" + Digest.Of(open.Span).ToHex());
        Assert.True(File.Exists(kept));
        await EraseAsync(filed, open);

        var next = (await filed.RunAsync("mirror", url, "--data", "mirror", "--json")).Done();

        Assert.False(File.Exists(kept));
        Assert.Equal(0, next.Json.GetProperty("documents_missing").GetInt32());
        (await filed.RunAsync("fsck", "--data", "mirror")).Done();
        (await filed.RunAsync("mirror", "mirror", "--data", "second", "--json")).Done();
        await File.WriteAllBytesAsync(kept, open.ToArray(), Cancel);
        Assert.Equal(7, (await filed.RunAsync("fsck", "--data", "mirror")).Code);
    }

    private static async Task<ActId> EraseAsync(Filed filed, ReadOnlyMemory<byte> bytes)
    {
        var authority = filed.Server.Authority;
        using var registrar = authority.Keys.Read(KeyFolder.Registrar);
        var done = await authority.FileAsync(
            new Speaker.Authority(KeyPurpose.Registrar),
            new Erase
            {
                Target = ActOf(filed, bytes),
                Attachment = Digest.Of(bytes.Span),
                Reason = "Its writer asked for it.",
            },
            registrar,
            Cancel
        );
        return new(done.Index);
    }

    private static ActId ActOf(Filed filed, ReadOnlyMemory<byte> bytes) =>
        new(
            filed
                .Server.Authority.Intake.Current.World.Network.Documents.Attachments.Find(
                    Digest.Of(bytes.Span)
                )!
                .Item
        );

    private static string AddressOf(Filed filed, ReadOnlyMemory<byte> bytes) =>
        $"/acts/{ActOf(filed, bytes)}/attachments/0";

    /// <summary>The files of a folder that hold the marker: the first bytes of a file.</summary>
    private static List<string> FilesWith(DataFolder folder, ReadOnlyMemory<byte> attachment)
    {
        var marker = attachment.Span.Slice(16, MarkerBytes).ToArray();
        return
        [
            .. Directory
                .EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length >= MarkerBytes)
                .Where(file => Read(file).AsSpan().IndexOf(marker) >= 0),
        ];
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // As if the power had failed when the act was durable and nothing was deleted.
    private static void PutBack(DataFolder folder, ReadOnlyMemory<byte> bytes)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO contents (digest, bytes) VALUES ($digest, $bytes)";
        command.Parameters.AddWithValue("$digest", Digest.Of(bytes.Span).ToArray());
        command.Parameters.AddWithValue("$bytes", bytes.ToArray());
        command.ExecuteNonQuery();
    }
}
