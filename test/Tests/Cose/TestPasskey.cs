using System.Buffers.Text;
using System.Text;
using Concord.Ledger;

namespace Concord.Tests.Cose;

/// <summary>An authenticator and its browser, each of whose answers can be bent.</summary>
internal sealed class TestPasskey(byte fill = 21) : IDisposable
{
    public const string RelyingParty = "concord.example";
    public const string Origin = "https://concord.example";

    private readonly StatementSigner _key = CoseGiven.Signer(fill);

    public byte Flags { get; init; } = 0x05;

    public string Type { get; init; } = "webauthn.get";

    public string Context { get; init; } = "statement";

    public string AtOrigin { get; init; } = Origin;

    public string ForRelyingParty { get; init; } = RelyingParty;

    public string Extra { get; init; } = ",\"crossOrigin\":false";

    public byte[] MoreAuthenticatorData { get; init; } = [];

    public PublicKey PublicKey =>
        PublicKey.Webauthn(_key.PublicKey.X.Span, _key.PublicKey.Y.Span, RelyingParty, [Origin]);

    public byte[] Sign(StatementHeader header, byte[] payload, bool envelope = false)
    {
        var unsigned = new UnsignedStatement(PublicKey, header, payload, envelope);
        return unsigned.With(Assert(unsigned.Id));
    }

    public byte[] Assert(Digest id)
    {
        var (data, client, signature) = Answer(WebauthnAssertion.Challenge(Context, id));
        return WebauthnAssertion.Compose(data, client, signature);
    }

    /// <summary>The signature fields of many statements, by one answer.</summary>
    public byte[][] AssertAll(IReadOnlyList<Digest> ids)
    {
        var tree = BatchPlace.TreeOf(ids);
        var (data, client, signature) = Answer(
            BatchPlace.Challenge(ids.Count, tree.Root(ids.Count))
        );
        return
        [
            .. ids.Select(
                (_, i) =>
                    WebauthnAssertion.Compose(
                        data,
                        client,
                        signature,
                        new(i, ids.Count, tree.InclusionProof(i, ids.Count))
                    )
            ),
        ];
    }

    public (byte[] Data, byte[] Client, byte[] Signature) Answer(Digest challenged)
    {
        var challenge = Base64Url.EncodeToString(challenged.ToArray());
        var client = Encoding.UTF8.GetBytes(
            $$"""{"type":"{{Type}}","challenge":"{{challenge}}","origin":"{{AtOrigin}}"{{Extra}}}"""
        );
        byte[] data =
        [
            .. Digest.Of(Encoding.UTF8.GetBytes(ForRelyingParty)).ToArray(),
            Flags,
            0,
            0,
            0,
            7,
            .. MoreAuthenticatorData,
        ];
        byte[] signed = [.. data, .. Digest.Of(client).ToArray()];
        return (data, client, _key.SignDigest(Digest.Of(signed)));
    }

    public void Dispose() => _key.Dispose();
}
