using System.CommandLine;
using Concord.Cli.Scanning;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Adapters;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord compare</c>: whether two models were trained independently, with the evidence by
/// layer.
/// </summary>
internal static class CompareVerb
{
    private static readonly Argument<string[]> s_models = new("MODEL")
    {
        Description =
            "Two models; or one and two parents out of which it may be merged; or one, its base "
            + "and an adapter",
        Arity = new(2, 3),
    };

    private static readonly Option<FileInfo?> s_html = new("--html")
    {
        HelpName = "FILE",
        Description = "Write a page with the picture that can be shown and printed",
    };

    private static readonly Option<FileInfo?> s_svg = new("--svg")
    {
        HelpName = "FILE",
        Description = "Write the picture",
    };

    public static Command Create() =>
        new Command("compare", "Say whether two models were trained independently, and show why")
            .With(s_models, s_html, s_svg)
            .Does(CompareAsync);

    private static async Task<ExitCode> CompareAsync(Session session)
    {
        var words = session.Words.GetRequiredValue(s_models);
        using var scanner = new ModelScanner(session);
        var open = new List<IDisposable>();
        try
        {
            var models = new List<ScannedModel>();
            foreach (var word in words)
            {
                var (model, held) = await scanner.ReadOneAsync(word);
                open.Add(held);
                models.Add(model);
            }

            var adapter = Adapter(models);
            var comparisons = Pairs(models, adapter)
                .Select(pair => Comparison.Of(pair.Left, pair.Right, session.Cancel))
                .ToList();
            var made = adapter is var (adds, basis)
                ? AdapterMerge.Of(
                    adds.Difference!,
                    basis.Reading,
                    models[0].Reading,
                    session.Cancel
                )
                : null;
            var merge = adapter is null ? Merge(models, comparisons) : null;
            var isSo = made is null
                ? comparisons.TrueForAll(one => one.IsRelated)
                : made.IsMade && comparisons[0].IsRelated;
            var code = isSo ? ExitCode.Done : ExitCode.NotSo;
            await KeepAsync(session, comparisons[0]);
            Say(session.Terminal, comparisons, merge);
            if (made is not null)
            {
                ComparisonScreen.Say(
                    session.Terminal,
                    made,
                    Comparison.NameOf(models[0]),
                    Comparison.NameOf(adapter!.Value.Basis),
                    Comparison.NameOf(adapter.Value.Adds)
                );
            }

            session.Terminal.Json(json =>
                ComparisonScreen.Write(json, comparisons, merge, made, code)
            );
            return code;
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
    }

    // Of three, one of the last two may be an adapter, and the other its base.
    private static (ScannedModel Adds, ScannedModel Basis)? Adapter(List<ScannedModel> models) =>
        models is not [{ Difference: null }, var second, var third] ? null
        : second.Difference is null && third.Difference is not null ? (third, second)
        : second.Difference is not null && third.Difference is null ? (second, third)
        : null;

    private static IEnumerable<(ScannedModel Left, ScannedModel Right)> Pairs(
        List<ScannedModel> models,
        (ScannedModel Adds, ScannedModel Basis)? adapter
    ) =>
        adapter is var (adds, basis)
            ? [(models[0], basis), (adds, basis)]
            : models.Skip(1).Select(parent => (models[0], parent));

    private static RelationSuggestion? Merge(
        List<ScannedModel> models,
        List<Comparison> comparisons
    ) =>
        models.Count < 3
            ? null
            : RelationSuggestion.Merge(
                comparisons[0].Evidence,
                comparisons[1].Evidence,
                PairTest.Compare(models[1].Fingerprint, models[2].Fingerprint),
                Odds.Entries
            );

    private static void Say(
        Terminal terminal,
        List<Comparison> comparisons,
        RelationSuggestion? merge
    )
    {
        foreach (var comparison in comparisons)
        {
            ComparisonScreen.Say(terminal, comparison);
        }

        if (merge is not null)
        {
            terminal.Say(
                $"[yellow]![/] {ShownText.Of(comparisons[0].LeftName)} may be a merge of the two: "
                    + ShownText.Of(merge.Ground)
            );
        }
    }

    private static async Task KeepAsync(Session session, Comparison comparison)
    {
        if (session.Words.GetValue(s_html) is { } page)
        {
            await File.WriteAllTextAsync(
                page.FullName,
                ComparisonPicture.Html(comparison),
                session.Cancel
            );
        }

        if (session.Words.GetValue(s_svg) is { } picture)
        {
            await File.WriteAllTextAsync(
                picture.FullName,
                ComparisonPicture.Svg(comparison),
                session.Cancel
            );
        }
    }
}
