using System.Text;
using Concord.Ledger;
using Concord.Stores;
using Concord.Tests.Ledger;
using Concord.Tests.Stores;
using Xunit;

namespace Concord.Tests.Witnesses;

/// <summary>The table of C2SP tlog-witness: order, status and body of every answer.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly string s_hash = MerkleTree.EmptyRoot.ToBase64();

    private readonly TemporaryFolder _folder = new();
    private readonly WitnessStore _store;
    private readonly Witness _witness = WitnessBody.Witness();

    public WitnessTests() => _store = new(_folder["witness.db"]);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_first_checkpoint_is_cosigned_without_a_proof()
    {
        var answer = Ask(WitnessBody.From(0, 7));

        Assert.Equal(200, answer.Status);
        Assert.True(SignedNote.TryParseLine(answer.Body[..^1], out var line));
        Assert.Equal('\n', answer.Body[^1]);
        Assert.True(_witness.Verifier.Verify(WitnessBody.At(7).Text, line.Signature.Span));
        Assert.True(Cosignature.TryReadTime(line.Signature.Span, out var time));
        Assert.Equal(WitnessBody.Time, time);
    }

    [Fact]
    public void The_cosignature_of_the_specification_comes_out_byte_for_byte()
    {
        var lines = Vectors.CosignedNote.Split('\n');
        var note = string.Join('\n', lines[..5]) + "\n";

        Assert.Equal((200, lines[5] + "\n"), Said($"old 0\n\n{note}"));
        Assert.Equal(Vectors.CosignedNote, Last()?.Note);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    [InlineData(64, 300)]
    [InlineData(100, 300)]
    [InlineData(255, 257)]
    public void A_larger_tree_is_cosigned_with_its_proof(int old, int size)
    {
        Ask(WitnessBody.From(0, old));

        Assert.Equal(200, Ask(WitnessBody.From(old, size)).Status);
        Assert.Equal(size, Last()?.Size);
    }

    [Fact]
    public void The_same_size_is_cosigned_again_with_the_new_time()
    {
        Ask(WitnessBody.From(0, 9));
        Assert.True(_witness.TryOpen(Bytes(WitnessBody.From(9, 9)), out var request, out _));
        var again = _store.Decide(
            Vectors.Origin,
            last => _witness.Judge(request, last, WitnessBody.Time + 60)
        );

        Assert.Equal(200, again.Status);
        Assert.True(SignedNote.TryParseLine(again.Body[..^1], out var line));
        Assert.True(Cosignature.TryReadTime(line.Signature.Span, out var time));
        Assert.Equal(WitnessBody.Time + 60, time);
        Assert.EndsWith(again.Body, Last()?.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_log_is_cosigned_at_its_one_root()
    {
        Assert.Equal(200, Ask(WitnessBody.From(0, 0)).Status);
        Assert.Equal(200, Ask(WitnessBody.From(0, 0)).Status);
        Assert.Equal(200, Ask(WitnessBody.From(0, 5)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("old 0\n")]
    [InlineData("old 0\n\n")]
    [InlineData("old\n\nNOTE")]
    [InlineData("old -1\n\nNOTE")]
    [InlineData("old 00\n\nNOTE")]
    [InlineData("old +0\n\nNOTE")]
    [InlineData("old  0\n\nNOTE")]
    [InlineData("old 0 \n\nNOTE")]
    [InlineData("Old 0\n\nNOTE")]
    [InlineData("old 0\r\n\r\nNOTE")]
    [InlineData("old 9223372036854775808\n\nNOTE")]
    [InlineData("\nold 0\n\nNOTE")]
    [InlineData("old 0\nHASH=\n\nNOTE")]
    [InlineData("old 0\nHASH HASH\n\nNOTE")]
    [InlineData("old 0\nabcd\n\nNOTE")]
    [InlineData("old 0\n\u00e9\n\nNOTE")]
    [InlineData("old 0\nNOTE")]
    [InlineData("old 0\n\n\nNOTE")]
    [InlineData("old 0\n\nconcord.example/log\n7\n")]
    [InlineData("old 0\n\nconcord.example/log\n07\nHASH\n\nLINE")]
    [InlineData("old 0\n\nconcord.example/log\n7\nabcd\n\nLINE")]
    [InlineData("old 8\n\nNOTE")]
    [InlineData("old 9223372036854775807\n\nNOTE")]
    public void A_malformed_body_is_a_400_without_a_body(string body)
    {
        var note = WitnessBody.At(7).Sign(WitnessBody.Log);
        var bent = body.Replace("NOTE", note.ToString(), StringComparison.Ordinal)
            .Replace("LINE", $"{note.Signatures[0]}\n", StringComparison.Ordinal)
            .Replace("HASH", s_hash, StringComparison.Ordinal);

        Assert.Equal((400, ""), Said(bent));
        Assert.Null(Last());
    }

    [Fact]
    public void Sixty_three_lines_of_proof_are_read_and_one_more_is_not()
    {
        var proof = Enumerable.Repeat(MerkleTree.EmptyRoot, 63).ToArray();

        Assert.Equal((422, ""), Said(WitnessBody.From(0, 7, proof: proof)));
        Assert.Equal(
            (400, ""),
            Said(WitnessBody.From(0, 7, proof: [.. proof, MerkleTree.EmptyRoot]))
        );
    }

    [Fact]
    public void A_body_that_is_too_large_or_no_utf8_is_a_400()
    {
        var body = WitnessBody.From(0, 7);
        var line = body.Split('\n')[^2] + "\n";
        var large = body + string.Concat(Enumerable.Repeat(line, AddCheckpoint.MaxBytes / 90));

        Assert.Equal((400, ""), Said(large));
        Assert.False(_witness.TryOpen([.. Bytes(body), 0xFF, (byte)'\n'], out _, out var answer));
        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public void An_origin_that_is_not_witnessed_is_a_404()
    {
        using var other = NoteSigner.Generate("other.example/log");
        var note = new Checkpoint(other.Name, 0, MerkleTree.EmptyRoot).Sign(other);

        Assert.Equal((404, ""), Said($"old 0\n\n{note}"));
    }

    [Fact]
    public void An_unknown_origin_comes_before_a_missing_signature_and_a_wrong_size()
    {
        var text = new Checkpoint("other.example/log", 7, MerkleTree.EmptyRoot).Text;
        var note = new SignedNote(text, [WitnessBody.Log.Sign(text)]);

        Assert.Equal((404, ""), Said($"old 5\n\n{note}"));
    }

    [Fact]
    public void A_checkpoint_that_no_trusted_key_signed_is_a_403()
    {
        using var thief = NoteSigner.Generate(Vectors.Origin);

        Assert.Equal((403, ""), Said($"old 0\n\n{WitnessBody.At(7).Sign(thief)}"));
    }

    [Fact]
    public void A_line_of_a_trusted_key_that_does_not_verify_is_a_403()
    {
        var false7 = WitnessBody.Log.Sign(WitnessBody.At(8).Text);
        var true7 = WitnessBody.Log.Sign(WitnessBody.At(7).Text);

        Assert.Equal((403, ""), Said(With([false7])));
        Assert.Equal((403, ""), Said(With([true7, false7])));
        Assert.Null(Last());

        static string With(NoteSignature[] lines) =>
            $"old 0\n\n{new SignedNote(WitnessBody.At(7).Text, lines)}";
    }

    [Fact]
    public void A_missing_signature_comes_before_a_wrong_size()
    {
        using var thief = NoteSigner.Generate(Vectors.Origin);
        Ask(WitnessBody.From(0, 7));

        Assert.Equal((403, ""), Said($"old 5\n\n{WitnessBody.At(9).Sign(thief)}"));
    }

    [Fact]
    public void Lines_of_other_keys_are_passed_over_and_not_kept()
    {
        using var other = NoteSigner.GenerateWitness("other.example/w");
        var text = WitnessBody.At(7).Text;
        var note = new SignedNote(text, [other.Cosign(text, 5), WitnessBody.Log.Sign(text)]);

        Assert.Equal(200, Ask($"old 0\n\n{note}").Status);
        Assert.DoesNotContain("other.example", Last()?.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Either_key_of_a_log_that_changes_its_key_is_taken()
    {
        using var next = NoteSigner.Generate(Vectors.Origin);
        var witness = new Witness(Vectors.WitnessKey(), [WitnessBody.Log.Verifier, next.Verifier]);
        var note = WitnessBody.At(9).Sign(next);
        var proof = WitnessBody.Tree.ConsistencyProof(7, 9);

        Assert.Equal(200, witness.Ask(_store, WitnessBody.From(0, 7)).Status);
        Assert.Equal(
            200,
            witness
                .Ask(_store, new AddCheckpoint(7, proof, note, WitnessBody.At(9)).ToString())
                .Status
        );
    }

    [Fact]
    public void A_further_key_is_learned_of_a_log_that_is_witnessed_and_of_no_other()
    {
        using var next = NoteSigner.Generate(Vectors.Origin);
        using var other = NoteSigner.Generate("other.example/log");
        var witness = new Witness(Vectors.WitnessKey(), [WitnessBody.Log.Verifier]);
        var body = new AddCheckpoint(
            0,
            [],
            WitnessBody.At(9).Sign(next),
            WitnessBody.At(9)
        ).ToString();

        Assert.Equal(403, witness.Ask(_store, body).Status);
        Assert.True(witness.Learn(next.Verifier));
        Assert.True(witness.Learn(next.Verifier));
        Assert.False(witness.Learn(other.Verifier));

        Assert.Equal([WitnessBody.Log.Verifier, next.Verifier], witness.Logs);
        Assert.Equal(200, witness.Ask(_store, body).Status);
    }

    [Theory]
    [InlineData(0, 9, "7\n")]
    [InlineData(6, 9, "7\n")]
    [InlineData(8, 9, "7\n")]
    [InlineData(0, 5, "7\n")]
    [InlineData(5, 5, "7\n")]
    public void Another_size_than_the_one_cosigned_last_is_a_409_that_says_it(
        int old,
        int size,
        string last
    )
    {
        Ask(WitnessBody.From(0, 7));

        Assert.Equal((409, last), Said(WitnessBody.From(old, size)));
        Assert.Equal(7, Last()?.Size);
    }

    [Fact]
    public void Before_the_first_cosignature_the_size_is_zero() =>
        Assert.Equal((409, "0\n"), Said(WitnessBody.From(5, 9)));

    [Fact]
    public void A_wrong_size_comes_before_a_wrong_proof()
    {
        Ask(WitnessBody.From(0, 7));

        Assert.Equal((409, "7\n"), Said(WitnessBody.From(5, 9, proof: [])));
    }

    [Fact]
    public void A_proof_with_the_old_size_zero_is_a_422() =>
        Assert.Equal((422, ""), Said(WitnessBody.From(0, 7, proof: [MerkleTree.EmptyRoot])));

    [Fact]
    public void A_proof_between_equal_sizes_is_a_422()
    {
        Ask(WitnessBody.From(0, 7));

        Assert.Equal((422, ""), Said(WitnessBody.From(7, 7, proof: [MerkleTree.EmptyRoot])));
    }

    [Fact]
    public void A_proof_that_does_not_lead_to_the_root_is_a_422()
    {
        Ask(WitnessBody.From(0, 7));
        var proof = WitnessBody.Tree.ConsistencyProof(7, 9);

        Assert.Equal((422, ""), Said(WitnessBody.From(7, 9, proof: [])));
        Assert.Equal((422, ""), Said(WitnessBody.From(7, 9, proof: proof[1..])));
        Assert.Equal((422, ""), Said(WitnessBody.From(7, 9, proof: [.. proof, proof[0]])));
        Assert.Equal((422, ""), Said(WitnessBody.From(7, 9, proof: [.. proof.Reverse()])));
        Assert.Equal(7, Last()?.Size);
    }

    [Fact]
    public void A_fork_is_a_422_at_a_larger_size_and_at_the_same()
    {
        Ask(WitnessBody.From(0, 200));

        Assert.Equal((422, ""), Said(WitnessBody.From(200, 300, WitnessBody.Fork)));
        Assert.Equal((422, ""), Said(WitnessBody.From(200, 200, WitnessBody.Fork)));
        Assert.Equal(WitnessBody.Tree.Root(200), Last()?.Root);
    }

    [Fact]
    public void An_empty_log_with_another_root_is_a_422()
    {
        var empty = new Checkpoint(Vectors.Origin, 0, WitnessBody.Tree.Root(1));

        Assert.Equal((422, ""), Said($"old 0\n\n{empty.Sign(WitnessBody.Log)}"));
    }

    [Fact]
    public void What_was_cosigned_survives_the_end_of_the_process()
    {
        Ask(WitnessBody.From(0, 7));
        _store.Dispose();
        using var again = new WitnessStore(_folder["witness.db"]);

        Assert.Equal(409, _witness.Ask(again, WitnessBody.From(0, 5)).Status);
        Assert.Equal(422, _witness.Ask(again, WitnessBody.From(7, 9, proof: [])).Status);
        Assert.Equal(200, _witness.Ask(again, WitnessBody.From(7, 9)).Status);
    }

    private WitnessAnswer Ask(string body) => _witness.Ask(_store, body);

    private (int Status, string Body) Said(string body)
    {
        var answer = Ask(body);
        Assert.Equal(answer.Status == 200, answer.Next is not null);
        Assert.Equal(answer.Status is 403 or 422, answer.IsEvidence);
        return (answer.Status, answer.Body);
    }

    private CosignedHead? Last() => _store.Find(WitnessStore.HashOf(Vectors.Origin));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
