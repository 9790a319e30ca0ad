using System.Text.Json;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Tidy;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>Worked cases of law, one row each, in <c>Cases/*.json</c>.</summary>
public sealed class CaseTests
{
    private const int LeastCases = 8;

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var (book, cases) in Files())
        {
            foreach (var row in cases.EnumerateArray())
            {
                data.Add(book, row.GetProperty("id").GetString()!);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_worked_case_comes_out_as_the_law_says(string book, string id)
    {
        var row = Files()
            .Single(file => Is(file.Book, book))
            .Cases.EnumerateArray()
            .Single(one => Is(one.GetProperty("id").GetString(), id));
        var answer = Evaluation.Of(
            Books.Read(book),
            Books.Facts(row.GetProperty("facts")),
            Books.At(row.GetProperty("at").GetString()!),
            row.TryGetProperty("applies_from", out var from)
                ? DateOnly.ParseExact(from.GetString()!, "yyyy-MM-dd")
                : null
        );

        var seen = Compare(row, answer);

        Assert.True(seen.Count == 0, $"{id}: {string.Join("; ", seen)}");
    }

    [Fact]
    public void Every_rulebook_with_duties_has_at_least_eight_cases() =>
        Assert.All(
            Books.Ids.Where(id => Books.Read(id).Duties.Count > 0),
            id =>
                Assert.True(
                    Files().Single(file => Is(file.Book, id)).Cases.GetArrayLength() >= LeastCases,
                    $"{id} has too few cases"
                )
        );

    [Fact]
    public void Every_case_says_why_and_cites() =>
        Assert.All(
            Files().SelectMany(file => file.Cases.EnumerateArray()),
            row =>
            {
                Assert.NotEmpty(row.GetProperty("why").GetString()!);
                Assert.NotEmpty(row.GetProperty("cite").GetString()!);
            }
        );

    private static List<string> Compare(JsonElement row, RulebookAnswer answer)
    {
        var wrong = new List<string>();
        if (row.TryGetProperty("headline", out var headline))
        {
            Expect("headline", headline.GetString(), Explanations.Word(answer.Answer));
        }

        if (row.TryGetProperty("no_figure", out var none))
        {
            Expect("no_figure", none.GetBoolean(), answer.NoFigure);
        }

        foreach (var expected in row.GetProperty("expect").EnumerateObject())
        {
            var duty = answer.Duties.Single(d => Is(d.Duty.Id, expected.Name));
            if (expected.Value.ValueKind == JsonValueKind.String)
            {
                Expect(expected.Name, expected.Value.GetString(), Explanations.Word(duty.Answer));
                continue;
            }

            foreach (var member in expected.Value.EnumerateObject())
            {
                Expect(
                    $"{expected.Name}.{member.Name}",
                    member.Value.GetString(),
                    member.Name switch
                    {
                        "answer" => Explanations.Word(duty.Answer),
                        "once" => Explanations.Word(duty.OnceInForce),
                        "due" => duty.Due.At?.ToString(),
                        "upcoming" => duty.Upcoming?.ToString(),
                        "kind" => duty.Due.Kind.ToString().ToLowerInvariant(),
                        "on" => duty.Consequence?.ToString().ToLowerInvariant(),
                        "settled_by" => SettledBy(duty, member.Value.GetString()!),
                        _ => $"nothing: '{member.Name}' is not a member of a case",
                    }
                );
            }
        }

        return wrong;

        void Expect(string what, object? expected, object? seen)
        {
            if (!Equals(expected, seen))
            {
                wrong.Add($"{what} is {seen}, not {expected}");
            }
        }
    }

    private static string SettledBy(DutyAnswer duty, string fact) =>
        duty.Settles.Any(s => s.Facts.Contains(fact, StringComparer.Ordinal))
            ? fact
            : string.Join(" / ", duty.Settles.Select(s => string.Join('+', s.Facts)));

    private static IEnumerable<(string Book, JsonElement Cases)> Files() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "test/Tests/Rulebooks/Cases"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file =>
            {
                using var document = JsonDocument.Parse(File.ReadAllText(file));
                return (
                    document.RootElement.GetProperty("rulebook").GetString()!,
                    document.RootElement.GetProperty("cases").Clone()
                );
            });

    private static bool Is(string? left, string? right) =>
        string.Equals(left, right, StringComparison.Ordinal);
}
