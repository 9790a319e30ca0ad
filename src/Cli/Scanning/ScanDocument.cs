using System.Text.Json;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>A scan as programs read it (specs/scan.md).</summary>
internal static class ScanDocument
{
    /// <summary>Writes a report.</summary>
    public static void Write(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var row in report.Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteStartArray("unread");
        foreach (var unread in report.Unread)
        {
            json.WriteStartObject();
            json.WriteString("name", unread.Name);
            json.WriteString("reason", unread.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Families is { } families)
        {
            json.WriteStartArray("families");
            foreach (var family in families)
            {
                json.WriteStartArray();
                foreach (var at in family)
                {
                    json.WriteStringValue(report.Rows[at].Model.Name);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteNumber("exit_code", (int)report.Code);
        json.WriteEndObject();
    }

    /// <summary>Writes what a model is.</summary>
    public static void WriteModel(Utf8JsonWriter json, ScannedModel model)
    {
        json.WriteString("name", model.Name);
        json.WriteString("format", $"{model.Format}".ToLowerInvariant());
        json.WriteStartArray("files");
        foreach (var file in model.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", $"{file.Digest}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("parameters", model.Fingerprint.Parameters);
        json.WriteNumber("bits_per_weight", model.Fingerprint.SixteenthBits / 16.0);
        json.WriteNumber("zeros_per_million", model.Fingerprint.ZerosPerMillion);
        json.WriteString("weights", model.HasEvidence ? $"{model.Weights}" : null);
        json.WriteStartObject("claims");
        foreach (var (name, text) in model.Claims.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
        if (model.Difference is { } adds)
        {
            json.WriteStartObject("adapter");
            json.WriteNumber("matrices", adds.Factors.Count);
            json.WriteNumber("rank", adds.Factors.Max(factor => factor.Rank));
            json.WriteNumber("others", adds.Others.Count);
            json.WriteEndObject();
        }

        json.WriteStartArray("notes");
        foreach (var note in model.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what is suggested about two.</summary>
    public static void WriteSuggestion(Utf8JsonWriter json, RelationSuggestion? suggestion)
    {
        json.WriteString(
            "relation",
            suggestion is null ? null : Values.WordOf(suggestion.Relation)
        );
        json.WriteString("child", suggestion?.Child is { } side ? Values.WordOf(side) : null);
        json.WriteString("ground", suggestion?.Ground);
    }

    /// <summary>Writes a logarithm: JSON has no infinity.</summary>
    public static void WriteLog10P(Utf8JsonWriter json, double log10P) =>
        json.WriteNumber("log10_p", Math.Round(Math.Max(log10P, -1_000_000), 2));

    private static void WriteSweep(Utf8JsonWriter json, Identified said)
    {
        json.WriteStartArray("further");
        foreach (var answer in said.Further)
        {
            answer.WriteTo(json);
        }

        json.WriteEndArray();
        if (said.Swept is { } swept)
        {
            json.WriteStartObject("swept");
            json.WriteNumber("fingerprints", swept.Fingerprints);
            json.WriteNumber("swept", swept.Swept);
            json.WriteNumber("compared", swept.Compared);
            json.WriteBoolean("complete", swept.Ended is null);
            json.WriteString("ended", swept.Ended?.Message);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, ScanRow row)
    {
        json.WriteStartObject();
        WriteModel(json, row.Model);
        if (row.Identified is { } said)
        {
            json.WriteString("verdict", Values.WordOf(said.Verdict));
            json.WritePropertyName("answer");
            said.Answer.WriteTo(json);
            WriteSweep(json, said);
            json.WriteStartArray("checks");
            foreach (var check in said.Checks)
            {
                json.WriteStartObject();
                json.WriteString("what", check.What);
                json.WritePropertyName("is_so");
                if (check.IsSo is { } isSo)
                {
                    json.WriteBooleanValue(isSo);
                }
                else
                {
                    json.WriteNullValue();
                }

                json.WriteString("says", check.Says);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (row.Nearest is { } nearest)
        {
            json.WriteStartObject("nearest");
            json.WriteString("name", nearest.Other.Name);
            json.WriteString("verdict", Odds.Verdict(nearest.Evidence, nearest.Equal));
            WriteLog10P(json, nearest.Evidence.Log10P);
            if (nearest.Equal is { } equal)
            {
                json.WriteNumber("equal_share", Math.Round(equal.Share, 4));
            }

            WriteSuggestion(json, nearest.Suggestion);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
