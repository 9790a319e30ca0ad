using System.Buffers;
using System.Text;
using Concord.Ledger;
using Concord.Tests.Ledger;
using Xunit;

namespace Concord.Tests.Fuzz;

/// <summary>The parsers of what logs and witnesses publish (C2SP).</summary>
public sealed class LogFuzz
{
    [Fact]
    public void No_bent_note_throws_and_what_is_read_is_written_the_same() =>
        FuzzRun.Of(
            [Encoding.UTF8.GetBytes(Vectors.CosignedNote), Encoding.UTF8.GetBytes(Note(7))],
            input =>
            {
                if (SignedNote.TryParse(input, out var note, out var fault))
                {
                    Assert.Equal(input, Encoding.UTF8.GetBytes(note.ToString()));
                }
                else
                {
                    Assert.NotEmpty(fault);
                }
            }
        );

    [Fact]
    public void No_bent_checkpoint_throws_or_opens_as_another()
    {
        using var key = Vectors.LogKey();
        var good = Note(7);
        FuzzRun.Of(
            [Encoding.UTF8.GetBytes(good)],
            input =>
            {
                var text = Encoding.UTF8.GetString(input);
                if (Checkpoint.TryParse(text, out var bare, out var unread))
                {
                    Assert.Equal(text, bare.Text);
                }
                else
                {
                    Assert.NotEmpty(unread);
                }

                if (Checkpoint.TryOpen(text, key.Verifier, out var opened, out var fault))
                {
                    Assert.Equal((7, Vectors.TreeOf(7).Root(7)), (opened.Size, opened.Root));
                }
                else
                {
                    Assert.NotEmpty(fault);
                }
            }
        );
    }

    [Fact]
    public void No_bent_proof_throws_or_proves_another_entry()
    {
        using var key = Vectors.LogKey();
        var checkpoint = new Checkpoint(key.Name, 7, Vectors.TreeOf(7).Root(7));
        var proof = TlogProof.Of(Vectors.TreeOf(7), 3, new(checkpoint, Note(7)));
        FuzzRun.Of(
            [
                Encoding.UTF8.GetBytes(proof.ToString()),
                Encoding.UTF8.GetBytes((proof with { Extra = new byte[] { 1, 2, 3 } }).ToString()),
            ],
            input =>
            {
                var text = Encoding.UTF8.GetString(input);
                if (!TlogProof.TryParse(text, out var read, out var fault))
                {
                    Assert.NotEmpty(fault);
                    return;
                }

                Assert.Equal(text, read.ToString());
                Assert.False(read.Verify(Vectors.TwoBytes(4), key.Verifier, out _, out _));
                if (read.Verify(Vectors.TwoBytes(3), key.Verifier, out _, out _))
                {
                    Assert.Equal(3, read.Index);
                }
            }
        );
    }

    [Fact]
    public void No_bent_policy_throws()
    {
        using var log = Vectors.LogKey();
        using var witness = Vectors.WitnessKey();
        var policy =
            $"# One or both.\nlog {log.Verifier}\nwitness W0 {witness.Verifier} https://w.example\n"
            + "group A 1 W0\ngroup B any A\nquorum B\n";
        FuzzRun.Of(
            [Encoding.UTF8.GetBytes(policy), "quorum none\n"u8.ToArray()],
            input =>
            {
                if (TlogPolicy.TryParse(input, out var read, out var fault))
                {
                    read.Accepts(Vectors.CosignedNote, out _, out _);
                }
                else
                {
                    Assert.NotEmpty(fault);
                }
            }
        );
    }

    [Fact]
    public void No_bent_bundle_throws_and_what_is_read_is_written_the_same()
    {
        var bundle = new ArrayBufferWriter<byte>();
        foreach (
            var entry in (byte[][])
                [
                    [1, 2, 3],
                    [],
                    [4],
                    new byte[300],
                ]
        )
        {
            EntryBundle.Append(bundle, entry);
        }

        FuzzRun.Of(
            [bundle.WrittenSpan.ToArray()],
            input =>
            {
                if (EntryBundle.TryParse(input, 4, out var entries, out var fault))
                {
                    var again = new ArrayBufferWriter<byte>();
                    foreach (var entry in entries)
                    {
                        EntryBundle.Append(again, entry.Span);
                    }

                    Assert.Equal(input, again.WrittenSpan.ToArray());
                }
                else
                {
                    Assert.NotEmpty(fault);
                }
            }
        );
    }

    [Fact]
    public void No_bent_verifier_key_or_tile_path_throws_and_what_is_read_is_written_the_same()
    {
        using var log = Vectors.LogKey();
        FuzzRun.Of(
            [
                Encoding.UTF8.GetBytes(log.Verifier.ToString()),
                "tile/0/x001/x234/067"u8.ToArray(),
                "tile/entries/x001/067.p/255"u8.ToArray(),
            ],
            input =>
            {
                var text = Encoding.UTF8.GetString(input);
                if (NoteVerifier.TryParse(text, out var verifier, out var fault))
                {
                    Assert.Equal(text, verifier.ToString());
                }
                else
                {
                    Assert.NotEmpty(fault);
                }

                if (TilePath.TryParse(text, out var path))
                {
                    Assert.Equal(text, path.ToString());
                }
            }
        );
    }

    private static string Note(int size)
    {
        using var key = Vectors.LogKey();
        return new Checkpoint(key.Name, size, Vectors.TreeOf(size).Root(size)).Sign(key).ToString();
    }
}
