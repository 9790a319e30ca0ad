namespace Concord.Authority.Web.Tables;

/// <summary>Which laws a page shows when nobody chose.</summary>
public static class LawChoice
{
    private static readonly string[] s_first =
    [
        "eu-ai-act",
        "concord-default",
        "california-sb53",
        "new-york-raise",
    ];

    /// <summary>The usual laws first, then the others in the order of their adoption.</summary>
    public static IReadOnlyList<RegisterColumn> Default(IReadOnlyList<RegisterColumn> columns) =>
        [
            .. columns.OrderBy(column =>
                Array.IndexOf(s_first, column.Id) is var place and >= 0 ? place : s_first.Length
            ),
        ];
}
