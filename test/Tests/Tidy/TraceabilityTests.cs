using System.Reflection;
using System.Text.RegularExpressions;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>
/// The table of ARCHITECTURE.md says the same as the code, the stories and the tests, both ways.
/// </summary>
public sealed partial class TraceabilityTests
{
    private const string NotYet = "not yet here";

    private sealed record Row(
        string Clause,
        string Room,
        string Law,
        IReadOnlyList<string> Stories,
        string Test
    );

    [Fact]
    public void Every_law_that_names_a_clause_is_in_the_table_and_no_other_is()
    {
        var said = Rows.Where(row => row.Law.Length > 0)
            .Select(row => $"{row.Clause} {row.Room} {row.Law}");

        Assert.Equal(Laws().Order(Comparer), said.Order(Comparer), Comparer);
    }

    [Fact]
    public void Every_clause_of_the_statement_has_a_law_or_is_named_as_not_yet_here()
    {
        var built = Rows.Where(row => row.Law.Length > 0).Select(row => row.Clause).ToHashSet();
        var missing = Rows.Where(row => row.Room is NotYet).Select(row => row.Clause).ToList();

        Assert.Equal(Clauses().Order(Comparer), built.Concat(missing).Order(Comparer), Comparer);
        Assert.All(
            Rows.Where(row => row.Room is NotYet),
            row => Assert.True(row is { Law: "", Test: "", Stories.Count: 0 }, row.Clause)
        );
    }

    [Fact]
    public void Every_room_lies_where_its_name_says() =>
        Assert.All(
            Rows.Where(row => row.Room is not NotYet),
            row => Assert.Contains($"src/Rooms/{row.Room}/README.md", Repository.Files, Comparer)
        );

    [Fact]
    public void Every_story_is_in_the_table_under_the_clause_that_it_names()
    {
        var said = from row in Rows from story in row.Stories select $"{story} {row.Clause}";
        var told =
            from file in Repository.With(".md")
            where file.StartsWith("stories/", StringComparison.Ordinal)
            where !file.EndsWith("/README.md", StringComparison.Ordinal)
            select $"{file} {ClauseOf(file)}";

        Assert.Equal(told.Order(Comparer), said.Order(Comparer), Comparer);
    }

    [Fact]
    public void Every_test_that_the_table_names_is_there() =>
        Assert.All(
            Rows.Where(row => row.Test.Length > 0),
            row => Assert.True(NamedTests.IsThere(row.Test), row.Test)
        );

    private static StringComparer Comparer => StringComparer.Ordinal;

    private static IReadOnlyList<Row> Rows { get; } =
    [
        .. Repository
            .Lines("ARCHITECTURE.md")
            .SkipWhile(line => !line.StartsWith("| clause |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|'))
            .Select(cells => new Row(
                cells[0].Trim(),
                cells[1].Trim(),
                cells[2].Trim().Trim('`'),
                [.. Link().Matches(cells[3]).Select(link => link.Groups[1].Value)],
                cells[4].Trim().Trim('`')
            )),
    ];

    /// <summary>The clauses that laws can name, as the attribute lists them.</summary>
    private static IEnumerable<string> Clauses() =>
        Code()
            .Matches(Repository.Text("src/Rooms/ClauseAttribute.cs"))
            .Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Laws() =>
        (
            from type in typeof(ClauseAttribute).Assembly.GetTypes()
            from member in type.GetMembers(Everything).Append<MemberInfo>(type)
            from clause in member.GetCustomAttributes<ClauseAttribute>(inherit: false)
            select $"{clause.Clause} {type.Namespace!.Split('.')[^1]} {type.Name}"
        ).Distinct(Comparer);

    private const BindingFlags Everything =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static string ClauseOf(string story) =>
        Repository
            .Lines(story)
            .Single(line => line.StartsWith("Clause: ", StringComparison.Ordinal))[
            "Clause: ".Length..
        ];

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<c>([a-z-]+)</c>")]
    private static partial Regex Code();
}
