namespace Concord.Acts;

/// <summary>Unicode Normalization Form C (UAX #15).</summary>
internal static class Normalisation
{
    /// <summary>Whether the text is in Normalization Form C.</summary>
    public static bool IsComposed(string text) => text.IsNormalized();
}
