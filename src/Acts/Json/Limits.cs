namespace Concord.Acts;

/// <summary>What a text must look like beyond its length.</summary>
internal enum TextForm
{
    Plain,
    Country,
    Region,
    Lei,
    Ror,
    Salt,
    MediaType,
    Slug,
    Token,
    Origin,
    WebOrigin,
    Domain,
    Url,
    VerifierKey,
    FactName,
    Modality,
    WeightsFormat,
    Coordinate,
    Bytes,
}

/// <summary>Bounds of a text in Unicode scalar values, and its form.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextAttribute(int most) : Attribute
{
    public int Least { get; init; } = 1;

    public int Most { get; } = most;

    public TextForm Form { get; init; }
}

/// <summary>Bounds of a whole number, both admitted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeAttribute(long least, long most) : Attribute
{
    public const long JsonSafe = (1L << 53) - 1;

    public long Least { get; } = least;

    public long Most { get; } = most;
}

/// <summary>Bounds of the number of items of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemsAttribute(int least, int most) : Attribute
{
    public int Least { get; } = least;

    public int Most { get; } = most;

    /// <summary>A set: its items ascend by their text, none twice.</summary>
    public bool Sorted { get; init; }

    /// <summary>No item twice, in any order.</summary>
    public bool Distinct { get; init; }
}
