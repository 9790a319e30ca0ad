using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Concord.Ledger;

/// <summary>
/// A passkey's assertion as the signature of a statement: the deterministic CBOR array
/// [authenticatorData, clientDataJSON, r ‖ s] of at most 2 KiB, with index, count and path behind
/// it where one assertion signs many statements (<c>specs/signers.md</c>). The signature counter is
/// ignored: synchronised passkeys do not count.
/// </summary>
public static class WebauthnAssertion
{
    /// <summary>The largest assertion in bytes.</summary>
    public const int MaxBytes = 2048;

    /// <summary>The purpose of an assertion that signs one statement.</summary>
    public const string StatementContext = "statement";

    private const int AuthenticatorDataBytes = 37;
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte BackupEligible = 0x08;
    private const byte BackedUp = 0x10;
    private const byte AttestedCredential = 0x40;
    private const byte Extensions = 0x80;

    /// <summary>
    /// What the authenticator is challenged with: SHA-256("concord/" ‖ context ‖ "/v1\0" ‖ id), so
    /// that a signature for one purpose is none for another.
    /// </summary>
    /// <param name="context">The purpose, for example <c>statement</c>.</param>
    /// <param name="id">What is signed: the statement's id.</param>
    public static Digest Challenge(string context, Digest id)
    {
        var text = Encoding.UTF8.GetBytes($"concord/{context}/v1\0");
        Span<byte> message = stackalloc byte[text.Length + Digest.Size];
        text.CopyTo(message);
        id.CopyTo(message[text.Length..]);
        return Digest.Of(message);
    }

    /// <summary>Composes the signature field out of what a browser returns.</summary>
    /// <param name="authenticatorData">As returned.</param>
    /// <param name="clientData">clientDataJSON as returned.</param>
    /// <param name="signature">r ‖ s, 64 bytes; browsers return DER, which the caller
    /// turns.</param>
    public static byte[] Compose(
        ReadOnlySpan<byte> authenticatorData,
        ReadOnlySpan<byte> clientData,
        ReadOnlySpan<byte> signature
    ) =>
        new CborOutput(512)
            .Array(3)
            .Bytes(authenticatorData)
            .Bytes(clientData)
            .Bytes(signature)
            .ToArray();

    /// <summary>Composes the signature field of one of many that one assertion signs.</summary>
    /// <param name="authenticatorData">As returned.</param>
    /// <param name="clientData">clientDataJSON as returned.</param>
    /// <param name="signature">r ‖ s, 64 bytes.</param>
    /// <param name="place">The statement's place among them.</param>
    public static byte[] Compose(
        ReadOnlySpan<byte> authenticatorData,
        ReadOnlySpan<byte> clientData,
        ReadOnlySpan<byte> signature,
        BatchPlace place
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        var output = new CborOutput(1024)
            .Array(6)
            .Bytes(authenticatorData)
            .Bytes(clientData)
            .Bytes(signature)
            .Integer(place.Index)
            .Integer(place.Count)
            .Array(place.Path.Count);
        foreach (var digest in place.Path)
        {
            output.Digest(digest);
        }

        return output.ToArray();
    }

    /// <summary>Why the field is not the passkey's assertion over an id; null when it is.</summary>
    /// <param name="field">The signature field.</param>
    /// <param name="key">The passkey, with its relying party and origins.</param>
    /// <param name="context">The purpose that the challenge binds.</param>
    /// <param name="id">What is signed.</param>
    public static StatementFault? Check(
        ReadOnlySpan<byte> field,
        PublicKey key,
        string context,
        Digest id
    )
    {
        if (!AssertionField.TryRead(field, out var assertion, out var fault))
        {
            return fault;
        }

        var data = assertion.AuthenticatorData;
        var client = assertion.ClientData;
        fault =
            CheckAuthenticator(data, key)
            ?? CheckClient(client, key, ChallengeOf(assertion.Place, context, id));
        if (fault is not null)
        {
            return fault;
        }

        Span<byte> signed = stackalloc byte[data.Length + Digest.Size];
        data.CopyTo(signed);
        Digest.Of(client).CopyTo(signed[data.Length..]);
        return Verifiers.Verify(key, Digest.Of(signed), assertion.Signature)
            ? null
            : new(
                "bad-signature",
                "signature",
                $"The assertion is not signed by the passkey {key.Id}."
            );
    }

    // A batch is of statements: an assertion for another purpose signs one thing alone.
    private static Digest? ChallengeOf(BatchPlace? place, string context, Digest id) =>
        place is null ? Challenge(context, id)
        : string.Equals(context, StatementContext, StringComparison.Ordinal)
            ? place.ChallengeFor(id)
        : null;

    private static StatementFault? CheckAuthenticator(ReadOnlySpan<byte> data, PublicKey key)
    {
        if (data.Length < AuthenticatorDataBytes)
        {
            return Fault(
                "authenticator-data",
                $"authenticatorData has {data.Length} bytes; it has at least 37."
            );
        }

        var flags = data[32];
        var hasMore = data.Length > AuthenticatorDataBytes;
        var relyingParty = Digest.Of(Encoding.UTF8.GetBytes(key.RelyingParty ?? ""));
        return new Digest(data[..32]) != relyingParty
                ? Fault("rp-id", $"The assertion is for another RP id than {key.RelyingParty}.")
            : (flags & UserPresent) == 0
                ? Fault("user-presence", "The authenticator does not say that a user was present.")
            : (flags & UserVerified) == 0
                ? Fault(
                    "user-verification",
                    "The authenticator does not say that it verified the user."
                )
            : (flags & (BackupEligible | BackedUp)) == BackedUp
                ? Fault("authenticator-data", "The backup flags contradict each other.")
            : (flags & AttestedCredential) != 0 || ((flags & Extensions) != 0) != hasMore
                ? Fault(
                    "authenticator-data",
                    "The flags and the length of authenticatorData differ."
                )
            : null;
    }

    private static StatementFault? CheckClient(
        ReadOnlySpan<byte> json,
        PublicKey key,
        Digest? challenge
    )
    {
        if (!TryReadClient(json, out var client))
        {
            return Fault("client-data", "clientDataJSON is not one strict JSON object.");
        }

        return !string.Equals(client.Type, "webauthn.get", StringComparison.Ordinal)
                ? Fault("client-type", "The type in clientDataJSON must be webauthn.get.")
            : challenge is not { } wanted
            || !string.Equals(
                client.Challenge,
                Base64Url.EncodeToString(wanted.ToArray()),
                StringComparison.Ordinal
            )
                ? Fault(
                    "challenge",
                    "The assertion answers another challenge than this statement's."
                )
            : client.Origin is null || !key.Origins.Contains(client.Origin, StringComparer.Ordinal)
                ? Fault("origin", $"The passkey may not sign at the origin {client.Origin}.")
            : client.IsCrossOrigin
                ? Fault("cross-origin", "The assertion was made in a frame of another origin.")
            : null;
    }

    private static bool TryReadClient(ReadOnlySpan<byte> json, out ClientData client)
    {
        client = default;
        // The reader decodes only what is asked of it, and text that nobody reads is signed too.
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString() ?? "";
                if (!seen.Add(name) || !reader.Read() || !TryMember(ref reader, name, ref client))
                {
                    return false;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryMember(ref Utf8JsonReader reader, string name, ref ClientData client)
    {
        switch (name)
        {
            case "type" when reader.TokenType == JsonTokenType.String:
                client = client with { Type = reader.GetString() };
                return true;
            case "challenge" when reader.TokenType == JsonTokenType.String:
                client = client with { Challenge = reader.GetString() };
                return true;
            case "origin" when reader.TokenType == JsonTokenType.String:
                client = client with { Origin = reader.GetString() };
                return true;
            case "crossOrigin" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                client = client with
                {
                    IsCrossOrigin = client.IsCrossOrigin || reader.GetBoolean(),
                };
                return true;
            case "topOrigin":
                client = client with { IsCrossOrigin = true };
                reader.Skip();
                return true;
            case "type" or "challenge" or "origin" or "crossOrigin":
                return false;
            default:
                // WebAuthn lets clients add members; they are signed and mean nothing here.
                reader.Skip();
                return true;
        }
    }

    private static StatementFault Fault(string code, string detail) =>
        new(code, "signature", detail);

    private readonly record struct ClientData(
        string? Type,
        string? Challenge,
        string? Origin,
        bool IsCrossOrigin
    );
}
