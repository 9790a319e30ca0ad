using System.Text.Json;

namespace Concord.Tests;

/// <summary>The rulebooks of this repository.</summary>
internal static class RulebookFiles
{
    public static JsonElement Element(string id) =>
        Given.Json(File.ReadAllText(Path.Combine(Golden.Root, "rulebooks", $"{id}.json")));
}
