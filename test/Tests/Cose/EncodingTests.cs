using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Concord.Ledger;
using Xunit;

namespace Concord.Tests.Cose;

/// <summary>
/// Every item of a statement, the protected header's and the claims' included, written in more
/// bytes than it needs or in indefinite length: one statement has one encoding, anywhere.
/// </summary>
public sealed class EncodingTests
{
    public static TheoryData<bool, int> Items
    {
        get
        {
            var items = new TheoryData<bool, int>();
            foreach (var envelope in (bool[])[false, true])
            {
                var count = Item.Read(CoseGiven.Signed(envelope)).All().Count();
                for (var i = 0; i < count; i++)
                {
                    items.Add(envelope, i);
                }
            }

            return items;
        }
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void An_item_in_more_bytes_than_it_needs_is_refused(bool envelope, int index)
    {
        var statement = Item.Read(CoseGiven.Signed(envelope));
        var item = statement.All().ElementAt(index);
        item.IsWide = true;

        // A wide tag is another first byte than 0xd2.
        Assert.Equal(
            item.Major == 6 ? "untagged" : "non-minimal",
            CoseGiven.FaultOf(statement.Write()).Code
        );
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void An_item_of_indefinite_length_is_refused(bool envelope, int index)
    {
        var statement = Item.Read(CoseGiven.Signed(envelope));
        var item = statement.All().ElementAt(index);
        if (item.Major is < 2 or > 5)
        {
            return;
        }

        item.IsIndefinite = true;

        Assert.Equal("indefinite-length", CoseGiven.FaultOf(statement.Write()).Code);
    }

    [Fact]
    public void An_item_that_is_not_bent_is_written_as_it_was()
    {
        var good = CoseGiven.Signed();

        Assert.Equal(good, Item.Read(good).Write());
    }

    [Fact]
    public void A_key_on_another_curve_than_the_algorithm_says_signs_nothing()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.True(Statement.TryParse(CoseGiven.Signed(), out var good, out _));
        var header = Item.Read(CoseGiven.Signed()).All().First(item => item.Inner is not null);
        var digest = SHA256.HashData(good.Bytes.Span);

        // The platform signs alg -7 with P-384 and verifies it: 96 bytes, refused by their number.
        var own = CoseSign1Message.SignEmbedded(
            CoseGiven.Act,
            new CoseSigner(p384, HashAlgorithmName.SHA256, Headers(header))
        );
        Assert.Equal("signature-length", CoseGiven.FaultOf(own).Code);

        // Cut to 64 bytes they are nobody's, and a JWK or PEM of that curve is no key of ours.
        var cut = good.Bytes.ToArray();
        p384.SignHash(digest).AsSpan(0, 64).CopyTo(cut.AsSpan()[^64..]);
        using var signer = CoseGiven.Signer();
        Assert.True(Statement.TryParse(cut, out var forged, out _));
        Assert.False(forged.Verify(signer.PublicKey, out var fault));
        Assert.Equal("bad-signature", fault.Code);
        var point = p384.ExportParameters(includePrivateParameters: false).Q;
        Assert.Throws<CryptographicException>(() => PublicKey.Cose(point.X, point.Y));
    }

    [Theory]
    [InlineData(-35)]
    [InlineData(-36)]
    [InlineData(-8)]
    [InlineData(-37)]
    [InlineData(-257)]
    [InlineData(-9)]
    [InlineData(0)]
    [InlineData(5)]
    public void An_algorithm_that_is_not_admitted_is_refused_whatever_the_key(int algorithm)
    {
        var statement = Item.Read(CoseGiven.Signed());
        var header = statement.All().First(item => item.Inner is not null).Inner!;
        header.Items[1] = Item.Integer(algorithm);

        Assert.Equal("alg-not-allowed", CoseGiven.FaultOf(statement.Write()).Code);
    }

    [Fact]
    public void A_further_claim_is_refused()
    {
        var statement = Item.Read(CoseGiven.Signed());
        var claims = statement.All().Last(item => item.Major == 5 && item.Items.Count == 4);
        claims.Items.AddRange([Item.Integer(6), Item.Integer(1_700_000_000)]);

        Assert.Equal("unknown-claim", CoseGiven.FaultOf(statement.Write()).Code);
    }

    [Theory]
    [InlineData(258, "missing-content-type")]
    [InlineData(259, "missing-content-type")]
    public void Half_a_hash_envelope_is_refused(int label, string code)
    {
        var statement = Item.Read(CoseGiven.Signed(envelope: true));
        var header = statement.All().First(item => item.Inner is not null).Inner!;
        var at = header.Items.FindIndex(item => item.Major == 0 && item.Argument == (ulong)label);
        header.Items.RemoveRange(at, 2);

        Assert.Equal(code, CoseGiven.FaultOf(statement.Write()).Code);
    }

    private static CoseHeaderMap Headers(Item protectedHeader)
    {
        var headers = new CoseHeaderMap();
        for (var i = 2; i < protectedHeader.Inner!.Items.Count; i += 2)
        {
            headers.Add(
                new CoseHeaderLabel((int)protectedHeader.Inner.Items[i].Argument),
                CoseHeaderValue.FromEncodedValue(protectedHeader.Inner.Items[i + 1].Write())
            );
        }

        return headers;
    }

    /// <summary>An item of CBOR that can be written otherwise than it should be.</summary>
    private sealed class Item(int major, ulong argument)
    {
        public int Major { get; } = major;

        public ulong Argument { get; } = argument;

        public List<Item> Items { get; } = [];

        /// <summary>The protected header, which is CBOR inside a byte string.</summary>
        public Item? Inner { get; private set; }

        public bool IsWide { get; set; }

        public bool IsIndefinite { get; set; }

        private byte[] Content { get; set; } = [];

        public static Item Integer(int value) =>
            value >= 0 ? new(0, (ulong)value) : new(1, (ulong)(-1 - value));

        public static Item Read(byte[] statement)
        {
            var at = 0;
            var whole = Read(statement, ref at);
            var header = whole.Items[0].Items[0];
            var inside = 0;
            header.Inner = Read(header.Content, ref inside);
            return whole;
        }

        public IEnumerable<Item> All() =>
            Items.Concat(Inner is null ? [] : [Inner]).SelectMany(item => item.All()).Prepend(this);

        public byte[] Write()
        {
            byte[] content =
            [
                .. Inner?.Write() ?? Content,
                .. Items.SelectMany(item => item.Write()),
            ];
            var count = Major switch
            {
                2 or 3 => (ulong)content.Length,
                4 => (ulong)Items.Count,
                5 => (ulong)Items.Count / 2,
                _ => Argument,
            };
            return !IsIndefinite ? [.. Head(count), .. content]
                : Major is 2 or 3 ? [(byte)((Major << 5) | 31), .. Head(count), .. content, 0xFF]
                : [(byte)((Major << 5) | 31), .. content, 0xFF];
        }

        private static Item Read(byte[] bytes, ref int at)
        {
            var first = bytes[at++];
            ulong argument = (byte)(first & 31);
            var size = argument switch
            {
                24 => 1,
                25 => 2,
                26 => 4,
                27 => 8,
                _ => 0,
            };
            if (size > 0)
            {
                argument = 0;
                for (var i = 0; i < size; i++)
                {
                    argument = (argument << 8) | bytes[at++];
                }
            }

            var item = new Item(first >> 5, argument);
            if (item.Major is 2 or 3)
            {
                item.Content = bytes[at..(at + (int)argument)];
                at += (int)argument;
            }

            var children = item.Major switch
            {
                4 => argument,
                5 => argument * 2,
                6 => 1UL,
                _ => 0UL,
            };
            for (var i = 0UL; i < children; i++)
            {
                item.Items.Add(Read(bytes, ref at));
            }

            return item;
        }

        /// <summary>The shortest head, or one of the next size when it is to be wide.</summary>
        private byte[] Head(ulong value)
        {
            var size = value switch
            {
                < 24 => 0,
                <= byte.MaxValue => 1,
                <= ushort.MaxValue => 2,
                <= uint.MaxValue => 4,
                _ => 8,
            };
            size =
                !IsWide ? size
                : size == 0 ? 1
                : size * 2;
            Span<byte> wide = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(wide, value);
            var info = size switch
            {
                0 => (int)value,
                1 => 24,
                2 => 25,
                4 => 26,
                _ => 27,
            };
            return [(byte)((Major << 5) | info), .. wide[(8 - size)..]];
        }
    }
}
