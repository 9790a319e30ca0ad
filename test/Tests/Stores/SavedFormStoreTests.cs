using System.Text;
using Concord.Stores;
using Xunit;

namespace Concord.Tests.Stores;

/// <summary>
/// What is kept of begun forms: bounded, replaced under its id, overwritten when gone.
/// </summary>
public sealed class SavedFormStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("concord-forms-").FullName;

    private string File_ => Path.Combine(_folder, "drafts.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_kept_is_found_under_its_id_replaced_and_let_go()
    {
        using var store = new SavedFormStore(File_);

        Assert.True(Keep(store, "a", "first"));
        Assert.True(Keep(store, "a", "second"));

        Assert.Equal("second", Text(store, "a"));
        Assert.Null(store.Find(Bytes("b")));
        Assert.True(store.Delete(Bytes("a")));
        Assert.False(store.Delete(Bytes("a")));
        Assert.Null(store.Find(Bytes("a")));
    }

    [Fact]
    public void There_is_room_for_so_many_and_so_much_and_what_is_there_may_be_replaced()
    {
        using var store = new SavedFormStore(File_);

        Assert.True(Keep(store, "a", "12345", most: 2, bytesMost: 10));
        Assert.False(Keep(store, "b", "123456", most: 2, bytesMost: 10));
        Assert.True(Keep(store, "b", "12345", most: 2, bytesMost: 10));
        Assert.False(Keep(store, "c", "", most: 2, bytesMost: 10));
        Assert.True(Keep(store, "a", "54321", most: 2, bytesMost: 10));
        Assert.False(Keep(store, "a", "654321", most: 2, bytesMost: 10));

        Assert.Equal("54321", Text(store, "a"));
    }

    [Fact]
    public void What_was_saved_before_a_time_goes()
    {
        using var store = new SavedFormStore(File_);
        Keep(store, "old", "x", at: "2026-01-01T00:00:00Z");
        Keep(store, "new", "y", at: "2026-01-03T00:00:00Z");

        store.Forget("2026-01-02T00:00:00Z");

        Assert.Null(store.Find(Bytes("old")));
        Assert.Equal("y", Text(store, "new"));
    }

    [Fact]
    public void Not_a_byte_of_what_went_is_left_and_the_file_is_its_owner_s()
    {
        const string Marker = "a text that nobody else writes";
        using var store = new SavedFormStore(File_);
        Keep(store, "a", string.Concat(Enumerable.Repeat(Marker, 500)));
        Keep(store, "b", string.Concat(Enumerable.Repeat(Marker, 500)));

        store.Delete(Bytes("a"));
        Keep(store, "b", "something else");

        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            using var bytes = new MemoryStream();
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite
            );
            stream.CopyTo(bytes);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Bytes(Marker)));
            Assert.True(
                OperatingSystem.IsWindows()
                    || File.GetUnixFileMode(file)
                        is (UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
        }
    }

    private static bool Keep(
        SavedFormStore store,
        string id,
        string answers,
        int most = 10,
        long bytesMost = 1 << 20,
        string at = "2026-01-01T00:00:00Z"
    ) => store.Keep(Bytes(id), "release", at, Bytes(answers), most, bytesMost);

    private static string? Text(SavedFormStore store, string id) =>
        store.Find(Bytes(id)) is var (_, answers) ? Encoding.UTF8.GetString(answers) : null;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
