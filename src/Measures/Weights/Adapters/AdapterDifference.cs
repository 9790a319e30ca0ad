using System.Globalization;

namespace Concord.Measures.Weights.Adapters;

/// <summary>
/// What an adapter adds to its base, by the names and numbers that PEFT writes: what it is for is
/// its claim, what it adds is in it.
/// </summary>
/// <param name="Factors">The matrices that it changes.</param>
/// <param name="Others">
/// The names of its other tensors: modules that it replaces whole, and what is not understood here.
/// </param>
public sealed record AdapterDifference(
    IReadOnlyList<AdapterFactor> Factors,
    IReadOnlyList<string> Others
)
{
    /// <summary>So many numbers of the factors of one matrix are held at once.</summary>
    private const long NumbersMost = 1 << 23;

    private const string ReadPart = ".lora_A";
    private const string WrittenPart = ".lora_B";

    /// <summary>The difference; null: it is no adapter.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="claims">What its configuration says.</param>
    public static AdapterDifference? Of(
        IReadOnlyList<WeightsTensor> tensors,
        IReadOnlyDictionary<string, string> claims
    )
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(claims);
        var written = tensors
            .Where(tensor => Matrix(tensor.Name, WrittenPart) is not null)
            .ToLookup(tensor => Matrix(tensor.Name, WrittenPart)!, StringComparer.Ordinal);
        var factors = new List<AdapterFactor>();
        foreach (var read in tensors)
        {
            if (
                Matrix(read.Name, ReadPart) is { } matrix
                && written[matrix].ToArray() is [var write]
                && Fit(read, write)
            )
            {
                factors.Add(
                    new()
                    {
                        Matrix = matrix,
                        Read = read,
                        Written = write,
                        Scale = ScaleOf(claims, read.Shape[0]),
                        HasInputRows = IsSo(claims, "fan_in_fan_out"),
                    }
                );
            }
        }

        if (factors.Count == 0)
        {
            return null;
        }

        var understood = factors
            .SelectMany(one => (string[])[one.Read.Name, one.Written.Name])
            .ToHashSet(StringComparer.Ordinal);
        return new(
            factors,
            [.. tensors.Select(tensor => tensor.Name).Where(name => !understood.Contains(name))]
        );
    }

    private static bool Fit(WeightsTensor read, WeightsTensor write) =>
        read.Shape.Count == 2
        && write.Shape.Count == 2
        && read.Shape[0] == write.Shape[1]
        && read.Elements > 0
        && write.Elements > 0
        && read.Elements + write.Elements <= NumbersMost
        && IsDecoded(read.Element)
        && IsDecoded(write.Element);

    private static bool IsDecoded(ElementType element) =>
        element is not (ElementType.Opaque or ElementType.C64);

    /// <summary>
    /// <c>base_model.model.h.0.attn.c_attn.lora_A.weight</c>, and with the name of an adapter
    /// between, changes <c>h.0.attn.c_attn</c>.
    /// </summary>
    private static string? Matrix(string name, string part)
    {
        var at = name.LastIndexOf(part, StringComparison.Ordinal);
        return
            at <= 0
            || name.AsSpan(at + part.Length) is not ([] or ['.', ..])
            || !name.EndsWith(".weight", StringComparison.Ordinal)
            ? null
            : Bare(name[..at]);
    }

    private static string Bare(string name)
    {
        const string before = "base_model.model.";
        return name.StartsWith(before, StringComparison.Ordinal) ? name[before.Length..] : name;
    }

    // A pattern gives some matrices a factor of their own; which, is a matter of PEFT's version.
    // DoRA (arXiv 2402.09353) brings rows to other lengths besides.
    private static double? ScaleOf(IReadOnlyDictionary<string, string> claims, long rank) =>
        IsSo(claims, "use_dora")
        || claims.GetValueOrDefault("alpha_pattern", "{}") is not "{}"
        || !double.TryParse(
            claims.GetValueOrDefault("lora_alpha"),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var alpha
        )
        || !double.IsFinite(alpha)
            ? null
        : IsSo(claims, "use_rslora") ? alpha / Math.Sqrt(rank)
        : alpha / rank;

    private static bool IsSo(IReadOnlyDictionary<string, string> claims, string key) =>
        string.Equals(claims.GetValueOrDefault(key), "true", StringComparison.OrdinalIgnoreCase);
}
