using Concord.Measures.Weights.Roles;

namespace Concord.Measures.Weights.Adapters;

/// <summary>
/// Where a model has the matrices that adapters change: under the name that they give them, with
/// the name of what holds it before it or without.
/// </summary>
internal sealed class AdapterPlaces
{
    private const string Weight = ".weight";

    /// <summary>So many of the first words of a name may lack on either side.</summary>
    private const int WordsBefore = 2;

    /// <summary>
    /// What llama.cpp calls matrices. Those of queries and keys are not here: it orders their rows
    /// anew.
    /// </summary>
    private static readonly Dictionary<string, string> s_blocks = new(StringComparer.Ordinal)
    {
        ["attn_v"] = "self_attn.v_proj",
        ["attn_output"] = "self_attn.o_proj",
        ["ffn_gate"] = "mlp.gate_proj",
        ["ffn_up"] = "mlp.up_proj",
        ["ffn_down"] = "mlp.down_proj",
    };

    /// <summary>Null: several tensors would have this name.</summary>
    private readonly Dictionary<string, WeightsTensor?> _byName = new(StringComparer.Ordinal);

    public AdapterPlaces(WeightsReading reading)
    {
        foreach (var tensor in reading.Tensors.Select(one => one.Tensor))
        {
            var name = tensor.Name.EndsWith(Weight, StringComparison.Ordinal)
                ? tensor.Name[..^Weight.Length]
                : tensor.Name;
            foreach (var form in Forms(Known(name)))
            {
                _byName[form] = _byName.ContainsKey(form) ? null : tensor;
            }
        }
    }

    /// <summary>The matrix that a factor is for; null: there is none of its sizes.</summary>
    public AdapterPlace? Of(AdapterFactor factor)
    {
        foreach (var form in Forms(factor.Matrix))
        {
            if (
                _byName.GetValueOrDefault(form) is { } tensor
                && tensor.Element is not (ElementType.Opaque or ElementType.C64)
                && LayoutReader.Sizes(tensor) is [var rows, var columns]
            )
            {
                var isStraight = rows == factor.Outputs && columns == factor.Inputs;
                var isTurned = rows == factor.Inputs && columns == factor.Outputs;
                if (isStraight || isTurned)
                {
                    var isSaid = factor.HasInputRows || tensor.HasInputRows;
                    return new(tensor, isTurned && (isSaid || !isStraight));
                }
            }
        }

        return null;
    }

    /// <summary><c>blk.3.ffn_up</c> is <c>layers.3.mlp.up_proj</c>.</summary>
    private static string Known(string name) =>
        name.Split('.') is ["blk", var layer, var matrix]
        && s_blocks.TryGetValue(matrix, out var known)
            ? $"layers.{layer}.{known}"
            : name;

    private static IEnumerable<string> Forms(string name)
    {
        yield return name;
        for (
            var word = 0;
            word < WordsBefore && name.Contains('.', StringComparison.Ordinal);
            word++
        )
        {
            name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            yield return name;
        }
    }
}
