using Concord.Acts;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Microsoft.AspNetCore.WebUtilities;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Tables;

/// <summary>What a reader asks of the register; the address is the question.</summary>
public sealed record RegisterQuestion
{
    /// <summary>The longest text that is searched for.</summary>
    public const int SearchMax = 200;

    /// <summary>Rows on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Columns at once; more do not fit on a sheet of paper.</summary>
    public const int ColumnsMax = 4;

    /// <summary>Part of a name or of a developer's name; empty: all.</summary>
    public string Search { get; init; } = "";

    /// <summary><c>registered</c>, <c>reported</c> or empty: both.</summary>
    public string Status { get; init; } = "";

    /// <summary>The law that <see cref="Answer"/> is about; empty: the first shown.</summary>
    public string Law { get; init; } = "";

    /// <summary>The laws that are shown; empty: a choice of the site.</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>Only models with this answer; null: all.</summary>
    public StateKind? Answer { get; init; }

    /// <summary>Only models that may put this out; empty: all.</summary>
    public string Modality { get; init; } = "";

    /// <summary>The order; <see cref="Usual"/> where nobody chose.</summary>
    public RegisterOrder Order
    {
        get => Chosen ?? Usual;
        init => Chosen = value;
    }

    /// <summary>The order where nobody chose: what is searched for comes first.</summary>
    public RegisterOrder Usual => Search.Length > 0 ? RegisterOrder.Match : RegisterOrder.Compute;

    private RegisterOrder? Chosen { get; init; }

    /// <summary>The model after which the page begins; null: from the first.</summary>
    public ModelId? After { get; init; }

    /// <summary>The wire words of the answers, in their order.</summary>
    public static IReadOnlyDictionary<string, StateKind> AnswerWords { get; } =
        new OrderedDictionary<string, StateKind>(StringComparer.Ordinal)
        {
            ["yes"] = StateKind.Yes,
            ["undetermined"] = StateKind.Undetermined,
            ["no"] = StateKind.No,
            ["no-figure"] = StateKind.NoFigure,
        };

    /// <summary>The wire words of the orders, and how the page says them.</summary>
    public static IReadOnlyDictionary<
        string,
        (RegisterOrder Order, string Says)
    > OrderWords { get; } =
        new OrderedDictionary<string, (RegisterOrder, string)>(StringComparer.Ordinal)
        {
            ["compute"] = (RegisterOrder.Compute, Phrase("by compute, largest first")),
            ["date"] = (RegisterOrder.Date, Phrase("by publication, newest first")),
            ["name"] = (RegisterOrder.Name, Phrase("by name")),
            ["filed"] = (RegisterOrder.Filed, Phrase("by filing, newest first")),
            ["match"] = (RegisterOrder.Match, Phrase("best match first")),
        };

    /// <summary>
    /// Reads a question. What is not understood is a fault in words, never a guess.
    /// </summary>
    public static RegisterQuestion? Read(
        IQueryCollection query,
        RegisterTable table,
        out string? fault
    )
    {
        string Of(string name) => query[name].ToString().Trim();
        var (search, status, law) = (Of("search"), Of("status"), Of("law"));
        var (answer, modality, sort, before) = (
            Of("answer"),
            Of("modality"),
            Of("sort"),
            Of("before")
        );
        var laws = query["laws"].OfType<string>().Where(one => one.Length > 0).ToList();
        var after = 0L;
        fault =
            search.Length > SearchMax ? $"search is at most {SearchMax} characters"
            : status is not ("" or "registered" or "reported") ? "status is registered or reported"
            : laws.Prepend(law).FirstOrDefault(one => one.Length > 0 && table.Column(one) is null)
                is { } unknown
                ? $"{unknown} is no rulebook with a column here; /laws lists them"
            : answer.Length > 0 && !AnswerWords.ContainsKey(answer)
                ? "answer is yes, undetermined, no or no-figure"
            : modality.Length > 0 && RegisterLine.ModalityBit(modality) == 0
                ? $"modality is one of {string.Join(", ", RegisterLine.ModalityWords)}"
            : sort.Length > 0 && !OrderWords.ContainsKey(sort)
                ? "sort is compute, date, name, filed or match"
            : before.Length > 0 && !ShortId.TryParse(before, ModelId.Letter, out after)
                ? "before is the id of a model"
            : null;
        return fault is not null
            ? null
            : new()
            {
                Search = search,
                Status = status,
                Law = law,
                Laws = laws,
                Answer = answer.Length == 0 ? null : AnswerWords[answer],
                Modality = modality,
                Chosen = sort.Length == 0 ? null : OrderWords[sort].Order,
                After = before.Length == 0 ? null : new ModelId(after),
            };
    }

    /// <summary>The address of the question.</summary>
    public string Href
    {
        get
        {
            List<KeyValuePair<string, string?>> parts = [];
            void Add(string name, string value)
            {
                if (value.Length > 0)
                {
                    parts.Add(new(name, value));
                }
            }

            Add("search", Search);
            Add("status", Status);
            Add("law", Law);
            Add("answer", Answer is { } one ? AnswerWords.First(a => a.Value == one).Key : "");
            Add("modality", Modality);
            foreach (var law in Laws)
            {
                Add("laws", law);
            }

            Add("sort", Order == Usual ? "" : OrderWords.First(o => o.Value.Order == Order).Key);
            Add("before", After?.ToString() ?? "");
            return "/register" + QueryString.Create(parts);
        }
    }

    /// <summary>The address of the same question as data.</summary>
    public string JsonHref => QueryHelpers.AddQueryString(Href, "format", "json");

    /// <summary>The address of all that the question finds, in its order, as a file.</summary>
    /// <param name="format"><c>csv</c>, <c>jsonl</c> or <c>parquet</c>.</param>
    public string ExportHref(string format)
    {
        var all = this with { After = null, Laws = [] };
        var query = all.Href["/register".Length..];
        // Without a question the file is the register by its ids.
        return $"/export/register.{format}"
            + (
                query.Length > 0
                    ? query
                    : $"?sort={OrderWords.First(o => o.Value.Order == Order).Key}"
            );
    }

    /// <summary>
    /// The place among the lines that fit at which the page begins; -1: the model after which it
    /// begins is not among them.
    /// </summary>
    public int StartIn(IReadOnlyList<RegisterLine> found)
    {
        if (After is not { } after)
        {
            return 0;
        }

        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Id == after)
            {
                return i + 1;
            }
        }

        return -1;
    }

    /// <summary>The laws that are shown, the one that is asked about first.</summary>
    public IReadOnlyList<RegisterColumn> Columns(RegisterTable table)
    {
        IEnumerable<RegisterColumn> chosen =
            Laws.Count > 0
                ? Laws.Select(table.Column).OfType<RegisterColumn>()
                : LawChoice.Default(table.Columns);
        return table.Column(Law) is { } first
            ? [.. chosen.Where(one => one != first).Prepend(first).Take(ColumnsMax)]
            : [.. chosen.Distinct().Take(ColumnsMax)];
    }

    /// <summary>
    /// The lines that fit; where nothing is called what is searched for, those that are near.
    /// </summary>
    public RegisterFound Answered(RegisterTable table)
    {
        var fit = Find(table);
        if (fit.Count > 0 || Search.Length == 0)
        {
            return new(fit, IsNear: false);
        }

        // A name that exists, but for the filters, is not misspelt.
        var near =
            new RegisterQuestion { Search = Search }
                .Find(table)
                .Count > 0
                ? []
                : table.Near.Find(Search);
        if (near.Count == 0)
        {
            return new([], IsNear: false);
        }

        var those = near.ToHashSet();
        var filtered = (this with { Search = "" }).Find(table).Where(those.Contains).ToHashSet();
        return new(
            [
                .. (Order is RegisterOrder.Match ? near : table.Lines(Order)).Where(
                    filtered.Contains
                ),
            ],
            IsNear: filtered.Count > 0
        );
    }

    /// <summary>The lines that fit.</summary>
    public IReadOnlyList<RegisterLine> Find(RegisterTable table)
    {
        var lines = table.Lines(Order);
        var text = FoldedName.Of(Search);
        var wanted = new SearchText(Search);
        var columns = Columns(table);
        var bit = RegisterLine.ModalityBit(Modality);
        if (text.Length == 0 && Search.Length > 0)
        {
            return [];
        }

        if (text.Length == 0 && Status.Length == 0 && Answer is null && bit == 0)
        {
            return lines;
        }

        var registered = Status is "registered";
        var found = lines.Where(line =>
            (Status.Length == 0 || line.IsRegistered == registered)
            && (Answer is not { } answer || line.Answer(columns[0]) == answer)
            && (bit == 0 || (line.Modalities & bit) != 0)
            && (text.Length == 0 || wanted.IsIn(line))
        );
        return
        [
            .. Order is RegisterOrder.Match && text.Length > 0
                ? found.OrderBy(wanted.PlaceOf)
                : found,
        ];
    }
}
