using System.Text.RegularExpressions;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>
/// What a page says goes through <c>Say</c>, so that it stands in the resource files: no text, no
/// title and no label is written past it.
/// </summary>
public sealed partial class UnsaidTests
{
    /// <summary>Names, which no language translates, and the sections of the site.</summary>
    private static readonly string[] s_names =
    [
        "Breadcrumbs",
        "Concord",
        "Data on AI Models",
        "JSON Lines",
        "Laws",
        "Log",
        "Parquet",
        "Register",
        "Standing",
    ];

    /// <summary>
    /// Of <c>src/Authority/Web</c>, what is no page: feeds and the reference of the API speak
    /// English, and so does the rendering of law.
    /// </summary>
    private static readonly string[] s_elsewhere =
    [
        "src/Authority/Web/Feeds/",
        "src/Authority/Web/Languages/",
        "src/Authority/Web/Reference/",
        "src/Authority/Web/ConditionTree.cs",
        "src/Authority/Web/LawWords.cs",
    ];

    [Fact]
    public void Texts_and_labels_of_pages_are_said() =>
        None(
            Repository
                .With(".cshtml")
                .SelectMany(file =>
                    TextsOf(RazorPage.Read(Repository.Text(file)).Markup)
                        .Select(text => $"{file}: {text}")
                )
        );

    [Fact]
    public void Words_in_the_code_of_pages_are_said() =>
        None(
            Repository
                .With(".cshtml")
                .SelectMany(file =>
                    RazorPage
                        .Read(Repository.Text(file))
                        .Code.SelectMany(code => Phrases.Unsaid(code, Elsewhere()))
                        .Where(text =>
                            Words().IsMatch(text) && !s_names.Contains(text, StringComparer.Ordinal)
                        )
                        .Select(text => $"{file}: {text}")
                )
        );

    [Fact]
    public void Sentences_in_the_code_behind_pages_are_said() =>
        None(
            Repository
                .With(".cs")
                .Where(file =>
                    (
                        file.StartsWith("src/Authority/Pages/", StringComparison.Ordinal)
                        || file.StartsWith("src/Authority/Web/", StringComparison.Ordinal)
                    ) && !s_elsewhere.Any(start => file.StartsWith(start, StringComparison.Ordinal))
                )
                .SelectMany(file =>
                    Phrases
                        .Unsaid(Repository.Text(file), Elsewhere())
                        .Where(text => Sentence().IsMatch(text))
                        .Select(text => $"{file}: {text}")
                )
        );

    [Fact]
    public void A_bare_text_is_found_wherever_it_stands()
    {
        var page = RazorPage.Read(
            """
            @page "/x"
            @model XPage
            @{
                ViewData["Title"] = Model.IsWrong ? "Not so" : Say("So");
            }
            @* a comment *@
            @if (Model.Is)
            {
                var title = $"All of {Say("it")}";
                <p aria-label="@Say("A")">@Say($"{Linked("/y", "Some href")}") And @Model.Name</p>
            }
            else
            {<text>otherwise</text>}
            <input placeholder="Search"> <code>concord</code> <p class="c-cmd">key <i>KEY</i></p>
            """
        );
        Assert.Equal(
            ["And", "Search", "otherwise"],
            TextsOf(page.Markup).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["Not so", "All of {0}", "Some href"],
            page.Code.SelectMany(code => Phrases.Unsaid(code, Elsewhere()))
                .Where(text => Words().IsMatch(text))
        );
    }

    private static void None(IEnumerable<string> found) =>
        Assert.True(!found.Any(), string.Join('\n', found));

    // Texts between elements that are not code, and attributes that are read aloud or shown.
    private static IEnumerable<string> TextsOf(string markup)
    {
        var open = new Stack<(string Name, bool IsCode)>();
        var end = 0;
        foreach (Match tag in Tag().Matches(markup))
        {
            var text = markup[end..tag.Index].Trim();
            end = tag.Index + tag.Length;
            if (IsBare(text) && !open.Any(one => one.IsCode))
            {
                yield return text;
            }

            foreach (Match label in Label().Matches(tag.Groups["attributes"].Value))
            {
                if (IsBare(label.Groups["value"].Value))
                {
                    yield return label.Groups["value"].Value;
                }
            }

            var name = tag.Groups["name"].Value;
            if (tag.Value[1] == '/')
            {
                var isOpen = true;
                while (isOpen && open.TryPop(out var last))
                {
                    isOpen = !string.Equals(last.Name, name, StringComparison.Ordinal);
                }
            }
            else if (!Void().IsMatch(tag.Value))
            {
                open.Push(
                    (
                        name,
                        name is "pre" or "code" or "kbd"
                            || tag.Value.Contains("\"c-cmd", StringComparison.Ordinal)
                    )
                );
            }
        }
    }

    private static bool IsBare(string text) =>
        Word()
            .IsMatch(
                s_names.Aggregate(
                    text,
                    (rest, name) => rest.Replace(name, "", StringComparison.Ordinal)
                )
            );

    [GeneratedRegex(
        """</?(?<name>!?\w+)(?<attributes>(?:"[^"]*"|[^">])*)>""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();

    [GeneratedRegex(
        """(?<![\w-])(?:aria-label|alt|placeholder|title|word)="(?<value>[^"]*)["]""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Label();

    [GeneratedRegex("^<(?:!doctype|br|hr|img|input|link|meta)\\b|/>$", RegexOptions.None, 1000)]
    private static partial Regex Void();

    [GeneratedRegex(@"(?<![\w-])\p{L}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Word();

    // One word with a capital, or two words that are no styles and no command.
    [GeneratedRegex(
        @"^(?!concord |.*(?:govuk-|\bc-))(?:[A-Z][a-z]+$|.*\p{Ll}{2,}[,;:]? \p{Ll}{2,})",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Words();

    // A capital, and more words: what programs are told begins small.
    [GeneratedRegex(@"^(?:‘|“)?\p{Lu}\p{Ll}*,? \p{Ll}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Sentence();

    // Keys, faults that programs and operators are told, and what law says in its own language.
    [GeneratedRegex(
        @"\G(?:ViewData\[|this\.Fail\(|\w*Exception\(|new\(Problems\b|Prose\.Of\()",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Elsewhere();
}
