using System.Formats.Cbor;
using System.Text;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>
/// Each row bends one thing of a well-formed statement. The signature need not be right: the gate
/// stands before it.
/// </summary>
public sealed class AdmissionGateTests
{
    private static readonly byte[] s_kid = new byte[32];

    [Fact]
    public void The_statement_that_the_rows_bend_passes() =>
        Assert.True(Statement.TryParse(Whole(Header()), out _, out _));

    [Theory]
    [InlineData("1 2 3 4 5", "untagged")]
    [InlineData("84", "untagged")]
    [InlineData("d2 98 04", "non-minimal")]
    [InlineData("d2 9f", "indefinite-length")]
    [InlineData("d2 83", "wrong-structure")]
    [InlineData("d2 a4", "wrong-type")]
    [InlineData("d2 84 5f", "indefinite-length")]
    [InlineData("d2 84 58 01 a0", "non-minimal")]
    [InlineData("d2 84 59 00 20", "non-minimal")]
    [InlineData("d2 84 5a 00 00 00 20", "non-minimal")]
    [InlineData("d2 84 5b 00 00 00 00 00 00 00 20", "non-minimal")]
    [InlineData("d2 84 5b ff ff ff ff ff ff ff ff", "truncated")]
    [InlineData("d2 84 5c", "malformed-cbor")]
    [InlineData("d2 84 40", "truncated")]
    [InlineData("d2 84 41 bf", "indefinite-length")]
    [InlineData("d2 84 43 b8 01 01", "non-minimal")]
    [InlineData("d2 84 41 a0", "missing-alg")]
    [InlineData("d2 84 44 a1 18 01 26", "non-minimal")]
    [InlineData("d2 84 43 a1 01 27", "alg-not-allowed")]
    [InlineData("d2 84 45 a2 01 26 01 26", "duplicate-label")]
    [InlineData("d2 84 44 a1 61 61 00", "wrong-type")]
    public void Bytes_that_are_not_the_one_encoding_are_refused(string hex, string code) =>
        Assert.Equal(code, CoseGiven.FaultOf(Convert.FromHexString(Compact(hex))).Code);

    [Fact]
    public void An_unprotected_header_is_refused()
    {
        var bytes = Whole(Header(), unprotected: [0xA1, 0x18, 0x2A, 0x00]);

        Assert.Equal("unprotected-not-empty", CoseGiven.FaultOf(bytes).Code);
    }

    [Fact]
    public void A_detached_payload_is_refused() =>
        Assert.Equal("payload-missing", CoseGiven.FaultOf(Whole(Header(), detached: true)).Code);

    [Fact]
    public void An_empty_payload_is_refused() =>
        Assert.Equal("payload-missing", CoseGiven.FaultOf(Whole(Header(), payload: [])).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(96)]
    public void A_signature_of_another_length_is_refused(int length)
    {
        var bytes = Whole(Header(), signature: new byte[length]);

        Assert.Equal("signature-length", CoseGiven.FaultOf(bytes).Code);
    }

    [Theory]
    [InlineData(1, "missing-alg")]
    [InlineData(3, "missing-content-type")]
    [InlineData(4, "missing-kid")]
    [InlineData(15, "missing-iss")]
    [InlineData(16, "missing-typ")]
    public void A_missing_header_is_refused(int label, string code) =>
        Assert.Equal(code, CoseGiven.FaultOf(Whole(Header(without: label))).Code);

    [Theory]
    [InlineData(1, "missing-iss")]
    [InlineData(2, "missing-sub")]
    public void A_missing_claim_is_refused(int claim, string code) =>
        Assert.Equal(
            code,
            CoseGiven.FaultOf(Whole(Header(replaced: (15, w => Claims(w, without: claim))))).Code
        );

    [Theory]
    [InlineData(2, "unknown-crit")]
    [InlineData(5, "unknown-header")]
    [InlineData(33, "unknown-header")]
    [InlineData(260, "unknown-header")]
    [InlineData(-1, "unknown-header")]
    public void A_further_header_is_refused(int label, string code) =>
        Assert.Equal(code, CoseGiven.FaultOf(Whole(Header(added: label))).Code);

    [Fact]
    public void A_content_type_beside_a_hash_envelope_is_refused()
    {
        var header = Header(envelope: true, replaced: (3, w => w.WriteTextString("a/b")));

        Assert.Equal(
            "content-type-with-envelope",
            CoseGiven.FaultOf(Whole(header, payload: new byte[32])).Code
        );
    }

    [Fact]
    public void A_hash_envelope_holds_one_SHA256()
    {
        var header = Header(envelope: true);
        var other = Header(envelope: true, replaced: (258, w => w.WriteInt32(-43)));

        Assert.True(Statement.TryParse(Whole(header, payload: new byte[32]), out _, out _));
        Assert.Equal("digest-length", CoseGiven.FaultOf(Whole(header, payload: new byte[33])).Code);
        Assert.Equal("hash-not-allowed", CoseGiven.FaultOf(Whole(other)).Code);
    }

    [Fact]
    public void Labels_out_of_order_are_refused()
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(2);
        writer.WriteInt32(4);
        writer.WriteByteString(s_kid);
        writer.WriteInt32(1);
        writer.WriteInt32(-7);
        writer.WriteEndMap();

        Assert.Equal("map-order", CoseGiven.FaultOf(Whole(writer.Encode())).Code);
    }

    [Theory]
    [InlineData(4, "kid-length")]
    [InlineData(16, "wrong-typ")]
    public void A_header_of_another_value_is_refused(int label, string code)
    {
        var header = Header(
            replaced: (
                label,
                w =>
                {
                    if (label == 4)
                    {
                        w.WriteByteString(new byte[31]);
                    }
                    else
                    {
                        w.WriteTextString("application/cose");
                    }
                }
            )
        );

        Assert.Equal(code, CoseGiven.FaultOf(Whole(header)).Code);
    }

    [Theory]
    [InlineData("", "iss-length")]
    [InlineData("a\nb", "iss-control")]
    [InlineData("a\u007fb", "iss-control")]
    public void An_issuer_out_of_bounds_is_refused(string issuer, string code) =>
        Assert.Equal(
            code,
            CoseGiven.FaultOf(Whole(Header(replaced: (15, w => Claims(w, issuer))))).Code
        );

    [Fact]
    public void Names_that_are_too_long_are_refused()
    {
        var issuer = new string('a', Statement.MaxIssuerBytes + 1);
        var subject = new string('a', Statement.MaxSubjectBytes + 1);

        Assert.Equal(
            "iss-length",
            CoseGiven.FaultOf(Whole(Header(replaced: (15, w => Claims(w, issuer))))).Code
        );
        Assert.Equal(
            "sub-length",
            CoseGiven.FaultOf(Whole(Header(replaced: (15, w => Claims(w, "a", subject))))).Code
        );
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var header = Header();
        var at = header.AsSpan().IndexOf("issuer"u8);
        header[at] = 0xFF;

        Assert.Equal("not-utf-8", CoseGiven.FaultOf(Whole(header)).Code);
    }

    [Fact]
    public void A_fault_names_its_place_and_says_what_to_do()
    {
        var fault = CoseGiven.FaultOf(Whole(Header(added: 5)));

        Assert.StartsWith("byte ", fault.Where, StringComparison.Ordinal);
        Assert.Contains("A statement has 1, 4, 15, 16", fault.Detail, StringComparison.Ordinal);
    }

    private static string Compact(string hex) =>
        hex.StartsWith("1 2", StringComparison.Ordinal)
            ? "0102030405"
            : hex.Replace(" ", "", StringComparison.Ordinal);

    private static byte[] Whole(
        byte[] header,
        byte[]? unprotected = null,
        byte[]? payload = null,
        bool detached = false,
        byte[]? signature = null
    )
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteTag((CborTag)18);
        writer.WriteStartArray(4);
        writer.WriteByteString(header);
        writer.WriteEncodedValue(unprotected ?? [0xA0]);
        if (detached)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteByteString(payload ?? Encoding.UTF8.GetBytes("{}"));
        }

        writer.WriteByteString(signature ?? new byte[64]);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static byte[] Header(
        bool envelope = false,
        int? without = null,
        int? added = null,
        (int Label, Action<CborWriter> Write)? replaced = null
    )
    {
        var members = new SortedDictionary<long, Action<CborWriter>>
        {
            [1] = w => w.WriteInt32(-7),
            [4] = w => w.WriteByteString(s_kid),
            [15] = w => Claims(w),
            [16] = w => w.WriteTextString(Statement.MediaType),
        };
        if (envelope)
        {
            members[258] = w => w.WriteInt32(-16);
            members[259] = w => w.WriteTextString(Statement.JsonAct);
        }
        else
        {
            members[3] = w => w.WriteTextString(Statement.JsonAct);
        }

        if (added is { } extra)
        {
            members[extra] = w => w.WriteInt32(0);
        }

        if (replaced is { } other)
        {
            members[other.Label] = other.Write;
        }

        if (without is { } gone)
        {
            members.Remove(gone);
        }

        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(members.Count);
        foreach (var (label, write) in members.OrderBy(m => m.Key < 0).ThenBy(m => m.Key))
        {
            writer.WriteInt64(label);
            write(writer);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Claims(
        CborWriter writer,
        string issuer = "issuer",
        string subject = "subject",
        int? without = null
    )
    {
        writer.WriteStartMap(without is null ? 2 : 1);
        if (without != 1)
        {
            writer.WriteInt32(1);
            writer.WriteTextString(issuer);
        }

        if (without != 2)
        {
            writer.WriteInt32(2);
            writer.WriteTextString(subject);
        }

        writer.WriteEndMap();
    }
}
