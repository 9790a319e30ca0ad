namespace Concord.Measures.Weights.Formats;

/// <summary>What a message says of a tensor.</summary>
internal sealed class OnnxTensorProto
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its sizes.</summary>
    public List<long> Shape { get; } = [];

    /// <summary>The number of its type.</summary>
    public ulong Type { get; set; }

    /// <summary>
    /// The number of the field in which its elements are; zero where there is none.
    /// </summary>
    public int Field { get; set; }

    /// <summary>The place of their first byte.</summary>
    public long Start { get; set; }

    /// <summary>The place behind the last.</summary>
    public long End { get; set; }

    /// <summary>Whether they are in another file.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Where in it.</summary>
    public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);
}
