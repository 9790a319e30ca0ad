using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>The label of a state: colour, icon and word together.</summary>
public static class StateLabel
{
    /// <summary>The label with its usual word.</summary>
    public static Markup Of(StateKind kind) => Of(kind, Word(kind));

    /// <summary>The label with a word of the page's own.</summary>
    public static Markup Of(StateKind kind, string word) =>
        new Markup()
            .Open("span", ("class", $"c-state c-state--{Style(kind)}"))
            .Add(Icon(kind))
            .Text(word)
            .Close();

    /// <summary>The usual word.</summary>
    public static string Word(StateKind kind) =>
        kind switch
        {
            StateKind.Registered => Say("Registered"),
            StateKind.Reported => Say("Reported, not registered"),
            StateKind.Yes => Say("Yes"),
            StateKind.Due => Say("Due"),
            StateKind.Undetermined => Say("Undetermined"),
            StateKind.No => Say("No"),
            StateKind.NoFigure => Say("No figure"),
            StateKind.Suspended => Say("Suspended"),
            _ => Say("Failed"),
        };

    /// <summary>The icon, 16 by 16, in the current colour; nothing for ears.</summary>
    public static Markup Icon(StateKind kind) =>
        Shape(
                new Markup().Open(
                    "svg",
                    ("viewBox", "0 0 16 16"),
                    ("aria-hidden", "true"),
                    ("focusable", "false")
                ),
                kind
            )
            .Close();

    internal static string Style(StateKind kind) =>
        kind switch
        {
            StateKind.Registered => "registered",
            StateKind.Reported => "reported",
            StateKind.Yes or StateKind.Due => "due",
            StateKind.Undetermined => "undetermined",
            StateKind.No => "no",
            StateKind.NoFigure => "nofigure",
            StateKind.Suspended => "suspended",
            _ => "failed",
        };

    internal static Markup Shape(Markup svg, StateKind kind) =>
        kind switch
        {
            StateKind.Registered => Disc(svg)
                .Line("M4.5 8.2l2.4 2.4 4.6-4.9", "1.9", stroke: "var(--c-registered-bg)"),
            StateKind.Reported => svg.Line(
                    "M1 8c2-3.3 4.3-5 7-5s5 1.7 7 5c-2 3.3-4.3 5-7 5s-5-1.7-7-5z",
                    "1.7"
                )
                .Empty("circle", ("cx", "8"), ("cy", "8"), ("r", "2.3"), ("fill", "currentColor")),
            StateKind.Yes => svg.Line("M2 13.5h12M8 10.5V2.5M4.3 6L8 2.3 11.7 6", "1.9"),
            StateKind.Due => Ring(svg, null).Line("M8 4v4.3l3 1.8", "1.8"),
            StateKind.Undetermined => svg.Empty(
                    "path",
                    ("d", "M8 1.4a6.6 6.6 0 0 0 0 13.2z"),
                    ("fill", "currentColor")
                )
                .Line("M8 1.4a6.6 6.6 0 0 1 0 13.2", "1.8", dashes: "2.6 2"),
            StateKind.No => Ring(svg, null).Line("M4.8 8h6.4", "1.8"),
            StateKind.NoFigure => Ring(svg, "2 2.1"),
            StateKind.Suspended => Ring(svg, null).Line("M6.2 5v6M9.8 5v6", "1.9"),
            _ => svg.Line("M3.5 3.5l9 9M12.5 3.5l-9 9", "2.2"),
        };

    private static Markup Disc(Markup svg) =>
        svg.Empty("circle", ("cx", "8"), ("cy", "8"), ("r", "7"), ("fill", "currentColor"));

    private static Markup Ring(Markup svg, string? dashes) =>
        svg.Empty(
            "circle",
            ("cx", "8"),
            ("cy", "8"),
            ("r", "6.6"),
            ("fill", "none"),
            ("stroke", "currentColor"),
            ("stroke-width", "1.6"),
            ("stroke-dasharray", dashes)
        );

    private static Markup Line(
        this Markup svg,
        string path,
        string width,
        string? dashes = null,
        string stroke = "currentColor"
    ) =>
        svg.Empty(
            "path",
            ("d", path),
            ("fill", "none"),
            ("stroke", stroke),
            ("stroke-width", width),
            ("stroke-dasharray", dashes)
        );
}
