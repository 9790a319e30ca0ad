using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class SqliteLogStoreTests : LogStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteLogStore _store;

    public SqliteLogStoreTests() => _store = SqliteLogStore.OpenOrCreate(Database);

    private string Database => _folder["authority.db"];

    private protected override ILogStore Store => _store;

    [Fact]
    public void A_store_that_was_closed_goes_on_where_it_was()
    {
        var head = CommitOne(_store);
        _store.Dispose();

        using var again = SqliteLogStore.Open(Database);

        Assert.Equal(head, again.ReadHead());
        Assert.Equal([7], again.ReadEntries(0, 1).Single().ToArray());
        again.Commit(
            new(again.Claim(), head, new(2, Digest.Of([2]), "note 2"), [new(new byte[] { 8 }, [])])
        );
        Assert.Equal(2, again.ReadEntries(0, 2).Count());
    }

    [Fact]
    public void A_second_writer_is_refused_with_a_reason_and_may_read()
    {
        CommitOne(_store);
        using var second = SqliteLogStore.Open(Database);

        var refusal = Assert.Throws<PenRefusedException>(() => second.Claim());

        Assert.Contains(
            "Another process writes this log",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(1, second.ReadHead()?.Size);
        _store.Dispose();
        Assert.True(second.Claim() > 0);
    }

    [Fact]
    public void Without_the_pen_nothing_is_committed() =>
        Assert.Throws<LogConflictException>(() =>
            _store.Commit(new(1, null, new(1, Digest.Of([1]), "note"), [new(new byte[] { 1 }, [])]))
        );

    [Fact]
    public void A_file_that_is_another_database_is_refused()
    {
        var path = _folder["other.db"];
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            command.ExecuteNonQuery();
        }

        var fault = Assert.Throws<InvalidDataException>(() => SqliteLogStore.Open(path));

        Assert.Contains("not a log of Concord", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_later_release_is_refused()
    {
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        var fault = Assert.Throws<InvalidDataException>(() => SqliteLogStore.Open(Database));

        Assert.Contains("schema version 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made_by_opening() =>
        Assert.Throws<FileNotFoundException>(() => SqliteLogStore.Open(_folder["none.db"]));

    [Fact]
    public void A_store_closed_cleanly_is_one_sealed_file_and_an_open_one_is_not_sealed()
    {
        CommitOne(_store);
        Assert.False(DatabaseSeal.Check(Database).IsSealed);

        _store.Dispose();

        Assert.False(File.Exists(Database + "-wal"));
        Assert.True(DatabaseSeal.Check(Database).IsSealed);
        Assert.Empty(DatabaseSeal.Check(Database).Damage);
    }

    [Fact]
    public void Any_byte_of_a_sealed_file_that_changes_is_noticed_and_so_is_a_changed_seal()
    {
        CommitOne(_store);
        _store.Dispose();
        var bytes = File.ReadAllBytes(Database);
        var random = new Random(4);
        for (var i = 0; i < 50; i++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Database, changed);
            Assert.NotEmpty(DatabaseSeal.Check(Database).Damage);
        }

        File.WriteAllBytes(Database, bytes);
        var seal = File.ReadAllBytes(DatabaseSeal.PathOf(Database));
        for (var i = 0; i < seal.Length; i++)
        {
            var changed = seal.ToArray();
            changed[i] ^= 0x10;
            File.WriteAllBytes(DatabaseSeal.PathOf(Database), changed);
            Assert.NotEmpty(DatabaseSeal.Check(Database).Damage);
        }

        File.WriteAllBytes(DatabaseSeal.PathOf(Database), seal);
        Assert.Empty(DatabaseSeal.Check(Database).Damage);
        File.AppendAllBytes(Database, [0]);
        Assert.NotEmpty(DatabaseSeal.Check(Database).Damage);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static LogHead CommitOne(SqliteLogStore store)
    {
        var head = new LogHead(1, Digest.Of([1]), "note");
        store.Commit(new(store.Claim(), null, head, [new(new byte[] { 7 }, [])]));
        return head;
    }
}
