using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Tests.Stores;

/// <summary>What is kept of a day so that its root can be computed, and what is missing.</summary>
public sealed class DayLeavesTests : IDisposable
{
    private static readonly DateOnly s_day = new(2026, 11, 1);
    private readonly TemporaryFolder _folder = new();

    private string Kept => _folder["answers.db"];

    [Fact]
    public void The_leaves_of_a_day_are_the_items_in_the_order_in_which_they_were_kept()
    {
        using var answers = new AnswerStore(Kept, perParty: 10);
        answers.Keep(Refusal(1), s_day);
        answers.Keep(Refusal(2), s_day);
        answers.Keep(Refusal(3), s_day.AddDays(1));

        var leaves = answers.Close(RecordKind.Refusals, s_day);

        Assert.Equal([MerkleTree.LeafHash([1]), MerkleTree.LeafHash([2])], leaves.Hashes);
        Assert.Equal(0, leaves.Missing);
    }

    [Fact]
    public void What_comes_after_a_day_is_closed_belongs_to_the_next()
    {
        using (var answers = new AnswerStore(Kept, perParty: 10))
        {
            answers.Close(RecordKind.Refusals, s_day);
        }

        using var again = new AnswerStore(Kept, perParty: 10);
        again.Keep(Refusal(1), s_day);

        Assert.Empty(again.LeavesOf(RecordKind.Refusals, s_day).Hashes);
        Assert.Equal(s_day.AddDays(1), Assert.Single(again.RefusalsOf("P", null, 9)).Day);
    }

    [Fact]
    public void A_refusal_that_went_because_there_were_too_many_leaves_its_leaf()
    {
        using var answers = new AnswerStore(Kept, perParty: 2);
        for (byte i = 0; i < 5; i++)
        {
            answers.Keep(Refusal(i), s_day);
        }

        Assert.Equal(2, answers.RefusalsOf("P", null, 9).Count);
        Assert.Equal(5, answers.LeavesOf(RecordKind.Refusals, s_day).Hashes.Count);
        Assert.Equal(0, answers.LeavesOf(RecordKind.Refusals, s_day).Missing);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_item_taken_out_of_a_day_is_missed(int number)
    {
        using (var answers = new AnswerStore(Kept, perParty: 10))
        {
            answers.Keep(Refusal(0), s_day.AddDays(-1));
            answers.Keep(
                4,
                new("document", "officer/a/1", "Case 7", "2026-11-01T00:00:00Z"),
                s_day
            );
            for (byte i = 0; i < 2; i++)
            {
                answers.Keep(Refusal(i), s_day);
            }
        }

        Tamper($"DELETE FROM refusals WHERE number = {number}");
        Tamper($"DELETE FROM leaves WHERE kind = 1 AND number = {number}");
        using var again = new AnswerStore(Kept, perParty: 10);

        Assert.Equal(1, again.Close(RecordKind.Refusals, s_day).Missing);
    }

    [Fact]
    public void A_file_of_an_older_release_gets_its_leaves()
    {
        using (var answers = new AnswerStore(Kept, perParty: 10))
        {
            answers.Keep(
                4,
                new("document", "officer/a/1", "Case 7", "2026-11-01T09:00:00Z"),
                s_day
            );
            answers.Keep(Refusal(1), s_day);
        }

        Tamper(
            "DROP TABLE leaves; DROP TABLE closed_days; DROP TABLE leaf_starts; "
                + "ALTER TABLE readings DROP COLUMN salt"
        );
        using var again = new AnswerStore(Kept, perParty: 10);

        var reading = Assert.Single(again.ReadingsOf(4, 9));
        Assert.Equal(s_day, reading.Day);
        Assert.Equal(
            MerkleTree.LeafHash(reading.Leaf()),
            Assert.Single(again.LeavesOf(RecordKind.Readings, s_day).Hashes)
        );
        Assert.Single(again.LeavesOf(RecordKind.Refusals, s_day).Hashes);
    }

    public void Dispose() => _folder.Dispose();

    private static KeptRefusal Refusal(byte content) =>
        new(0, "P", "00", "act", "code", "2026-11-01T00:00:00Z", new[] { content });

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Kept};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
