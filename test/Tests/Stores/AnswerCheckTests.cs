using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class AnswerCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NoteSigner _key = Vectors.LogKey();

    public AnswerCheckTests()
    {
        using var answers = new AnswerStore(Kept, perParty: 10);
        var tree = Vectors.TreeOf(9);
        for (var size = 2; size <= 9; size++)
        {
            var note = new Checkpoint(Vectors.Origin, size, tree.Root(size)).Sign(_key).ToString();
            answers.Keep(new AnsweredRoot(size, note, new byte[64]));
        }

        answers.Keep(
            new(0, "P-0000-0000", Digest.Of([1]).ToHex(), "act", "code", "tick", new byte[] { 1 }),
            new DateOnly(2026, 11, 1)
        );
    }

    private string Kept => _folder["answers.db"];

    [Fact]
    public void Answers_as_they_were_kept_are_clean_and_none_are_no_damage()
    {
        Assert.Empty(AnswerCheck.Run(Kept, _key.Verifier, []));
        Assert.Empty(AnswerCheck.Run(_folder["none.db"], _key.Verifier, []));
    }

    [Fact]
    public void Any_byte_flipped_in_a_closed_file_is_named()
    {
        var bytes = File.ReadAllBytes(Kept);
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Kept, changed);
            Assert.Contains(
                AnswerCheck.Run(Kept, _key.Verifier, []),
                f => f.Place.StartsWith("answers.db", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void A_checkpoint_that_the_log_did_not_sign_is_named_without_a_seal_too()
    {
        DatabaseSeal.Break(Kept);
        Execute("UPDATE roots SET note = replace(note, 'concord', 'discord') WHERE size = 4");
        Execute("UPDATE roots SET size = 40 WHERE size = 7");
        Execute("UPDATE roots SET signature = x'00' WHERE size = 9");

        Assert.Equal(
            ["roots row 4", "roots row 9", "roots row 40"],
            AnswerCheck.Run(Kept, _key.Verifier, []).Select(f => f.Place)
        );
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Kept};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
