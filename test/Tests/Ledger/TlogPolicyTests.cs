using System.Text;
using Concord.Ledger;
using CsCheck;
using Xunit;

namespace Concord.Tests.Ledger;

public sealed class TlogPolicyTests
{
    private static readonly NoteSigner s_log = Vectors.LogKey();

    private static readonly NoteSigner[] s_witnesses =
    [
        .. Enumerable.Range(0, 6).Select(i => NoteSigner.GenerateWitness($"w{i}.example")),
    ];

    private static readonly string s_example =
        $"# Two of the first three and any of the others.\nlog {s_log.Verifier}\n\n"
        + string.Concat(s_witnesses.Select((w, i) => $"witness W{i} {w.Verifier}\turl\n"))
        + " group\tX 2 W0 W1 W2\ngroup Y any W3 W4 W5 \ngroup X-and-Y all X Y\nquorum X-and-Y\n";

    [Theory]
    [InlineData("0 1 3", true)]
    [InlineData("1 2 5", true)]
    [InlineData("0 1 2 3 4 5", true)]
    [InlineData("0 3 4 5", false)]
    [InlineData("0 1 2", false)]
    [InlineData("", false)]
    public void A_quorum_of_groups_counts_members_not_signatures(string signed, bool isReached)
    {
        var note = Cosigned([
            .. signed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse),
        ]);

        Assert.Equal(isReached, Parse(s_example).Accepts(note, out var checkpoint, out _));
        Assert.Equal(isReached ? 9 : null, checkpoint?.Size);
    }

    [Fact]
    public void Without_a_quorum_the_logs_signature_is_enough_and_needed()
    {
        var policy = Parse($"log {s_log.Verifier}\nquorum none\n");
        var others = Parse(MakeLogs(1) + "quorum none\n");

        Assert.False(policy.AsksForWitnesses);
        Assert.True(policy.Accepts(Cosigned([]), out _, out _));
        Assert.False(others.Accepts(Cosigned([]), out _, out var fault));
        Assert.Contains("No known key", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Cosignatures_alone_do_not_make_a_checkpoint()
    {
        var text = new Checkpoint(Vectors.Origin, 9, MerkleTree.EmptyRoot).Text;
        var note = new SignedNote(text, [.. s_witnesses.Select(w => w.Cosign(text, 5))]);

        Assert.False(Parse(s_example).Accepts(note.ToString(), out _, out var fault));
        Assert.Contains("No log of the policy", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_two_logs_witnesses_and_groups_are_read()
    {
        var text = new StringBuilder(MakeLogs(32));
        for (var i = 0; i < 32; i++)
        {
            using var witness = NoteSigner.GenerateWitness($"many{i}.example");
            text.Append($"witness w{i} {witness.Verifier}\ngroup g{i} all w{i}\n");
        }

        Assert.Equal(32, Parse(text.Append("quorum g31\n").ToString()).Witnesses.Count);
    }

    [Theory]
    [InlineData("quorum none")]
    [InlineData("")]
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("quorum W0\n")]
    [InlineData("witness none VKEY0\nquorum none\n")]
    [InlineData("witness a VKEY0\nwitness a VKEY1\nquorum a\n")]
    [InlineData("witness a VKEY0\nwitness b VKEY0\nquorum a\n")]
    [InlineData("witness a LOG\nquorum a\n")]
    [InlineData("log VKEY0\nquorum none\n")]
    [InlineData("log LOG\nlog LOG\nquorum none\n")]
    [InlineData("witness a VKEY0\ngroup g 2 a\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g 0 a\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g some a\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g any a a\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g any a\ngroup h any a\nquorum h\n")]
    [InlineData("group g any a\nwitness a VKEY0\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g any none\nquorum g\n")]
    [InlineData("witness a VKEY0\ngroup g any\nquorum a\n")]
    [InlineData("quorum none extra\n")]
    [InlineData("Quorum none\n")]
    [InlineData("quorum none\r\n")]
    [InlineData("quorum none\u0000\n")]
    public void What_breaks_a_rule_of_the_policy_file_is_refused_with_its_line(string text)
    {
        var filled = text.Replace(
                "VKEY0",
                s_witnesses[0].Verifier.ToString(),
                StringComparison.Ordinal
            )
            .Replace("VKEY1", s_witnesses[1].Verifier.ToString(), StringComparison.Ordinal)
            .Replace("LOG", s_log.Verifier.ToString(), StringComparison.Ordinal);

        Assert.False(TlogPolicy.TryParse(Encoding.UTF8.GetBytes(filled), out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Names_are_octets_and_look_alikes_are_other_names() =>
        Assert.True(
            TlogPolicy.TryParse(
                [
                    .. Encoding.UTF8.GetBytes($"witness K {s_witnesses[0].Verifier}\nwitness "),
                    0xE2,
                    0x84,
                    0xAA,
                    .. Encoding.UTF8.GetBytes($" {s_witnesses[1].Verifier}\ngroup "),
                    0xFF,
                    .. Encoding.UTF8.GetBytes(" any K\nquorum K\n"),
                ],
                out _,
                out _
            )
        );

    [Fact]
    public void No_bytes_whatever_break_the_reader() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                bytes =>
                {
                    Assert.NotEqual(
                        TlogPolicy.TryParse(bytes, out _, out var fault),
                        fault is not null
                    );
                },
                iter: 2_000
            );

    private static string Cosigned(int[] witnesses)
    {
        var text = new Checkpoint(Vectors.Origin, 9, MerkleTree.EmptyRoot).Text;
        return new SignedNote(
            text,
            [s_log.Sign(text), .. witnesses.Select(i => s_witnesses[i].Cosign(text, 1_700_000_000))]
        ).ToString();
    }

    private static string MakeLogs(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            using var log = NoteSigner.Generate($"log{i}.example");
            text.Append($"log {log.Verifier}\n");
        }

        return text.ToString();
    }

    private static TlogPolicy Parse(string text)
    {
        Assert.True(
            TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault),
            fault
        );
        return policy;
    }
}
