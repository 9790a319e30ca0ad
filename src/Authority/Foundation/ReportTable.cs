using System.Globalization;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Foundation;

/// <summary>
/// The table of public facts on real models (<c>data/models.csv</c>) as reports, bases before what
/// was made from them.
/// </summary>
public sealed class ReportTable
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _rows;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<BaseNames.Named>> _bases;

    private ReportTable(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> rows,
        IReadOnlyDictionary<string, IReadOnlyList<BaseNames.Named>> bases,
        IReadOnlyList<IReadOnlyList<string>> waves
    ) => (_rows, _bases, Waves) = (rows, bases, waves);

    /// <summary>
    /// The names of the models in waves: every base that has a row stands in an earlier wave, but
    /// for bases that name each other in a circle, which stay words.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Waves { get; }

    /// <summary>Reads the table.</summary>
    public static ReportTable Read(string csv)
    {
        var rows = CsvTable
            .Read(csv)
            .ToDictionary(row => row["model"], row => row, StringComparer.Ordinal);
        var folded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in rows.Keys)
        {
            folded.TryAdd(FoldedName.Of(name), name);
        }

        var bases = rows.ToDictionary(
            row => row.Key,
            row => BaseNames.Split(row.Value["base_model"], folded),
            StringComparer.Ordinal
        );
        return new(rows, bases, InWaves(rows.Keys, bases));
    }

    /// <summary>The report on a model.</summary>
    /// <param name="name">The name of its row.</param>
    /// <param name="ids">The ids of the models reported so far.</param>
    public ReportModel Report(string name, IReadOnlyDictionary<string, ModelId> ids)
    {
        var row = _rows[name];
        var sources = SourcesOf(row);
        return new()
        {
            Name = name,
            Developers = Several(row["organisation"], orElse: "not stated"),
            Countries = Several(row["country"]),
            PublishedOn = DayOf(row["publication_date"]),
            TrainingCompute = ComputeOf(
                row["training_flop"],
                row["flop_lower"],
                row["flop_upper"],
                row["confidence"]
            ),
            FinetuneCompute = ComputeOf(row["finetune_flop"], "", "", row["confidence"]),
            Parameters = TextOf(row["parameters"]),
            Accessibility = TextOf(row["accessibility"]),
            Hardware = TextOf(row["training_hardware"]),
            HardwareQuantity = TextOf(row["hardware_quantity"]),
            Domain = TextOf(row["domain"]),
            BaseModels =
            [
                .. _bases[name]
                    .Select(parent => new ReportedParent
                    {
                        Name = parent.Words,
                        Model =
                            parent.Row is { } known && ids.TryGetValue(known, out var id)
                                ? id
                                : null,
                    }),
            ],
            Sources = sources,
        };
    }

    private static List<PublicSource> SourcesOf(IReadOnlyDictionary<string, string> row)
    {
        List<PublicSource> sources =
        [
            new()
            {
                Title =
                    "Epoch AI, Parameter, Compute and Data Trends in Machine Learning, table "
                    + row["snapshot"],
                Url = "https://epoch.ai/data",
                Licence = "CC-BY-4.0",
            },
        ];
        foreach (var word in row["link"].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var url = word.TrimEnd(',', ';');
            if (url.StartsWith("https://", StringComparison.Ordinal) && url.Length <= 500)
            {
                sources.Add(new() { Title = "As linked by Epoch AI", Url = url });
            }
        }

        return sources;
    }

    // The table separates by a comma alone; a comma and a space belong to a name.
    private static string[] Several(string cell, string? orElse = null)
    {
        const string within = "\u0001";
        string[] names =
        [
            .. cell.Replace(", ", within, StringComparison.Ordinal)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => name.Replace(within, ", ", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
        return names.Length == 0 && orElse is not null ? [orElse] : names;
    }

    private static DateOnly? DayOf(string cell) =>
        DateOnly.TryParseExact(
            cell,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    private static ReportedText? TextOf(string cell) =>
        cell.Length == 0 ? null : new() { Value = cell, Source = 0 };

    private static ReportedCompute? ComputeOf(
        string figure,
        string low,
        string high,
        string confidence
    ) =>
        figure.Length + low.Length + high.Length == 0
            ? null
            : new()
            {
                Figure = FlopOf(figure),
                Low = FlopOf(low),
                High = FlopOf(high),
                Confidence = confidence.Length == 0 ? null : confidence,
                Source = 0,
            };

    // An operation is whole; a row of the table states a bound of 5.423 of them.
    private static Flop? FlopOf(string cell) =>
        cell.Length == 0 ? null
        : Flop.TryParse(cell, out var flop) ? flop
        : Flop.Of((UInt128)decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static List<IReadOnlyList<string>> InWaves(
        IEnumerable<string> names,
        Dictionary<string, IReadOnlyList<BaseNames.Named>> bases
    )
    {
        var left = names.ToList();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var waves = new List<IReadOnlyList<string>>();
        while (left.Count > 0)
        {
            var wave = left.Where(name =>
                    bases[name].All(parent => parent.Row is null || done.Contains(parent.Row))
                )
                .ToList();
            wave = wave.Count == 0 ? [left[0]] : wave;
            waves.Add(wave);
            done.UnionWith(wave);
            left.RemoveAll(done.Contains);
        }

        return waves;
    }
}
