using Concord.Measures.Weights.Pairs;
using Spectre.Console;

namespace Concord.Cli.Scanning;

/// <summary>A scan as people read it.</summary>
internal static class ScanScreen
{
    private const int DigestShown = 12;

    /// <summary>Prints a report.</summary>
    public static void Say(Terminal terminal, ScanReport report)
    {
        if (terminal.IsJson)
        {
            return;
        }

        if (report.Rows.Count > 0)
        {
            terminal.Screen.Write(Table(report));
        }

        foreach (var unread in report.Unread)
        {
            terminal.Say(
                $"[red]✗[/] {ShownText.Of(unread.Name)} is not read: "
                    + ShownText.Of($"{unread.Reason}.")
            );
        }

        foreach (var row in report.Rows)
        {
            foreach (var note in row.Model.Notes)
            {
                terminal.Say($"[grey]{ShownText.Of($"{row.Model.Name}: {note}.")}[/]");
            }
        }

        SayFamilies(terminal, report);
        SaySwept(terminal, report);
        SayChecks(terminal, report);
        if (report.Rows.Count == 0 && report.Unread.Count == 0)
        {
            terminal.Say("[red]✗[/] There are no weights here.");
        }
    }

    /// <summary>What a row says about its model, on one line.</summary>
    public static string Verdict(ScanReport report, ScanRow row) =>
        row.Identified is { } said ? OfAuthority(said)
        : row.Nearest is { } nearest ? OfRelative(nearest)
        : row.Model.AdapterFor is { } claimed
            ? $"says that it is an adapter for {claimed}{Adds(row.Model)}"
        : !row.Model.HasEvidence ? "nothing in it to recognise it by"
        : report.References is { } count ? $"no evidence among {count} compared"
        : report.Rows.Count > 1 ? "no evidence among these"
        : "no authority was asked";

    /// <summary>A sign for what an authority says; none where none was asked.</summary>
    public static string Mark(ScanRow row) =>
        row.Identified?.Verdict switch
        {
            ScanVerdict.Barred => "[red]✗[/]",
            ScanVerdict.Registered => "[green]✓[/]",
            ScanVerdict.Derivative => "[yellow]![/]",
            ScanVerdict.Unknown => "[yellow]?[/]",
            _ => "",
        };

    private static string Adds(ScannedModel model) =>
        model.Difference is { } adds
            ? $"; it changes {adds.Factors.Count} matrices, each by a rank of at most "
                + $"{adds.Factors.Max(factor => factor.Rank)}"
            : "";

    private static Table Table(ScanReport report)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var heading in (string[])["model", "format", "weights", "digest"])
        {
            table.AddColumn(new TableColumn($"[grey]{heading}[/]").NoWrap());
        }

        table.AddColumn($"[grey]{(report.Authority is null ? "relative" : "standing")}[/]");
        foreach (var row in report.Rows)
        {
            var model = row.Model;
            var more = model.Files.Count > 1 ? $" ({model.Files.Count} files)" : "";
            table.AddRow(
                ShownText.Of(Short(model.Name) + more),
                $"{model.Format}".ToLowerInvariant(),
                Odds.Count(model.Fingerprint.Parameters),
                model.HasEvidence ? model.Weights.ToHex()[..DigestShown] : "",
                $"{Mark(row)} {ShownText.Of(Verdict(report, row))}".TrimStart()
            );
        }

        return table;
    }

    private static string OfAuthority(Identified said)
    {
        if (said.Best is not { } best)
        {
            return "unknown, which is never fine";
        }

        var name = $"{best.Name} {best.Subject}";
        var standing = best.Standing is "suspended" or "withdrawn" ? $", {best.Standing}" : "";
        return best.Verdict is "registered"
            ? $"{(best.IsGood ? "registered" : best.Standing)}: {name}"
                + (best.IsGood || standing.Length > 0 ? "" : ", not in good standing")
            : (
                best.SameWeights == true
                    ? $"copy of {name}{standing}"
                    : $"derivative of {name}{standing}"
            )
                + (
                    said.Suggestion is { Relation: not SuggestedRelation.Copy } suggestion
                        ? $"; {Odds.Say(suggestion.Relation)}"
                        : ""
                )
                + (best.Log10P is { } p && best.SameWeights != true ? $"; {Odds.Say(p)}" : "");
    }

    private static string OfRelative(Relative nearest) =>
        $"{Short(nearest.Other.Name)}: "
        + Odds.Verdict(nearest.Evidence, nearest.Equal)
        + (
            nearest.Suggestion is { Relation: not SuggestedRelation.Copy } suggestion
                ? $"; {Odds.Say(suggestion.Relation)}"
                : ""
        )
        + (
            nearest.Evidence.SameWeights ? ""
            : nearest.Equal is { IsMost: true } equal
                ? $"; {Odds.Percent(equal.Share)} in equal tensors"
            : $"; {Odds.Say(nearest.Evidence.Log10P)}"
        );

    private static void SayFamilies(Terminal terminal, ScanReport report)
    {
        if (report.Families is not { } families || report.Rows.Count < 2)
        {
            return;
        }

        terminal.Say("[bold]Families[/]");
        var number = 0;
        foreach (var family in families.Where(family => family.Count > 1))
        {
            terminal.Fact($"{++number}", Names(family));
        }

        foreach (var alone in families.Where(family => family.Count == 1))
        {
            terminal.Fact("alone", Names(alone));
        }

        terminal.Note("That no evidence was found is no proof of independence.");

        string Names(IReadOnlyList<int> family) =>
            ShownText.Of(string.Join(", ", family.Select(at => Short(report.Rows[at].Model.Name))));
    }

    private static void SaySwept(Terminal terminal, ScanReport report)
    {
        var swept = report.Rows.Select(row => row.Identified?.Swept).OfType<SweptRegister>();
        foreach (var says in swept.Select(one => one.Says).Distinct(StringComparer.Ordinal))
        {
            terminal.Note(says);
        }
    }

    private static void SayChecks(Terminal terminal, ScanReport report)
    {
        var open = report
            .Rows.SelectMany(row => row.Identified?.Checks ?? [])
            .Where(check => check.IsSo is null)
            .Select(check => check.Says)
            .Distinct(StringComparer.Ordinal);
        foreach (var says in open)
        {
            terminal.Note($"signature: {says}.");
        }
    }

    private static string Short(string name) => Path.GetFileName(name.TrimEnd('/'));
}
