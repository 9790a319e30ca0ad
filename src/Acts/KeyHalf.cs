using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// The public half of a key as it is carried: a JSON object with a name and the point, and of a
/// passkey its domain and the origins where it signs.
/// </summary>
public static class KeyHalf
{
    /// <summary>Reads it; null: it is none.</summary>
    public static NamedKey? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new()
            {
                Name = json.RootElement.GetProperty("name").GetString() ?? "",
                Key = json.RootElement.TryGetProperty("rp_id", out var relyingParty)
                    ? PublicKey.Webauthn(
                        Bytes(json, "x"),
                        Bytes(json, "y"),
                        relyingParty.GetString() ?? "",
                        [.. Origins(json).Select(one => one.GetString() ?? "")]
                    )
                    : PublicKey.Cose(Bytes(json, "x"), Bytes(json, "y")),
            };
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or CryptographicException
            )
        {
            return null;
        }
    }

    private static JsonElement.ArrayEnumerator Origins(JsonDocument json) =>
        json.RootElement.GetProperty("origins").EnumerateArray();

    private static byte[] Bytes(JsonDocument json, string name) =>
        Base64Url.DecodeFromChars(json.RootElement.GetProperty(name).GetString());
}
