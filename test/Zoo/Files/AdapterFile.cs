using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Concord.Measures.Weights;
using Concord.Zoo.Changes;

namespace Concord.Zoo.Files;

/// <summary>
/// A PEFT adapter: its configuration, and two factors for each matrix that it changes.
/// </summary>
public static class AdapterFile
{
    /// <summary>
    /// The two files of the folder. Alpha is the rank, so that the difference is B·A; of GPT-2,
    /// whose matrices lie in × out, the factors are turned, and the configuration says so.
    /// </summary>
    /// <param name="net">The network that it belongs to.</param>
    /// <param name="adapter">Its factors.</param>
    /// <param name="claim">The base model that it names.</param>
    public static IReadOnlyDictionary<string, byte[]> Write(
        ZooNet net,
        IReadOnlyList<LowRankPair> adapter,
        string claim
    )
    {
        var turned = net.Architecture is "gpt2";
        var tensors = adapter.SelectMany(pair => Tensors(pair, turned));
        var rank = adapter[0].A.Shape[0];
        var modules = adapter
            .Select(pair => pair.Name.Split('.')[^2])
            .Distinct(StringComparer.Ordinal);
        var configuration = new JsonObject
        {
            ["peft_type"] = "LORA",
            ["base_model_name_or_path"] = claim,
            ["r"] = rank,
            ["lora_alpha"] = rank,
            ["fan_in_fan_out"] = turned,
            ["target_modules"] = new JsonArray([.. modules.Select(name => (JsonNode)name)]),
        };
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["adapter_config.json"] = Encoding.UTF8.GetBytes(configuration.ToJsonString()),
            ["adapter_model.safetensors"] = SafetensorsFile.Write(
                tensors,
                ElementType.F32,
                new() { ["format"] = "pt" }
            ),
        };
    }

    private static IEnumerable<ZooTensor> Tensors(LowRankPair pair, bool turned)
    {
        var name = pair.Name[..^".weight".Length];
        var (a, b) = turned ? (pair.B.Transposed(), pair.A.Transposed()) : (pair.A, pair.B);
        yield return a with
        {
            Name = string.Create(
                CultureInfo.InvariantCulture,
                $"base_model.model.{name}.lora_A.weight"
            ),
        };
        yield return b with
        {
            Name = string.Create(
                CultureInfo.InvariantCulture,
                $"base_model.model.{name}.lora_B.weight"
            ),
        };
    }
}
