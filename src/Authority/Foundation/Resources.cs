using System.Text.Json;

namespace Concord.Authority.Foundation;

/// <summary>
/// Data that the program carries with it: rulebooks and the table of public facts.
/// </summary>
public static class Resources
{
    private const string RulebookPrefix = "rulebooks/";

    /// <summary>The rulebooks by id, in the order of their names.</summary>
    public static IReadOnlyList<(string Id, string Json)> Rulebooks() =>
        [
            .. typeof(Resources)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(RulebookPrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    var json = Text(name);
                    using var book = JsonDocument.Parse(json);
                    return (book.RootElement.GetProperty("id").GetString() ?? name, json);
                }),
        ];

    /// <summary>The table of public facts on real models.</summary>
    public static string Models() => Text("models.csv");

    private static string Text(string name)
    {
        using var stream =
            typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
