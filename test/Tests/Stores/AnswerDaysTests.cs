using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Tests.Stores;

/// <summary>Readings and refusals against the roots that the log has of their days.</summary>
public sealed class AnswerDaysTests : IDisposable
{
    private static readonly DateOnly s_day = new(2026, 11, 1);
    private readonly TemporaryFolder _folder = new();
    private readonly NoteSigner _key = Vectors.LogKey();
    private readonly List<DailyRoot> _logged = [];

    public AnswerDaysTests()
    {
        using var answers = new AnswerStore(Kept, AnswerStore.RefusalsPerParty);
        for (byte i = 0; i < 3; i++)
        {
            answers.Keep(Refusal("P", i), s_day);
            answers.Keep(
                i,
                new("document", "officer/a/1", "Case 7", "2026-11-01T09:00:00Z"),
                s_day
            );
        }

        foreach (var day in (DateOnly[])[s_day, s_day.AddDays(1)])
        {
            var (read, refused) = (
                answers.Close(RecordKind.Readings, day),
                answers.Close(RecordKind.Refusals, day)
            );
            _logged.Add(
                new ReadRoot
                {
                    Day = day,
                    Count = read.Hashes.Count,
                    Root = read.Tree().Root(read.Hashes.Count),
                }
            );
            _logged.Add(
                new RefusalRoot
                {
                    Day = day,
                    Count = refused.Hashes.Count,
                    Root = refused.Tree().Root(refused.Hashes.Count),
                }
            );
        }

        answers.Keep(Refusal("P", 9), s_day.AddDays(2));
    }

    private string Kept => _folder["answers.db"];

    [Fact]
    public void What_is_kept_as_the_roots_of_its_days_say_is_clean() => Assert.Empty(Findings());

    [Theory]
    [InlineData("UPDATE readings SET why = 'Case 8' WHERE number = 2", "readings row 2 of")]
    [InlineData("UPDATE refusals SET signed = x'07' WHERE number = 1", "refusals row 1 of")]
    [InlineData("DELETE FROM readings WHERE number = 3", "readings of")]
    [InlineData("DELETE FROM refusals WHERE number > 1", "refusals of")]
    public void A_row_changed_or_taken_out_is_named_with_its_day(string sql, string place)
    {
        Tamper(sql);

        var finding = Findings()[0];

        Assert.Equal(place + " 2026-11-01", finding.Place);
        Assert.Contains("leaf", finding.What, StringComparison.Ordinal);
        Assert.Contains("sha256:", finding.What, StringComparison.Ordinal);
        Assert.Equal(sql.Contains("> 1", StringComparison.Ordinal) ? 2 : 1, Findings().Count);
    }

    [Theory]
    [InlineData("readings", 0)]
    [InlineData("refusals", 1)]
    public void A_row_taken_out_with_its_leaf_is_missed_by_the_root(string table, int kind)
    {
        var root = _logged[kind].Root;
        Tamper($"DELETE FROM {table} WHERE number = 2");
        Tamper($"DELETE FROM leaves WHERE kind = {kind} AND number = 2");

        var finding = Assert.Single(Findings());

        Assert.Equal($"{table} of 2026-11-01", finding.Place);
        Assert.StartsWith(
            $"the log has the root {root} over 3 of them, and what is kept gives sha256:",
            finding.What,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" over 2", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_put_in_is_named_with_and_without_a_leaf()
    {
        Tamper("INSERT INTO refusals VALUES (50, 'P', '00', 'act', 'code', 'tick', x'05')");
        Assert.Equal("refusals row 50", Assert.Single(Findings()).Place);

        Tamper("INSERT INTO leaves VALUES (1, 50, '2026-11-02', x'" + Leaf(5) + "')");
        Assert.Equal("refusals of 2026-11-02", Assert.Single(Findings()).Place);
    }

    [Fact]
    public void A_file_that_is_gone_is_missed_for_the_days_on_which_something_was_kept()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(Kept);

        Assert.Equal(
            ["readings of 2026-11-01", "refusals of 2026-11-01"],
            Findings().Select(one => one.Place)
        );
    }

    [Fact]
    public void Refusals_that_went_because_a_party_had_too_many_are_not_missed()
    {
        using (var answers = new AnswerStore(Kept, AnswerStore.RefusalsPerParty))
        {
            for (var i = 0; i < AnswerStore.RefusalsPerParty; i++)
            {
                answers.Keep(Refusal("P", (byte)i), s_day.AddDays(2));
            }

            Assert.Equal(
                AnswerStore.RefusalsPerParty,
                answers.RefusalsOf("P", null, int.MaxValue).Count
            );
        }

        Assert.Empty(Findings());
        Tamper("DELETE FROM refusals WHERE number = 900");
        Assert.Contains("refusals of 2026-11-03", Findings().Select(one => one.Place));
    }

    [Fact]
    public void The_roots_are_read_out_of_the_entries_of_the_log()
    {
        using var key = StatementSigner.Create();
        var days = new LoggedDays();
        foreach (var root in _logged)
        {
            days.Read(
                key.Sign(
                    new(
                        "register.example.org/log#authority/registrar",
                        "act",
                        ActBytes.ContentTypeOf(ActTable.Of(root))
                    ),
                    ActBytes.Write(root),
                    envelope: false
                )
            );
        }

        Assert.Equal(_logged.ToHashSet(), days.Roots.ToHashSet());
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<LogFinding> Findings() =>
        [
            .. AnswerCheck
                .Run(Kept, _key.Verifier, _logged)
                .Where(one => !one.Place.StartsWith("answers.db", StringComparison.Ordinal)),
        ];

    private static string Leaf(byte content) =>
        Convert.ToHexString(MerkleTree.LeafHash([content]).ToArray());

    private static KeptRefusal Refusal(string party, byte content) =>
        new(0, party, "00", "act", "code", "2026-11-01T00:00:00Z", new[] { content });

    private void Tamper(string sql)
    {
        DatabaseSeal.Break(Kept);
        using var connection = new SqliteConnection($"Data Source={Kept};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
