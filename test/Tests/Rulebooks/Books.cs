using System.Text.Json;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Tidy;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>The rulebooks of the repository, and facts written as people write them.</summary>
internal static class Books
{
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "rulebooks"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Bytes(string id) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "rulebooks", $"{id}.json"));

    public static Rulebook Read(string id)
    {
        var read = Rulebook.TryParse(Bytes(id), out var book, out var faults);

        Assert.True(read, string.Join("; ", faults));
        return book!;
    }

    public static Instant At(string text)
    {
        Assert.True(Instant.TryParse(text, out var instant));
        return instant;
    }

    public static FactSheet Facts(params (string Fact, string Value)[] facts) =>
        FactSheet.Of(facts.Select(f => Stated(f.Fact, f.Value, Asserter.Developer, null)));

    public static Stated Stated(string fact, string value, Asserter by, DateOnly? since)
    {
        Assert.True(Vocabulary.TryReadText(fact, value, out var known, out var rule), rule);
        return new(fact, known, new(by, $"stated by {by}") { Since = since });
    }

    public static FactSheet Facts(JsonElement facts)
    {
        var sheet = FactSheet.Empty;
        foreach (var member in facts.EnumerateObject())
        {
            var statements =
                member.Value.ValueKind == JsonValueKind.Array
                    ? member.Value.EnumerateArray().ToList()
                    : [member.Value];
            foreach (var statement in statements)
            {
                sheet = sheet.With(Stated(member.Name, statement));
            }
        }

        return sheet;
    }

    private static Stated Stated(string fact, JsonElement statement)
    {
        if (statement.ValueKind == JsonValueKind.String)
        {
            return Stated(fact, statement.GetString()!, Asserter.Developer, null);
        }

        var by = statement.GetProperty("by").GetString() switch
        {
            "authority" => Asserter.Authority,
            "public_source" => Asserter.PublicSource,
            _ => Asserter.Developer,
        };
        return Stated(
            fact,
            statement.GetProperty("value").GetString()!,
            by,
            statement.TryGetProperty("since", out var since)
                ? DateOnly.ParseExact(since.GetString()!, "yyyy-MM-dd")
                : null
        );
    }
}
