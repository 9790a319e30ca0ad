using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class LogFsckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NoteSigner _key = Vectors.LogKey();

    public LogFsckTests()
    {
        using var store = SqliteLogStore.OpenOrCreate(Database);
        var sequencer = Sequencer.Open(Vectors.Origin, _key, store, new FileTiles(Log));
        for (var size = 0; size < 600; size += 40)
        {
            sequencer.Append([
                .. Enumerable.Range(size, 40).Select(i => new PendingEntry(Entry(i), Contents(i))),
            ]);
        }
    }

    private string Database => _folder["authority.db"];

    private string Log => _folder["log"];

    [Fact]
    public void A_log_as_it_was_written_is_clean()
    {
        var report = Check();

        Assert.Empty(report.Findings);
        Assert.Equal((600, 60, true), (report.Size, report.Contents, report.IsSealed));
    }

    [Fact]
    public void Any_byte_flipped_in_any_file_is_named_and_repaired()
    {
        var random = new Random(11);
        foreach (var file in Files())
        {
            var bytes = File.ReadAllBytes(file);
            for (var n = 0; n < (file == Database ? 16 : 1); n++)
            {
                var at = random.Next(bytes.Length);
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, changed);

                var place = Path.GetRelativePath(_folder.Path, file);
                var report = Check();
                Assert.False(report.IsClean, $"{place} byte {at}");
                AssertNamed(report, place, at);

                var repaired = Repair();
                Assert.Empty(repaired.Findings);
                Assert.NotEmpty(repaired.Repaired);
                AssertWhole();
                if (file == Database || file.EndsWith(".seal", StringComparison.Ordinal))
                {
                    bytes = File.ReadAllBytes(file);
                }
                else
                {
                    Assert.Equal(bytes, File.ReadAllBytes(file));
                }
            }
        }
    }

    [Fact]
    public void Rows_changed_through_the_database_itself_are_named_and_repaired()
    {
        Execute("UPDATE entries SET bytes = x'00' WHERE idx = 512");
        Execute("DELETE FROM entries WHERE idx = 3");
        Execute("INSERT INTO entries (idx, bytes) VALUES (600, x'00')");

        var report = Check();

        Assert.Contains(report.Findings, f => f.Place.StartsWith("entries row 512", Ordinal));
        Assert.Contains(
            report.Findings,
            f => f.ToString() == "entries row 3: missing or unreadable"
        );
        Assert.Contains(report.Findings, f => f.Place == "entries row 600");
        Assert.Empty(Repair().Findings);
        AssertWhole();
    }

    [Fact]
    public void A_changed_head_is_named_and_repaired()
    {
        Execute("UPDATE head SET size = 599");

        Assert.Contains(Check().Findings, f => f.Place == "head row");
        Assert.Empty(Repair().Findings);
        AssertWhole();
    }

    [Fact]
    public void A_lost_database_is_built_from_the_bundles_but_for_the_contents()
    {
        File.Delete(Database);
        Assert.NotEmpty(Check().Findings);

        var report = Repair();

        Assert.Equal(60, report.Findings.Count);
        Assert.All(report.Findings, f => Assert.StartsWith("contents sha256:", f.Place, Ordinal));
        AssertWhole();
    }

    [Fact]
    public void A_content_that_changed_or_went_or_came_is_named()
    {
        Execute("UPDATE contents SET bytes = x'00' WHERE id = 1");
        Execute("DELETE FROM contents WHERE id = 2");
        Execute("INSERT INTO contents (digest, bytes) VALUES (x'00', x'01')");
        Execute(
            $"INSERT INTO contents (digest, bytes) VALUES (x'{Digest.Of([9]).ToHex()}', x'09')"
        );

        var findings = Check().Findings.Select(f => f.ToString()).ToList();

        Assert.Contains("contents row 1: its bytes have another digest", findings);
        Assert.Contains("contents row 61: its bytes have another digest", findings);
        Assert.Contains($"contents row 62: surplus: no entry names {Digest.Of([9])}", findings);
        Assert.Contains(
            $"contents {Contents(10)[0].Digest}: missing, and an entry names it",
            findings
        );
        Assert.Contains(
            $"contents {Contents(0)[0].Digest}: missing, and an entry names it",
            findings
        );
        Assert.Equal(2, Repair().Findings.Count);
    }

    [Theory]
    [InlineData("UPDATE entries SET idx = 600 WHERE idx = 599", "entries row 599")]
    [InlineData("UPDATE entries SET bytes = zeroblob(3) WHERE idx = 0", "entries row 0")]
    [InlineData("UPDATE contents SET digest = zeroblob(32) WHERE id = 7", "contents row 7")]
    [InlineData("UPDATE contents SET bytes = zeroblob(2) WHERE id = 7", "contents row 7")]
    [InlineData("UPDATE contents SET id = 99 WHERE id = 7", "authority.db")]
    [InlineData("UPDATE head SET size = size - 1", "head row")]
    [InlineData("UPDATE head SET root = zeroblob(32)", "head row")]
    [InlineData("UPDATE head SET note = replace(note, 'concord', 'discord')", "head row")]
    [InlineData("UPDATE head SET generation = generation + 1", "authority.db")]
    [InlineData("DELETE FROM head", "head row")]
    [InlineData("PRAGMA user_version = 2", "authority.db")]
    [InlineData("PRAGMA application_id = 2", "authority.db")]
    [InlineData("CREATE TABLE more (x)", "authority.db schema")]
    public void A_change_of_any_column_is_named(string change, string place)
    {
        Execute(change);

        Assert.Contains(Check().Findings, f => f.Place.StartsWith(place, Ordinal));
    }

    [Fact]
    public void Files_take_the_entries_two_bytes_and_their_share_of_tiles()
    {
        foreach (var leftover in new FileTiles(Log).List("").ToList())
        {
            if (TilePath.TryParse(leftover, out var path) && !TilePath.Of(600).Contains(path))
            {
                File.Delete(Path.Combine(Log, leftover));
            }
        }

        var entries = Enumerable.Range(0, 600).Sum(i => Entry(i).Length + 2);
        // 600 leaves at level 0 and the roots of two full tiles at level 1.
        var hashes = (600 + 2) * 32;
        var checkpoint = new FileInfo(Path.Combine(Log, "checkpoint")).Length;
        var there = new DirectoryInfo(Log)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => file.Length);

        Assert.Equal(entries + hashes + checkpoint, there);
        Assert.True(hashes <= 600 * 34);
    }

    [Fact]
    public void Missing_and_surplus_files_are_named_and_repaired()
    {
        File.Delete(Path.Combine(Log, "tile/0/001"));
        File.Delete(Path.Combine(Log, "tile/entries/002.p/88"));
        File.Delete(Path.Combine(Log, "checkpoint"));
        File.WriteAllText(Path.Combine(Log, "tile/0/777"), "x");
        File.WriteAllText(Path.Combine(Log, "tile/2.txt"), "x");
        File.WriteAllText(Path.Combine(Log, "tile/0/002.p/200"), "x");

        var places = Check().Findings.Select(f => f.ToString()).ToList();

        Assert.Contains("tile/0/001: missing", places);
        Assert.Contains("tile/entries/002.p/88: missing", places);
        Assert.Contains("checkpoint: missing", places);
        Assert.Contains("tile/0/777: surplus: no tree of this log has it", places);
        Assert.Contains("tile/2.txt: surplus: no tree of this log has it", places);
        Assert.Contains("tile/0/002.p/200: surplus: no published tree has it", places);
        Assert.Equal(6, places.Count);
        Assert.Empty(Repair().Findings);
        AssertWhole();
    }

    [Fact]
    public void Beside_a_running_writer_a_check_is_clean_and_says_what_it_cannot_see()
    {
        using var store = SqliteLogStore.Open(Database);
        var sequencer = Sequencer.Open(Vectors.Origin, _key, store, new FileTiles(Log));
        sequencer.Append([new(Entry(601), [])]);

        var report = Check();

        Assert.Empty(report.Findings);
        Assert.False(report.IsSealed);
        Assert.Contains(report.Notes, n => n.Contains("unused space", Ordinal));
        Assert.Throws<PenRefusedException>(() => Repair());
    }

    [Fact]
    public void Entries_that_are_durable_and_not_yet_public_are_no_damage()
    {
        using (var store = SqliteLogStore.Open(Database))
        {
            var faulty = new FaultyStores(store, new FileTiles(Log));
            var sequencer = Sequencer.Open(Vectors.Origin, _key, faulty, faulty);
            faulty.FailOnce(Effect.Tile, persists: true);
            Assert.Throws<SequencerException>(() =>
                sequencer.Append([new(Entry(601), []), new(Entry(602), [])])
            );
        }

        var report = Check();

        Assert.Empty(report.Findings);
        Assert.Contains(report.Notes, n => n.StartsWith("2 entries are durable", Ordinal));
    }

    [Fact]
    public void A_database_older_than_the_published_checkpoint_is_named_and_rebuilt_from_the_bundles()
    {
        var old = File.ReadAllBytes(Database);
        using (var store = SqliteLogStore.Open(Database))
        {
            var sequencer = Sequencer.Open(Vectors.Origin, _key, store, new FileTiles(Log));
            sequencer.Append([new(Entry(601), [])]);
        }

        File.WriteAllBytes(Database, old);
        using (var store = SqliteLogStore.Open(Database))
        {
            Assert.Throws<PenRefusedException>(() =>
                Sequencer.Open(Vectors.Origin, _key, store, new FileTiles(Log))
            );
        }

        Assert.Contains(
            Check().Findings,
            f => f.What.Contains("older than the published", Ordinal)
        );
        Assert.Empty(Repair().Findings);
        AssertWhole();
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static byte[] Entry(int index)
    {
        var entry = new byte[100 + (index % 200)];
        Vectors.TwoBytes(index).CopyTo(entry, 0);
        return entry;
    }

    private static (Digest Digest, ReadOnlyMemory<byte> Bytes)[] Contents(int index)
    {
        var content = Vectors.TwoBytes(index + 10_000);
        return index % 10 == 0 ? [(Digest.Of(content), content)] : [];
    }

    private static IEnumerable<Digest> ContentsOf(ReadOnlyMemory<byte> entry) =>
        entry.Length < 100
            ? []
            : Contents((entry.Span[0] << 8) + entry.Span[1]).Select(content => content.Digest);

    private static void AssertNamed(FsckReport report, string place, int at)
    {
        var name = place switch
        {
            "authority.db.seal" => "authority.db.seal: the seal itself is damaged",
            "authority.db" => $"authority.db bytes {at / 65_536 * 65_536} to ",
            _ => $"{place["log/".Length..]} byte {at}",
        };
        Assert.Contains(report.Findings, f => f.ToString().StartsWith(name, Ordinal));
    }

    private IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".pen", Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();

    private FsckReport Check() => LogFsck.Check(Database, Log, _key.Verifier, ContentsOf);

    private FsckReport Repair() => LogFsck.Repair(Database, Log, _key.Verifier, ContentsOf);

    private void AssertWhole()
    {
        using var store = SqliteLogStore.Open(Database);
        LogAssert.Whole(new FileTiles(Log), store, _key.Verifier);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
