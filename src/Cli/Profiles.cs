using System.Text.Json;
using Concord.Authority.Foundation;
using Concord.Rooms.Rulebooks;

namespace Concord.Cli;

/// <summary>The counting profiles of the rulebooks that the program carries with it.</summary>
internal static class Profiles
{
    /// <summary>Their ids.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Resources
            .Rulebooks()
            .SelectMany(one => Of(one.Json))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Of(string rulebook)
    {
        using var json = JsonDocument.Parse(rulebook);
        return Rulebook.TryParse(json.RootElement, out var book, out _) ? book.Profiles.Keys : [];
    }
}
