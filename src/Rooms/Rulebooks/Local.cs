// Placeholder shapes only until the law helper's real types land: whoever lands them deletes this
// file.
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Acts;

namespace Concord.Rooms.Rulebooks;

public sealed record RulebookFault(string Path, string Rule);

public sealed record Rulebook
{
    public string Id { get; init; } = "";

    public static Rulebook Parse(JsonElement e) => throw new NotSupportedException();

    public static bool TryParse(
        JsonElement e,
        [NotNullWhen(true)] out Rulebook? b,
        out IReadOnlyList<RulebookFault> f
    ) => throw new NotSupportedException();
}

public static class Vocabulary
{
    public static bool HasProfile(string s) => true;

    public static IReadOnlyList<string> Profiles => [];

    public static bool TryRead(DeclaredFact f, [NotNullWhen(false)] out RulebookFault? fault)
    {
        fault = null;
        return true;
    }
}
