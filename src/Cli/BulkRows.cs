using System.Text;
using System.Text.Json;

namespace Concord.Cli;

/// <summary>
/// The rows of a file of acts: a line each, an act, or an object with <c>act</c> and
/// <c>sealed_part</c>. Every row is read before any is sent.
/// </summary>
internal static class BulkRows
{
    /// <summary>Reads the rows.</summary>
    /// <param name="file">The file.</param>
    /// <returns>For each row its number in the file, and the act or what is wrong.</returns>
    public static IEnumerable<(int Line, Composition? Act, CommandFault? Fault)> Read(string file)
    {
        var line = 0;
        foreach (var text in File.ReadLines(file))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            Composition? act = null;
            CommandFault? fault = null;
            try
            {
                act = Of(text, $"Line {line}");
            }
            catch (CommandFault wrong)
            {
                fault = wrong;
            }

            yield return (line, act, fault);
        }
    }

    private static Composition Of(string text, string where)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (Split(bytes) is not var (act, part))
        {
            return Composition.Of(bytes, where);
        }

        var composition = Composition.Of(act, where);
        return part is { } sealedPart ? composition.With(sealedPart, where) : composition;
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
