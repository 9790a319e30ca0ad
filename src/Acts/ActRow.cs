using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// A row of a file of acts: an act, or an object with <c>act</c> and <c>sealed_part</c>. An act in
/// JSON is filed as it stands in the row, byte for byte.
/// </summary>
/// <param name="Type">The row of its type.</param>
/// <param name="Act">The act.</param>
/// <param name="Bytes">The act as it will be filed.</param>
/// <param name="SealedPart">What is sealed beside it; null: nothing is.</param>
public sealed record ActRow(
    ActType Type,
    Act Act,
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte>? SealedPart
)
{
    /// <summary>The statement that a key would sign.</summary>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="key">The key's thumbprint.</param>
    /// <param name="kind">The key's kind.</param>
    public UnsignedStatement StatementOf(string issuer, KeyId key, SignerKind kind)
    {
        var isEnvelope = Type.Form == ActForm.Sealed;
        return new(
            key,
            kind,
            new(issuer, Subjects.Of(Act), ActBytes.ContentTypeOf(Type)),
            isEnvelope ? Digest.Of(Bytes.Span).ToArray() : Bytes,
            isEnvelope
        );
    }

    /// <summary>Reads a row in JSON.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out ActRow? row,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Split(bytes) is var (act, part)
            ? TryMake(act, part, out row, out fault)
            : TryMake(bytes, null, out row, out fault);
    }

    /// <summary>An act as JSON, with what is sealed beside it.</summary>
    internal static bool TryMake(
        byte[] bytes,
        byte[]? part,
        [NotNullWhen(true)] out ActRow? row,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        row = null;
        if (!ActJson.TryParse(bytes, out var act, out fault))
        {
            return false;
        }

        var type = ActTable.Of(act);
        if (part is not null && type.SealedPart is null)
        {
            fault = new("$.sealed_part", "unknown-member", $"{type.Name} has no sealed part.");
            return false;
        }

        if (part is not null && !ActJson.TryParsePart(type, part, out _, out fault))
        {
            fault = fault.Within("sealed_part");
            return false;
        }

        ReadOnlyMemory<byte>? sealedPart = part is null ? null : new(part);
        row = new(type, act, type.IsCbor ? ActBytes.Write(act) : bytes, sealedPart);
        return true;
    }

    // An act has its type's name as a text in the member `act`; a row with parts has an object.
    private static (byte[] Act, byte[]? Part)? Split(byte[] row)
    {
        try
        {
            using var json = JsonDocument.Parse(row);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("act", out var act)
                && act.ValueKind == JsonValueKind.Object
                ? (
                    Raw(act),
                    json.RootElement.TryGetProperty("sealed_part", out var part) ? Raw(part) : null
                )
                : null;
        }
        catch (JsonException)
        {
            // Whoever reads the act says what is wrong with it.
            return null;
        }
    }

    private static byte[] Raw(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
