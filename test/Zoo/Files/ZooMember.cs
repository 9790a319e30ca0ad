using System.Text.Json;

namespace Concord.Zoo.Files;

/// <summary>A trained network of a zoo, as the manifest beside its file names it.</summary>
public sealed record ZooMember
{
    private static readonly JsonSerializerOptions s_names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The name of its file, without the ending.</summary>
    public required string Name { get; init; }

    /// <summary>Its architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>The seed of the base network.</summary>
    public required int Seed { get; init; }

    /// <summary>base, ft, cpt, newvocab or distill.</summary>
    public required string Role { get; init; }

    /// <summary>The network that it was trained from, or on the answers of.</summary>
    public string? Parent { get; init; }

    /// <summary>What it was trained on.</summary>
    public required string Corpus { get; init; }

    /// <summary>
    /// choose: constants may be chosen on it; judge: it is kept for judging those that were chosen.
    /// </summary>
    public required string Half { get; init; }

    /// <summary>The digest of its file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The loss at the first step.</summary>
    public required double FirstLoss { get; init; }

    /// <summary>The mean loss of the last ten steps.</summary>
    public required double LastLoss { get; init; }

    /// <summary>Seconds of a processor that its training took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The networks of a folder, in the order of their training.</summary>
    public static IReadOnlyList<ZooMember> Of(string folder)
    {
        var text = File.ReadAllBytes(Path.Combine(folder, "manifest.json"));
        return JsonSerializer.Deserialize<ZooMember[]>(text, s_names)!;
    }

    /// <summary>The network itself.</summary>
    public ZooNet Read(string folder) =>
        SafetensorsFile.Read(File.ReadAllBytes(Path.Combine(folder, Name + ".safetensors")));
}
