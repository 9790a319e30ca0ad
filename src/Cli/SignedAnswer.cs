using System.Text.Json;
using Concord.Authority.Admission;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// What an authority signs to whoever filed, beside receipts: a refusal, or a slip of arrival.
/// </summary>
internal static class SignedAnswer
{
    /// <summary>Checks the authority's signature, and reads what it says.</summary>
    /// <param name="session">The command.</param>
    /// <param name="file">The file.</param>
    /// <param name="what">refusal or arrival.</param>
    /// <param name="payload">What it says.</param>
    public static List<Finding> Check(
        Session session,
        string file,
        string what,
        out ReadOnlyMemory<byte> payload
    )
    {
        payload = default;
        if (!Statement.TryParse(File.ReadAllBytes(file), out var answer, out var fault))
        {
            return [new(what, false, $"{fault.Detail} ({fault.Where})")];
        }

        // The refusal key signs both: one must not pass for the other.
        var type = what is "arrival" ? ArrivalDesk.MediaType : RefusalDesk.MediaType;
        if (!string.Equals(answer.ContentType, type, StringComparison.Ordinal))
        {
            return [new(what, false, $"it is of the type {answer.ContentType}, not {type}")];
        }

        payload = answer.Payload;
        return
        [
            new(what, true, $"{answer.Id}, of {answer.Issuer}"),
            AuthoritySignature.Check(
                session,
                answer,
                file => file.RefusalKeys,
                "refusal key",
                SizeIn(payload)
            ),
            .. CheckUnfiled(file, payload),
        ];
    }

    private static long? SizeIn(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var body = JsonDocument.Parse(payload);
            return
                body.RootElement.TryGetProperty("tree_size", out var size)
                && size.TryGetInt64(out var number)
                ? number
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<Finding> CheckUnfiled(string slip, ReadOnlyMemory<byte> payload)
    {
        var file = Path.ChangeExtension(slip, ReceiptFiles.Unfiled);
        if (!slip.EndsWith(ReceiptFiles.Arrival, StringComparison.Ordinal) || !File.Exists(file))
        {
            yield break;
        }

        if (!Statement.TryParse(File.ReadAllBytes(file), out var statement, out var fault))
        {
            yield return new("statement", false, $"{fault.Detail} ({fault.Where})");
            yield break;
        }

        using var body = JsonDocument.Parse(payload);
        var id = statement.Id.ToString();
        var isNamed =
            body.RootElement.TryGetProperty("statement_id", out var named)
            && string.Equals(named.GetString(), id, StringComparison.Ordinal);
        yield return isNamed
            ? new("statement", true, $"{id}, which the slip names, lies beside it")
            : new("statement", false, $"{id} lies beside it, and the slip names another");
    }
}
