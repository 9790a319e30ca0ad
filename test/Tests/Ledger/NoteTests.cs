using System.Security.Cryptography;
using System.Text;
using Concord.Ledger;
using CsCheck;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class NoteTests
{
    private const string LogVkey =
        "concord.example/log+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

    private const string WitnessVkey =
        "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";

    [Fact]
    public void Verifier_keys_are_those_of_the_vectors()
    {
        using var log = Vectors.LogKey();
        using var witness = Vectors.WitnessKey();

        Assert.Equal(LogVkey, log.Verifier.ToString());
        Assert.Equal(WitnessVkey, witness.Verifier.ToString());
        Assert.Equal(0x4781da91u, log.Verifier.KeyId);
        Assert.Equal(
            0x484bc619u,
            NoteVerifier.Create(Vectors.Witness, 0x01, witness.Verifier.PublicKey.Span).KeyId
        );
        Assert.Equal(log.Verifier, Verifier(LogVkey));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("concord.example/log+4781da91")]
    [InlineData("concord.example/log+4781da92+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("concord.example/log+4781DA91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("concord.example/log+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG")]
    [InlineData("concord.example/log+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4 ")]
    [InlineData("concord example+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("+4781da91+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("concord.example/log+4781da91+BgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    public void What_is_not_exactly_a_verifier_key_is_refused_with_a_reason(string? vkey)
    {
        Assert.False(NoteVerifier.TryParse(vkey, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void The_cosigned_checkpoint_of_the_vectors_is_written_byte_for_byte()
    {
        using var log = Vectors.LogKey();
        using var witness = Vectors.WitnessKey();
        var checkpoint = new Checkpoint(Vectors.Origin, 1, MerkleTree.LeafHash([]));
        var text = checkpoint.Text;

        var note = new SignedNote(text, [log.Sign(text), witness.Cosign(text, 1_700_000_000)]);

        Assert.Equal(67, text.Length);
        Assert.Equal(98, Cosignature.Message(1_700_000_000, text).Length);
        Assert.Equal(Vectors.CosignedNote, note.ToString());
        var bytes = Encoding.UTF8.GetBytes(note.ToString());
        Assert.Equal(313, bytes.Length);
        Assert.Equal(
            "8b96f109889bf1addc50e05a8be64a95515155efca067d654317bbf84659039c",
            Convert.ToHexStringLower(SHA256.HashData(bytes))
        );
        Assert.Equal(
            "049fe1bcba02ea6829228954fc52e3c3e6290cd39688654be7ca47f4a6d7a8b3",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Vectors.Origin)))
        );
    }

    [Fact]
    public void The_cosigned_checkpoint_of_the_vectors_is_read_and_verifies_for_both_keys()
    {
        Assert.True(SignedNote.TryParse(Vectors.CosignedNote, out var note, out _));
        Assert.True(
            note.TryVerify([Verifier(LogVkey), Verifier(WitnessVkey)], out var verified, out _)
        );
        Assert.Equal([Verifier(LogVkey), Verifier(WitnessVkey)], verified);
        Assert.Equal(Vectors.CosignedNote, note.ToString());
        Assert.True(
            Checkpoint.TryOpen(Vectors.CosignedNote, Verifier(LogVkey), out var checkpoint, out _)
        );
        Assert.Equal(new Checkpoint(Vectors.Origin, 1, MerkleTree.LeafHash([])), checkpoint);
        Assert.True(Cosignature.TryReadTime(note.Signatures[1].Signature.Span, out var time));
        Assert.Equal(1_700_000_000, time);
    }

    [Fact]
    public void A_note_that_no_known_key_signed_says_nothing()
    {
        using var stranger = NoteSigner.Generate(Vectors.Origin);
        Assert.True(SignedNote.TryParse(Vectors.CosignedNote, out var note, out _));

        Assert.False(note.TryVerify([stranger.Verifier], out var verified, out var fault));
        Assert.Empty(verified);
        Assert.Contains("No known key", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_byte_changed_in_a_note_spoils_it_or_changes_a_line_that_nobody_knows()
    {
        var bytes = Encoding.UTF8.GetBytes(Vectors.CosignedNote);
        var witnessLine = Encoding.UTF8.GetBytes("\u2014 witness").AsSpan();
        var logEnds = bytes.AsSpan().IndexOf(witnessLine);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x01;
            var isWhole =
                SignedNote.TryParse(changed, out var note, out _)
                && note.TryVerify([Verifier(LogVkey)], out _, out _)
                && Checkpoint.TryParse(note.Text, out _, out _);
            Assert.True(!isWhole || i >= logEnds, $"byte {i}");

            var byBoth =
                SignedNote.TryParse(changed, out note, out _)
                && note.TryVerify([Verifier(LogVkey), Verifier(WitnessVkey)], out var keys, out _)
                && keys.Count == 2;
            Assert.False(byBoth, $"byte {i}");
        }
    }

    [Fact]
    public void A_known_keys_line_that_does_not_verify_spoils_a_note_that_has_a_good_one()
    {
        using var log = Vectors.LogKey();
        var good = log.Sign("text\n");
        var bad = log.Sign("other\n");

        var note = new SignedNote("text\n", [good, bad]);

        Assert.False(note.TryVerify([log.Verifier], out _, out var fault));
        Assert.Contains("does not verify", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_empty_line_ends_the_text()
    {
        using var log = Vectors.LogKey();
        var note = new SignedNote("a\n\nb\n", [log.Sign("a\n\nb\n")]);

        Assert.True(SignedNote.TryParse(note.ToString(), out var read, out _));
        Assert.Equal("a\n\nb\n", read.Text);
        Assert.True(read.TryVerify([log.Verifier], out _, out _));
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=")]
    [InlineData("text\n\n\u2014 name AAAAAAA=\r\n")]
    [InlineData("te\txt\n\n\u2014 name AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 na+me AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 na\u2003me AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAAAA==\n")]
    [InlineData("text\n\n\u2014 name AAAAAAB=\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA\n")]
    [InlineData("text\n\n\u2014 name AAAA AAA=\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=\nmore\n")]
    public void What_is_not_exactly_a_note_is_refused_with_a_reason(string text)
    {
        Assert.False(SignedNote.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Sixteen_signature_lines_are_read_and_more_than_a_hundred_are_not()
    {
        var line = "\u2014 name AAAAAAA=\n";

        Assert.True(SignedNote.TryParse("t\n\n" + Repeat(line, 16), out var note, out _));
        Assert.Equal(16, note.Signatures.Count);
        Assert.True(SignedNote.TryParse("t\n\n" + Repeat(line, 100), out _, out _));
        Assert.False(SignedNote.TryParse("t\n\n" + Repeat(line, 101), out _, out _));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_no_note()
    {
        byte[] bytes = [0xFF, (byte)'\n', (byte)'\n', .. "\u2014 name AAAAAAA=\n"u8];

        Assert.False(SignedNote.TryParse(bytes, out _, out var fault));
        Assert.Contains("UTF-8", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.False(
            SignedNote.TryParse("te" + (char)0xD800 + "xt\n\n\u2014 name AAAAAAA=\n", out _, out _)
        );

    [Fact]
    public void No_bytes_whatever_break_the_reader() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                bytes =>
                {
                    Assert.NotEqual(
                        SignedNote.TryParse(bytes, out _, out var fault),
                        fault is not null
                    );
                },
                iter: 2_000
            );

    [Theory]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", true)]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\nextension\n", true)]
    [InlineData("origin\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", true)]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=", false)]
    [InlineData("origin\n01\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", false)]
    [InlineData("origin\n+1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", false)]
    [InlineData("origin\n-1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", false)]
    [InlineData(
        "origin\n9223372036854775808\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n",
        false
    )]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB1=\n", false)]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoA==\n", false)]
    [InlineData("\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n", false)]
    [InlineData("origin\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n", false)]
    public void A_checkpoint_is_origin_size_root_and_lines_that_are_not_empty(
        string text,
        bool isOne
    )
    {
        Assert.Equal(isOne, Checkpoint.TryParse(text, out var checkpoint, out _));
        Assert.Equal(isOne ? text : null, checkpoint?.Text);
    }

    [Fact]
    public void A_checkpoint_of_another_origin_than_its_keys_name_is_refused()
    {
        using var log = Vectors.LogKey();
        var other = new Checkpoint("elsewhere.example", 0, MerkleTree.EmptyRoot).Text;
        var note = new SignedNote(other, [log.Sign(other)]).ToString();

        Assert.False(Checkpoint.TryOpen(note, log.Verifier, out _, out var fault));
        Assert.Contains("elsewhere.example", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_kept_as_pem_signs_as_before()
    {
        using var log = Vectors.LogKey();
        using var again = NoteSigner.FromPem(Vectors.Origin, log.ExportPem());

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", log.ExportPem(), StringComparison.Ordinal);
        Assert.Equal(log.Sign("text\n").ToString(), again.Sign("text\n").ToString());
    }

    [Fact]
    public void A_logs_key_cosigns_nothing_and_a_witnesss_key_signs_nothing_else()
    {
        using var log = Vectors.LogKey();
        using var witness = Vectors.WitnessKey();

        Assert.Throws<InvalidOperationException>(() => log.Cosign("text\n", 1));
        Assert.Throws<InvalidOperationException>(() => witness.Sign("text\n"));
        Assert.Throws<ArgumentOutOfRangeException>(() => witness.Cosign("text\n", 0));
    }

    private static NoteVerifier Verifier(string vkey)
    {
        Assert.True(NoteVerifier.TryParse(vkey, out var verifier, out var fault), fault);
        return verifier;
    }

    private static string Repeat(string line, int count) =>
        string.Concat(Enumerable.Repeat(line, count));
}
