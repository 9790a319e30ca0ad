using System.CommandLine;
using Concord.Cli.Scanning;
using Concord.Measures.Weights;
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
        Description = "Two models; or one and two parents out of which it may be merged",
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

            var comparisons = models
                .Skip(1)
                .Select(parent => Comparison.Of(models[0], parent, session.Cancel))
                .ToList();
            var merge = Merge(models, comparisons);
            var code = comparisons.TrueForAll(one => one.IsRelated)
                ? ExitCode.Done
                : ExitCode.NotSo;
            await KeepAsync(session, comparisons[0]);
            Say(session.Terminal, comparisons, merge);
            session.Terminal.Json(json => ComparisonScreen.Write(json, comparisons, merge, code));
            return code;
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
    }

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
