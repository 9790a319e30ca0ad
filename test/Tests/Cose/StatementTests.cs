using System.Formats.Cbor;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

public sealed class StatementTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_signed_is_read_back_and_verifies(bool envelope)
    {
        var bytes = CoseGiven.Signed(envelope);
        using var signer = CoseGiven.Signer();

        Assert.True(Statement.TryParse(bytes, out var statement, out _));
        Assert.Equal(CoseGiven.Header.Issuer, statement.Issuer);
        Assert.Equal(CoseGiven.Header.Subject, statement.Subject);
        Assert.Equal(CoseGiven.Header.ContentType, statement.ContentType);
        Assert.Equal(envelope, statement.IsEnvelope);
        Assert.Equal(
            envelope ? SHA256.HashData(CoseGiven.Act) : CoseGiven.Act,
            statement.Payload.ToArray()
        );
        Assert.Equal(signer.PublicKey.Id, statement.Key);
        Assert.True(statement.Verify(signer.PublicKey, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stock_COSE_library_verifies_our_statements(bool envelope)
    {
        using var signer = CoseGiven.Signer();
        using var key = signer.PublicKey.ToECDsa();

        var message = CoseMessage.DecodeSign1(CoseGiven.Signed(envelope));

        Assert.True(message.VerifyEmbedded(key));
    }

    [Fact]
    public void A_statement_that_a_stock_COSE_library_signed_passes_the_gate()
    {
        using var signer = CoseGiven.Signer();
        using var key = ECDsa.Create();
        key.ImportFromPem(signer.ToPem());
        var headers = new CoseHeaderMap
        {
            { new CoseHeaderLabel(3), CoseHeaderValue.FromString(Statement.JsonAct) },
            {
                new CoseHeaderLabel(4),
                CoseHeaderValue.FromBytes(signer.PublicKey.Id.Thumbprint.ToArray())
            },
            { new CoseHeaderLabel(15), CoseHeaderValue.FromEncodedValue(Claims()) },
            { new CoseHeaderLabel(16), CoseHeaderValue.FromString(Statement.MediaType) },
        };

        var bytes = CoseSign1Message.SignEmbedded(
            CoseGiven.Act,
            new CoseSigner(key, HashAlgorithmName.SHA256, headers)
        );

        Assert.True(Statement.TryParse(bytes, out var statement, out _));
        Assert.True(statement.Verify(signer.PublicKey, out _));
    }

    [Fact]
    public void The_id_is_of_the_Sig_structure_and_not_of_the_signature()
    {
        Assert.True(Statement.TryParse(CoseGiven.Signed(), out var first, out _));
        Assert.True(Statement.TryParse(CoseGiven.Signed(), out var second, out _));

        Assert.Equal(first.Id, second.Id);
        Assert.False(first.Signature.Span.SequenceEqual(second.Signature.Span));
    }

    [Fact]
    public void A_signature_with_the_other_s_is_the_same_statement()
    {
        var order = BigInteger.Parse(
            "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
            System.Globalization.NumberStyles.HexNumber
        );
        var bytes = CoseGiven.Signed();
        var s = new BigInteger(bytes.AsSpan()[^32..], isUnsigned: true, isBigEndian: true);
        var other = (order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        var flipped = bytes.ToArray();
        flipped.AsSpan()[^32..].Clear();
        other.CopyTo(flipped.AsSpan()[^other.Length..]);
        using var signer = CoseGiven.Signer();

        Assert.True(Statement.TryParse(bytes, out var one, out _));
        Assert.True(Statement.TryParse(flipped, out var two, out _));
        Assert.Equal(one.Id, two.Id);
        Assert.True(two.Verify(signer.PublicKey, out _));
    }

    [Fact]
    public void Signatures_with_short_and_long_numbers_verify_and_with_none_do_not()
    {
        using var signer = CoseGiven.Signer();
        var starts = new HashSet<(bool, bool)>();

        // One signature in 512 has each of the rarer starts: the bound is met by bad luck once
        // in 10^17 runs.
        for (var i = 0; starts.Count < 4; i++)
        {
            Assert.True(i < 20_000, "A start was not seen in 20,000 signatures.");
            var bytes = CoseGiven.Signed();
            Assert.True(Statement.TryParse(bytes, out var statement, out _));
            Assert.True(statement.Verify(signer.PublicKey, out _));
            starts.Add((bytes[^64] == 0, bytes[^32] >= 0x80));
        }

        foreach (var zeroed in (ReadOnlySpan<Range>)[^64..^32, ^32..^0, ^64..^0])
        {
            var bytes = CoseGiven.Signed();
            bytes.AsSpan()[zeroed].Clear();
            Assert.True(Statement.TryParse(bytes, out var statement, out _));
            Assert.False(statement.Verify(signer.PublicKey, out _));
        }
    }

    [Fact]
    public void Another_key_or_a_changed_byte_does_not_verify()
    {
        var bytes = CoseGiven.Signed();
        bytes[^1] ^= 1;
        using var signer = CoseGiven.Signer();
        using var other = CoseGiven.Signer(2);
        Assert.True(Statement.TryParse(bytes, out var statement, out _));

        Assert.False(statement.Verify(signer.PublicKey, out var changed));
        Assert.False(statement.Verify(other.PublicKey, out var wrong));
        Assert.Equal("bad-signature", changed.Code);
        Assert.Equal("wrong-key", wrong.Code);
    }

    [Fact]
    public void A_key_file_is_read_back_and_a_key_of_another_curve_is_refused()
    {
        using var signer = CoseGiven.Signer();
        using var again = StatementSigner.FromPem(signer.ToPem());
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Equal(signer.PublicKey, again.PublicKey);
        Assert.Throws<CryptographicException>(() =>
            StatementSigner.FromPem(p384.ExportPkcs8PrivateKeyPem())
        );
    }

    [Fact]
    public void Every_prefix_of_a_statement_is_refused_and_so_is_a_byte_more()
    {
        var bytes = CoseGiven.Signed();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Statement.TryParse(bytes.AsMemory(0, length), out _, out var fault));
            Assert.True(fault.Code is "truncated" or "untagged", fault.Detail);
        }

        Assert.Equal("trailing-bytes", CoseGiven.FaultOf([.. bytes, 0]).Code);
    }

    [Fact]
    public void A_statement_of_the_largest_size_passes_and_a_byte_more_does_not()
    {
        using var signer = CoseGiven.Signer();
        var most = signer.Sign(CoseGiven.Header, new byte[Statement.MaxOpenPayloadBytes], false);
        var more = signer.Sign(
            CoseGiven.Header,
            new byte[Statement.MaxOpenPayloadBytes + 1],
            false
        );

        Assert.True(Statement.TryParse(most, out var statement, out _));
        Assert.True(statement.Verify(signer.PublicKey, out _));
        Assert.Equal("payload-too-large", CoseGiven.FaultOf(more).Code);
        Assert.Equal("too-large", CoseGiven.FaultOf(new byte[Statement.MaxBytes + 1]).Code);
    }

    private static byte[] Claims()
    {
        var writer = new CborWriter();
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteTextString(CoseGiven.Issuer);
        writer.WriteInt32(2);
        writer.WriteTextString("registry/register-model");
        writer.WriteEndMap();
        return writer.Encode();
    }
}
