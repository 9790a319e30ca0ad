using System.Text.Json;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Rulebooks;
using Concord.Tests.Tidy;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>How the authority reads what public sources say of compute and domain.</summary>
public sealed class ComputeReadingTests
{
    private static readonly Readings s_readings = Books.Read("concord-readings").Readings!;

    [Fact]
    public void Own_figures_alone_give_four_yes_68_undetermined_286_no_and_301_without_figure()
    {
        var threshold = Flop.Parse("1e25");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in Rows())
        {
            var range = ComputeReading.Of(Training(row), s_readings).Range;
            var answer = Explanations.Say(range.GreaterThan(threshold), range.IsUnknown);
            counts[answer] = counts.GetValueOrDefault(answer) + 1;
        }

        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["Yes"] = 4,
                ["Undetermined"] = 68,
                ["No"] = 286,
                ["No figure"] = 301,
            },
            counts
        );
    }

    [Theory]
    [InlineData("Confident", "3e24", "2.7e25")]
    [InlineData("Likely", "9e23", "9e25")]
    [InlineData("Speculative", "3e23", "2.7e26")]
    [InlineData("Unverified", "9e22", "9e26")]
    [InlineData(null, "9e22", "9e26")]
    [InlineData("likely", "9e23", "9e25")]
    public void A_word_of_confidence_is_a_factor(string? word, string low, string high)
    {
        var read = Read("9e24", confidence: word);

        Assert.Equal(Between(low, high), read.Range);
    }

    [Fact]
    public void Stated_bounds_tighten_and_never_widen()
    {
        Assert.Equal(Between("2.1e25", "8.88e25"), Read("2.96e25", low: "2.1e25").Range);
        Assert.Equal(Between("3e24", "2.7e25"), Read("9e24", low: "1e23", high: "1e27").Range);
    }

    [Fact]
    public void A_bound_alone_is_half_open()
    {
        Assert.Equal(FlopRange.AtLeast(Flop.Parse("1e25")), Read(null, low: "1e25").Range);
        Assert.Equal(FlopRange.AtMost(Flop.Parse("1e24")), Read(null, high: "1e24").Range);
    }

    [Fact]
    public void Bounds_that_exclude_the_figure_are_shown_with_it()
    {
        var read = Read("9e24", low: "1e26");

        Assert.Equal(Between("3e24", "1e26"), read.Range);
        Assert.Contains("contradict", read.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_does_not_divide_claims_no_more_than_it_knows() =>
        Assert.Equal(Between("4", "30"), Read("10").Range);

    [Fact]
    public void A_stated_total_never_gets_its_parentadded()
    {
        var parent = FlopRange.Exactly(Flop.Parse("1e25"));

        var read = ComputeReading.Of(Figure("9e24"), Figure("1e24"), [parent], s_readings);

        Assert.Equal(Between("3e24", "2.7e25"), read.Range);
        Assert.False(read.SumsParents);
    }

    [Fact]
    public void A_blank_total_is_the_fine_tuning_and_its_parents()
    {
        // Llama 3.2 90B: 2.5e24 of fine-tuning on 7.929e24.
        var parent = Read("7.929e24").Range;

        var read = ComputeReading.Of(null, Figure("2.5e24"), [parent], s_readings);

        Assert.True(read.SumsParents);
        Assert.Equal(Answer.Undetermined, read.Range.GreaterThan(Flop.Parse("1e25")));
        Assert.Equal(Flop.Parse("7.929e24") * 3 + Flop.Parse("2.5e24") * 3, read.Range.High!.Value);
    }

    [Fact]
    public void A_parent_without_a_figure_leaves_the_sum_without_one()
    {
        var parents = new[] { Read("1e24").Range, FlopRange.Unknown };

        Assert.True(ComputeReading.Of(null, Figure("1e24"), parents, s_readings).Range.IsUnknown);
        Assert.True(ComputeReading.Of(null, Figure("1e24"), [], s_readings).Range.IsUnknown);
    }

    [Fact]
    public void A_modification_is_at_most_the_whole_figure()
    {
        var read = ComputeReading.OfModification(Figure("9e24"), null, s_readings);

        Assert.Equal(FlopRange.AtMost(Flop.Parse("2.7e25")), read.Range);
    }

    [Theory]
    [InlineData("Language", "text", null)]
    [InlineData("Vision", "other", "narrow")]
    [InlineData("Biology,Language", "other,text", null)]
    [InlineData("Games", "action", "narrow")]
    [InlineData("Image generation,Language", "image,text", null)]
    public void A_domain_gives_modality_by_the_authoritys_table(
        string domain,
        string modalities,
        string? generality
    )
    {
        var read = DomainReading.Of(domain, s_readings);

        Assert.Equal(modalities.Split(','), Assert.IsType<Known.Words>(read.Out).Certain);
        Assert.Equal(generality is not null, read.IsNarrow);
    }

    [Fact]
    public void An_unknown_domain_says_nothing()
    {
        Assert.Null(DomainReading.Of("Astrology", s_readings).Out);
        Assert.Null(DomainReading.Of(null, s_readings).Out);
        Assert.Null(
            Assert
                .IsType<Known.Words>(DomainReading.Of("Language,Astrology", s_readings).Out)
                .Possible
        );
    }

    [Theory]
    [InlineData("confidence")]
    [InlineData("modality")]
    public void The_adopted_readings_are_those_of_the_data_folder(string table)
    {
        using var data = JsonDocument.Parse(Repository.Text($"data/{table}.json"));
        using var book = JsonDocument.Parse(Books.Bytes("concord-readings"));

        Assert.True(
            JsonElement.DeepEquals(
                data.RootElement.GetProperty("rows"),
                book.RootElement.GetProperty("readings").GetProperty(table)
            )
        );
    }

    private static ComputeReading Read(
        string? figure,
        string? low = null,
        string? high = null,
        string? confidence = "Confident"
    ) => ComputeReading.Of(Figure(figure, low, high, confidence), s_readings);

    private static ReportedCompute Figure(
        string? figure,
        string? low = null,
        string? high = null,
        string? confidence = "Confident"
    ) =>
        new()
        {
            Figure = figure is null ? null : Flop.Parse(figure),
            Low = low is null ? null : Flop.Parse(low),
            High = high is null ? null : Flop.Parse(high),
            Confidence = confidence,
            Source = 0,
        };

    private static FlopRange Between(string low, string high) =>
        FlopRange.Between(Flop.Parse(low), Flop.Parse(high));

    private static ReportedCompute Training(IReadOnlyDictionary<string, string> row)
    {
        return Figure(
            Cell("training_flop"),
            Cell("flop_lower"),
            Cell("flop_upper"),
            Cell("confidence")
        );

        // One row states a lower bound with a fraction of an operation.
        string? Cell(string name) =>
            row[name] is "5.423e0" ? "5"
            : row[name] is { Length: > 0 } text ? text
            : null;
    }

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        var rows = Csv(Repository.Text("data/models.csv")).ToList();
        return rows.Skip(1)
            .Select(row =>
                rows[0]
                    .Zip(row)
                    .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)
            );
    }

    private static IEnumerable<List<string>> Csv(string text)
    {
        var row = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is (',' or '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }
    }
}
