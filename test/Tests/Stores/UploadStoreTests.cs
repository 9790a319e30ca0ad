using Concord.Ledger;
using Concord.Stores;
using Xunit;

namespace Concord.Tests.Stores;

/// <summary>Files that come in parts: bounded, gone on with, whole by their digest alone.</summary>
public sealed class UploadStoreTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] s_file = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
    private static readonly UploadName s_name = new(7, Digest.Of(s_file));

    private readonly string _folder = Directory.CreateTempSubdirectory("concord-uploads-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_came_before_a_break_is_kept_over_a_restart_and_gone_on_with()
    {
        Begin(new(_folder));
        await Assert.ThrowsAsync<IOException>(() =>
            new UploadStore(_folder).AppendAsync(s_name, 0, new Breaking(150_000), s_now, Cancel)
        );

        var store = new UploadStore(_folder);
        Assert.Equal(150_000, store.Find(s_name)!.Offset);
        Assert.Null(store.Read(s_name));
        Assert.Equal((UploadStep.Elsewhere, 150_000), await AppendAsync(store, 149_999));
        Assert.Equal((UploadStep.Taken, s_file.Length), await AppendAsync(store, 150_000));

        Assert.Equal(s_file, new UploadStore(_folder).Read(s_name)!.Value.ToArray());
        Assert.True(new UploadStore(_folder).Find(s_name)!.IsWhole);
    }

    [Fact]
    public async Task What_has_another_digest_when_all_is_here_is_not_kept()
    {
        var store = new UploadStore(_folder);
        Begin(store);
        byte[] other = [.. s_file[..^1], 0];

        Assert.Equal((UploadStep.Wrong, s_file.Length), await AppendAsync(store, 0, other));

        Assert.Null(store.Find(s_name));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task More_than_was_announced_is_not_taken_and_nothing_without_a_beginning()
    {
        var store = new UploadStore(_folder);
        Assert.Equal((UploadStep.Unknown, 0), await AppendAsync(store, 0));
        Begin(store);
        Assert.Equal((UploadStep.Unknown, 0), await AppendAsync(store, 0, owner: 8));

        Assert.Equal(
            (UploadStep.TooMuch, s_file.Length),
            await AppendAsync(store, 0, [.. s_file, 1])
        );
        Assert.Equal(
            (UploadStep.Taken, s_file.Length),
            await AppendAsync(store, s_file.Length, [])
        );
        Assert.NotNull(store.Read(s_name));
    }

    [Fact]
    public void There_is_room_for_so_many_and_so_much_and_what_is_there_stays()
    {
        var store = new UploadStore(_folder);
        Assert.NotNull(store.Begin(Name(1), 5, s_now, 2, 10));
        Assert.Null(store.Begin(Name(2), 6, s_now, 2, 10));
        Assert.NotNull(store.Begin(Name(2), 5, s_now, 2, 10));
        Assert.Null(store.Begin(Name(3), 0, s_now, 2, 10));
        Assert.NotNull(store.Begin(Name(1), 5, s_now, 2, 10));

        Assert.True(store.Delete(Name(1)));
        Assert.False(store.Delete(Name(1)));
        Assert.NotNull(store.Begin(Name(3), 5, s_now, 2, 10));
    }

    [Fact]
    public async Task What_nobody_goes_on_with_goes_and_what_was_filed_sooner()
    {
        var store = new UploadStore(_folder);
        Begin(store);
        store.Begin(Name(2), 5, s_now.AddDays(2), 9, 1 << 20);
        store.Forget(s_now.AddDays(1));
        Assert.Null(store.Find(s_name));
        Assert.NotNull(store.Find(Name(2)));

        Begin(store);
        await AppendAsync(store, 0);
        store.Age(s_name, s_now.AddDays(-3));
        var again = new UploadStore(_folder);
        again.Forget(s_now.AddDays(-2));
        Assert.Null(again.Find(s_name));
    }

    [Fact]
    public void Folder_and_files_are_their_owner_s()
    {
        Begin(new(_folder));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
            Assert.Equal(
                Mine,
                File.GetUnixFileMode(Assert.Single(Directory.EnumerateFiles(_folder)))
            );
        }
    }

    private static UploadName Name(byte one) => new(7, Digest.Of([one]));

    private static void Begin(UploadStore store) =>
        Assert.NotNull(store.Begin(s_name, s_file.Length, s_now, 10, 1 << 20));

    private static async Task<(UploadStep, long)> AppendAsync(
        UploadStore store,
        int offset,
        byte[]? bytes = null,
        long owner = 7
    )
    {
        using var body = new MemoryStream(bytes ?? s_file[offset..]);
        return await store.AppendAsync(s_name with { Owner = owner }, offset, body, s_now, Cancel);
    }

    // Gives so many bytes of the file, and breaks.
    private sealed class Breaking(int length) : MemoryStream(s_file[..length])
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new IOException("broken");
    }
}
