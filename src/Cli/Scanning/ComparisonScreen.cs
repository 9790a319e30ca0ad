using System.Globalization;
using System.Text.Json;
using Concord.Authority.Web.Charts;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Adapters;
using Concord.Measures.Weights.Pairs;

namespace Concord.Cli.Scanning;

/// <summary>A comparison as people and programs read it.</summary>
internal static class ComparisonScreen
{
    private const int BarWidth = 24;

    /// <summary>Prints it.</summary>
    public static void Say(Terminal terminal, Comparison comparison)
    {
        var mark = comparison.IsRelated ? "[yellow]![/]" : "[grey]·[/]";
        terminal.Say($"{mark} [bold]{ShownText.Of(comparison.Verdict)}[/]");
        terminal.Say($"  {ShownText.Of(comparison.Because)}");
        if (comparison.Suggested is { } suggested)
        {
            terminal.Say($"  {ShownText.Of(suggested)}");
        }

        foreach (var (name, left, right) in Facts(comparison))
        {
            terminal.Fact(
                name,
                ShownText.Of(
                    string.Equals(left, right, StringComparison.Ordinal)
                        ? left
                        : $"{left} · {right}"
                )
            );
        }

        foreach (var layer in comparison.Evidence.Layers)
        {
            var share = AgreementChart.ShareOf(layer.Agreements, layer.Compared);
            var bar = new string('█', (int)Math.Round(share * BarWidth)).PadRight(BarWidth, '·');
            terminal.Fact(
                AgreementChart.NameOf(layer),
                $"{bar} {layer.Agreements} of {layer.Compared} units agree, "
                    + $"by chance {Chance(layer)}"
            );
        }
    }

    /// <summary>What is put side by side.</summary>
    public static IEnumerable<(string Name, string Left, string Right)> Facts(Comparison comparison)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        yield return ("format", Format(left), Format(right));
        yield return (
            "weights",
            Odds.Count(left.Fingerprint.Parameters),
            Odds.Count(right.Fingerprint.Parameters)
        );
        yield return ("bits each", Bits(left), Bits(right));
        yield return ("digest", Digest(left), Digest(right));
        yield return (
            "equal",
            $"{Odds.Percent(comparison.Equal.LeftShare)} of its bytes",
            $"{Odds.Percent(comparison.Equal.RightShare)} of its bytes"
        );
    }

    /// <summary>How many units agree by chance, at most.</summary>
    public static string Chance(LayerAgreement layer) =>
        layer.Expected.ToString(layer.Expected < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);

    /// <summary>Writes it (specs/scan.md).</summary>
    public static void Write(
        Utf8JsonWriter json,
        IReadOnlyList<Comparison> comparisons,
        RelationSuggestion? merge,
        AdapterMerge? adapter,
        ExitCode code
    )
    {
        json.WriteStartObject();
        json.WriteStartArray("comparisons");
        foreach (var comparison in comparisons)
        {
            Write(json, comparison);
        }

        json.WriteEndArray();
        if (merge is not null)
        {
            json.WriteStartObject("merge");
            ScanDocument.WriteSuggestion(json, merge);
            json.WriteEndObject();
        }

        if (adapter is not null)
        {
            Write(json, adapter);
        }

        json.WriteNumber("exit_code", (int)code);
        json.WriteEndObject();
    }

    /// <summary>Prints whether a model is a base with an adapter merged in.</summary>
    public static void Say(Terminal terminal, AdapterMerge merge, params string[] names)
    {
        var (mark, verdict) = merge.IsMade
            ? ("[yellow]![/]", $"{names[0]} is {names[1]} with {names[2]} merged in.")
            : ("[grey]·[/]", $"{names[0]} is not {names[1]} with {names[2]} merged in.");
        terminal.Say($"{mark} [bold]{ShownText.Of(verdict)}[/]");
        terminal.Say(
            $"  Of what differs in {merge.Compared} of the {merge.Matrices} matrices that it "
                + $"changes, {Odds.Percent(merge.Explained)} is what it adds"
                + (
                    merge is { IsMade: true, Scale: { } scale }
                        ? $", times {Factor(scale)} (its configuration says "
                            + $"{(merge.ClaimedScale is { } said ? Factor(said) : "nothing")})"
                        : ""
                )
                + $". Of the {merge.Others} other tensors {merge.OthersEqual} are equal."
        );
    }

    private static string Factor(double scale) =>
        scale.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, AdapterMerge merge)
    {
        json.WriteStartObject("adapter_merge");
        json.WriteBoolean("is_made", merge.IsMade);
        json.WriteNumber("matrices", merge.Matrices);
        json.WriteNumber("compared", merge.Compared);
        json.WriteNumber("explained", Math.Round(merge.Explained, 6));
        json.WriteNumber("change", Math.Round(merge.Change, 6));
        Write(json, "scale", merge.Scale);
        Write(json, "claimed_scale", merge.ClaimedScale);
        json.WriteNumber("others", merge.Others);
        json.WriteNumber("others_equal", merge.OthersEqual);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        var evidence = comparison.Evidence;
        json.WriteStartObject();
        json.WriteStartObject("left");
        ScanDocument.WriteModel(json, comparison.Left);
        json.WriteEndObject();
        json.WriteStartObject("right");
        ScanDocument.WriteModel(json, comparison.Right);
        json.WriteEndObject();
        json.WriteString("verdict", Odds.Verdict(evidence, comparison.Equal));
        ScanDocument.WriteLog10P(json, evidence.Log10P);
        json.WriteString("ground", Values.WordOf(evidence.Ground));
        json.WriteString("basis", Values.WordOf(evidence.Basis));
        json.WriteStartArray("layers");
        foreach (var layer in evidence.Layers)
        {
            json.WriteStartObject();
            json.WriteNumber("left", layer.Left);
            json.WriteNumber("right", layer.Right);
            json.WriteNumber("compared", layer.Compared);
            json.WriteNumber("agreements", layer.Agreements);
            json.WriteNumber("expected", Math.Round(layer.Expected, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("equal");
        json.WriteNumber("tensors", comparison.Equal.Tensors);
        json.WriteNumber("transposed", comparison.Equal.Transposed);
        json.WriteNumber("left_share", Math.Round(comparison.Equal.LeftShare, 4));
        json.WriteNumber("right_share", Math.Round(comparison.Equal.RightShare, 4));
        json.WriteEndObject();
        if (comparison.Adapter is var (side, fit))
        {
            json.WriteStartObject("adapter");
            json.WriteString("side", Values.WordOf(side));
            json.WriteNumber("matrices", fit.Matrices);
            json.WriteNumber("fitting", fit.Fitting);
            Write(json, "strength", fit.Strength);
            json.WriteEndObject();
        }

        json.WriteStartObject("suggestion");
        ScanDocument.WriteSuggestion(json, comparison.Suggestion);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Format(ScannedModel model) => $"{model.Format}".ToLowerInvariant();

    private static string Bits(ScannedModel model) =>
        (model.Fingerprint.SixteenthBits / 16.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Digest(ScannedModel model) =>
        model.HasEvidence ? $"{model.Weights}" : "nothing to recognise";
}
