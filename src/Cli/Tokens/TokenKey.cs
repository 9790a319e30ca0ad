using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Concord.Cli.Tokens;

/// <summary>A P-256 key on a token: it signs there, and its private half never leaves.</summary>
internal sealed class TokenKey : ECDsa
{
    private const int PointBytes = 64;

    // The object identifier of P-256, as DER.
    private static readonly byte[] s_curve = [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];

    private readonly TokenAddress _address;
    private readonly ISession _session;
    private readonly IObjectHandle _private;
    private readonly byte[] _point;

    private TokenKey(TokenAddress address, ISession session, IObjectHandle key, byte[] point)
    {
        (_address, _session, _private, _point) = (address, session, key, point);
        KeySizeValue = 256;
    }

    /// <summary>A key that is there.</summary>
    /// <exception cref="CommandFault">It is not there, or not fit.</exception>
    public static TokenKey Open(Session session, TokenAddress address) =>
        In(
            session,
            address,
            isNew: false,
            token =>
                new(
                    address,
                    token,
                    PrivateIn(token, address),
                    PointOf(token, address, PrivateIn(token, address))
                )
        );

    /// <summary>A new key, made on the token.</summary>
    /// <exception cref="CommandFault">There is one of that name already.</exception>
    public static TokenKey Create(Session session, TokenAddress address) =>
        In(
            session,
            address,
            isNew: true,
            token =>
            {
                if (Find(token, CKO.CKO_PRIVATE_KEY, Naming(address)).Count > 0)
                {
                    throw TokenFaults.NotFit(
                        address,
                        "is there already; a key is never overwritten",
                        "Take it without --new, or choose another name."
                    );
                }

                var key = Make(token, address);
                return new(address, token, key, PointOf(token, address, key));
            }
        );

    /// <inheritdoc/>
    public override byte[] SignHash(byte[] hash)
    {
        try
        {
            using var mechanism = TokenModule.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
            return _session.Sign(mechanism, _private, hash);
        }
        catch (Pkcs11Exception e)
        {
            throw TokenFaults.Of(e.RV, _address);
        }
    }

    /// <inheritdoc/>
    public override bool VerifyHash(byte[] hash, byte[] signature)
    {
        using var key = ECDsa.Create(ExportParameters(includePrivateParameters: false));
        return key.VerifyHash(hash, signature);
    }

    /// <inheritdoc/>
    public override ECParameters ExportParameters(bool includePrivateParameters) =>
        includePrivateParameters
            ? throw new CryptographicException("The private half does not leave the token.")
            : new()
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = _point[..32], Y = _point[32..] },
            };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _session.Dispose();
        }

        base.Dispose(disposing);
    }

    private static TokenKey In(
        Session session,
        TokenAddress address,
        bool isNew,
        Func<ISession, TokenKey> take
    )
    {
        var slot = TokenModule.SlotOf(session, address);
        var pin = Pin.Read(session, address);
        ISession? token = null;
        try
        {
            token = slot.OpenSession(isNew ? SessionType.ReadWrite : SessionType.ReadOnly);
            Login(token, pin);
            var key = take(token);
            token = null;
            return key;
        }
        catch (Pkcs11Exception e)
        {
            throw TokenFaults.Of(e.RV, address);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
            token?.Dispose();
        }
    }

    private static void Login(ISession token, byte[] pin)
    {
        try
        {
            token.Login(CKU.CKU_USER, pin);
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // Another key of the same token is open in this process.
        }
    }

    private static IObjectHandle PrivateIn(ISession token, TokenAddress address)
    {
        var found = Find(token, CKO.CKO_PRIVATE_KEY, Naming(address));
        if (found.Count != 1)
        {
            throw found.Count > 1
                ? TokenFaults.Several($"private keys {address.KeyName}")
                : TokenFaults.NoKey(
                    address,
                    [
                        .. Find(token, CKO.CKO_PRIVATE_KEY, [])
                            .Select(one =>
                                token.GetAttributeValue(one, [CKA.CKA_LABEL])[0].GetValueAsString()
                            ),
                    ]
                );
        }

        var says = token.GetAttributeValue(
            found[0],
            [CKA.CKA_KEY_TYPE, CKA.CKA_EXTRACTABLE, CKA.CKA_SENSITIVE]
        );
        return says[0].GetValueAsUlong() != (ulong)CKK.CKK_EC ? throw NotOnCurve(address)
            : says[1].GetValueAsBool() || !says[2].GetValueAsBool()
                ? throw TokenFaults.NotFit(
                    address,
                    "can be taken out of it",
                    "Make one that cannot: `concord ceremony key NAME --new`."
                )
            : found[0];
    }

    private static byte[] PointOf(ISession token, TokenAddress address, IObjectHandle key)
    {
        var id = token.GetAttributeValue(key, [CKA.CKA_ID])[0].GetValueAsByteArray();
        var publics = Find(token, CKO.CKO_PUBLIC_KEY, [Attribute(CKA.CKA_ID, id)]);
        if (publics.Count != 1)
        {
            throw TokenFaults.NotFit(
                address,
                "lies there without its public half",
                "Put the public key object with the same CKA_ID beside it."
            );
        }

        var says = token.GetAttributeValue(publics[0], [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT]);
        var point = says[1].GetValueAsByteArray();
        // An octet string (04 41) with an uncompressed point (04); some tokens leave out the first.
        var isPoint = point.Length > PointBytes && point[^(PointBytes + 1)] == 4;
        return says[0].GetValueAsByteArray().AsSpan().SequenceEqual(s_curve) && isPoint
            ? point[^PointBytes..]
            : throw NotOnCurve(address);
    }

    private static IObjectHandle Make(ISession token, TokenAddress address)
    {
        var id = address.Id ?? RandomNumberGenerator.GetBytes(16);
        List<IObjectAttribute> both =
        [
            Attribute(CKA.CKA_TOKEN, true),
            Attribute(CKA.CKA_ID, id),
            Attribute(CKA.CKA_LABEL, address.Object ?? Convert.ToHexStringLower(id)),
        ];
        using var mechanism = TokenModule.Factories.MechanismFactory.Create(
            CKM.CKM_EC_KEY_PAIR_GEN
        );
        token.GenerateKeyPair(
            mechanism,
            [
                .. both,
                Attribute(CKA.CKA_PRIVATE, false),
                Attribute(CKA.CKA_VERIFY, true),
                Attribute(CKA.CKA_EC_PARAMS, s_curve),
            ],
            [
                .. both,
                Attribute(CKA.CKA_PRIVATE, true),
                Attribute(CKA.CKA_SENSITIVE, true),
                Attribute(CKA.CKA_EXTRACTABLE, false),
                Attribute(CKA.CKA_SIGN, true),
            ],
            out _,
            out var key
        );
        return key;
    }

    private static CommandFault NotOnCurve(TokenAddress address) =>
        TokenFaults.NotFit(
            address,
            "is not on the curve P-256",
            "Make one that is: `concord ceremony key NAME --new`."
        );

    private static List<IObjectHandle> Find(
        ISession token,
        CKO kind,
        IEnumerable<IObjectAttribute> naming
    ) => token.FindAllObjects([Attribute(CKA.CKA_CLASS, kind), .. naming]);

    private static IEnumerable<IObjectAttribute> Naming(TokenAddress address)
    {
        if (address.Object is { } label)
        {
            yield return Attribute(CKA.CKA_LABEL, label);
        }

        if (address.Id is { } id)
        {
            yield return Attribute(CKA.CKA_ID, id);
        }
    }

    private static IObjectAttribute Attribute(CKA name, bool value) =>
        TokenModule.Factories.ObjectAttributeFactory.Create(name, value);

    private static IObjectAttribute Attribute(CKA name, string value) =>
        TokenModule.Factories.ObjectAttributeFactory.Create(name, value);

    private static IObjectAttribute Attribute(CKA name, byte[] value) =>
        TokenModule.Factories.ObjectAttributeFactory.Create(name, value);

    private static IObjectAttribute Attribute(CKA name, CKO value) =>
        TokenModule.Factories.ObjectAttributeFactory.Create(name, value);
}
