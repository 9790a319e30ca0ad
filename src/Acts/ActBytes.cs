using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>The bytes of an act as its row wants them: strict JSON or deterministic CBOR.</summary>
public static class ActBytes
{
    /// <summary>The content type of an act type's documents.</summary>
    public static string ContentTypeOf(ActType type) =>
        type.IsCbor ? Statement.CborAct : Statement.JsonAct;

    /// <summary>Writes an act.</summary>
    public static byte[] Write(Act act)
    {
        var json = ActJson.Write(act);
        return ActTable.Of(act).IsCbor ? CborDocument.FromJson(json) : json;
    }

    /// <summary>Reads an act of whatever type the document names.</summary>
    public static bool TryParse(
        string contentType,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out ActType? type,
        [NotNullWhen(true)] out Act? act,
        [NotNullWhen(false)] out ActFault? fault
    )
    {
        (type, act) = (null, null);
        var isCbor = string.Equals(contentType, Statement.CborAct, StringComparison.Ordinal);
        if (isCbor)
        {
            if (!CborDocument.TryToJson(bytes.Span, out var json, out var cborFault))
            {
                fault = new("$", cborFault.Code, $"{cborFault.Detail} ({cborFault.Where})");
                return false;
            }

            bytes = json;
        }

        if (!ActJson.TryFindType(bytes, out type, out fault))
        {
            return false;
        }

        // A signed request to read has a content type of its own, so that none can be filed.
        if (!string.Equals(contentType, ContentTypeOf(type), StringComparison.Ordinal))
        {
            fault = new(
                "$",
                "wrong-content-type",
                $"{type.Name} has the content type {ContentTypeOf(type)}; the statement says "
                    + $"'{contentType}'."
            );
            return false;
        }

        return ActJson.TryParse(type, bytes, out act, out fault);
    }

    /// <summary>Builds an act that was admitted once.</summary>
    /// <exception cref="JsonException">The bytes are no act.</exception>
    public static (ActType Type, Act Act) Rebuild(string contentType, ReadOnlyMemory<byte> bytes)
    {
        if (string.Equals(contentType, Statement.CborAct, StringComparison.Ordinal))
        {
            bytes = CborDocument.TryToJson(bytes.Span, out var json, out var fault)
                ? json
                : throw new JsonException(fault.Detail);
        }

        return ActJson.TryFindType(bytes, out var type, out var unnamed)
            ? (type, ActJson.Rebuild(type, bytes.Span))
            : throw new JsonException(unnamed.Detail);
    }
}
