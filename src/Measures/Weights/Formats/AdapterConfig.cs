using System.Text.Json;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// What PEFT writes beside an adapter: which base it says it was made for, and by which factor its
/// product of two small matrices is added.
/// </summary>
internal static class AdapterConfig
{
    private const int Bytes = 1 << 20;

    private static readonly string[] s_keys =
    [
        "base_model_name_or_path",
        "revision",
        "peft_type",
        "r",
        "lora_alpha",
        "target_modules",
        "modules_to_save",
        "fan_in_fan_out",
        "use_rslora",
        "use_dora",
        "rank_pattern",
        "alpha_pattern",
    ];

    /// <summary>The names of its file and of those of its tensors.</summary>
    public static string FileName => "adapter_config.json";

    /// <summary>The files in which its tensors may be.</summary>
    public static IReadOnlyList<string> TensorFiles =>
        ["adapter_model.safetensors", "adapter_model.bin"];

    /// <summary>Whether the names of tensors are those of an adapter.</summary>
    public static bool IsAdapter(WeightsContents contents) =>
        contents.Tensors.Any(tensor =>
            tensor.Name.Contains("lora_A.", StringComparison.Ordinal)
            || tensor.Name.Contains("lora_embedding_A", StringComparison.Ordinal)
        );

    /// <summary>Its claims; nothing where a document is of something else.</summary>
    public static IReadOnlyDictionary<string, string>? Claims(ByteSource file)
    {
        if (file.Length > Bytes)
        {
            throw new WeightsFault(
                file.Name,
                "byte 0",
                $"a configuration of {file.Length} bytes, and {Bytes} are allowed"
            );
        }

        var bytes = new byte[file.Length];
        file.Fill(0, bytes);
        try
        {
            using var document = JsonDocument.Parse(
                bytes,
                new() { AllowDuplicateProperties = false, MaxDepth = ReaderLimits.JsonDepth }
            );
            return Claims(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new WeightsFault(
                file.Name,
                $"line {broken.LineNumber + 1}",
                $"its JSON is broken, deeper than {ReaderLimits.JsonDepth} or says a thing twice"
            );
        }
    }

    private static Dictionary<string, string>? Claims(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("peft_type", out _))
        {
            return null;
        }

        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in s_keys)
        {
            if (
                root.TryGetProperty(key, out var value)
                && value.ValueKind is not JsonValueKind.Null
                && Text(value) is { Length: <= ReaderLimits.ClaimLetters } text
            )
            {
                claims[key] = text;
            }
        }

        return claims;
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? string.Join(' ', value.EnumerateArray().Select(item => item.ToString()))
            : value.ToString();
}
