namespace Concord.Bench.Ledger;

/// <summary>One line of a table of results.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">What came out, with its unit.</param>
/// <param name="Target">What is to be reached; null: nothing is asked.</param>
/// <param name="IsReached">Whether it was.</param>
/// <param name="Beside">The calibration of the same run that it is to be read beside.</param>
internal sealed record Figure(
    string What,
    string Value,
    string? Target = null,
    bool? IsReached = null,
    string Beside = ""
)
{
    /// <summary>Figures as a table in Markdown.</summary>
    public static IEnumerable<string> Table(IEnumerable<Figure> figures) =>
        [
            "| figure | measured | to reach | reached | beside it, in the same run |",
            "|---|---|---|---|---|",
            .. figures.Select(one =>
                $"| {one.What} | {one.Value} | {one.Target ?? "–"} | {one.Word} | {one.Beside} |"
            ),
        ];

    private string Word =>
        IsReached switch
        {
            true => "yes",
            false => "**no**",
            null => "–",
        };
}
