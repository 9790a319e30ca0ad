using System.Globalization;
using System.Text;
using Concord.Acts;
using Concord.Authority.Web.Languages;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>
/// Every string of the site stands in a resource file: <c>concord.pot</c> has the English, out of
/// the code; the catalogues have what was translated of it.
/// </summary>
public sealed class PhraseTests
{
    private const string Folder = "src/Authority/Web/Languages";
    private const string Scripts = "src/Authority/Web/Scripts/";

    /// <summary>Of the pages that are translated, and of what stands around all pages.</summary>
    private static readonly string[] s_translated =
    [
        .. LanguageAddress.Translated.SelectMany(page =>
            (string[])
                [
                    $"src/Authority/Pages{page}.",
                    $"src/Authority/Pages{page}Page.",
                    $"src/Authority/Pages{page}Model.",
                ]
        ),
        "src/Authority/Notices/",
        "src/Authority/Pages/HomePage",
        "src/Authority/Pages/OfficerPage",
        "src/Authority/Pages/Shared/_Due",
        "src/Authority/Pages/Shared/_Law",
        "src/Authority/Pages/Shared/_Layout",
        "src/Authority/Pages/Shared/_NoOfficer",
        "src/Authority/Pages/Shared/_Script",
        "src/Authority/Pages/Shared/_Sign",
        "src/Authority/Pages/Shared/_Wordmark",
        "src/Authority/Pages/SigningPage",
        "src/Authority/Web/",
        "src/Acts/ActTable.cs",
    ];

    private static readonly Lazy<SortedDictionary<string, (Phrase Phrase, List<string> In)>> s_all =
        new(Collect);

    [Fact]
    public void Every_phrase_stands_in_the_template() =>
        Golden.MatchesFile($"{Folder}/concord.pot", Template());

    [Theory]
    [InlineData("fr", 2)]
    [InlineData("ar", 6)]
    public void A_catalogue_has_what_is_said_on_translated_pages(string tag, int forms)
    {
        var catalogue = Catalogue.Read(
            File.ReadAllText(Path.Combine(Golden.Root, Folder, $"{tag}.po"))
        );
        var needed = s_all.Value.Values.Where(one => one.In.Exists(IsTranslated)).ToList();
        var english = needed.Select(one => one.Phrase.One);
        Assert.Empty(english.Except(catalogue.Keys, StringComparer.Ordinal));
        Assert.Empty(catalogue.Keys.Except(s_all.Value.Keys, StringComparer.Ordinal));
        Assert.Empty(
            from one in needed
            let said = catalogue[one.Phrase.One]
            where
                said.Count != (one.Phrase.Many is null ? 1 : forms)
                || said.Any(form => !HasValues(form, one.Phrase))
            select one.Phrase.One
        );
    }

    [Fact]
    public void A_phrase_is_found_whole_with_its_values_in_their_order() =>
        Assert.Equal(
            [
                new Phrase("a {0} b {1} c", null),
                new("one", null),
                new("{0} act", "{0} acts"),
                new("it's \"x\"", null),
            ],
            Phrases.In(
                """
                Markup.Of($"a {F("}", x)} " + $"b {y[0]} c").Text(Say("one"));
                Speech.Count(list.Count(a => a > 1), "{0} act", "{0} acts");
                Plainly("it's \"x\"") + Say(variable) + names.Say("not the site's");
                """
            )
        );

    [Fact]
    public void A_phrase_of_a_script_is_found_whole_and_one_that_is_not_said_is_found_too()
    {
        const string Script = """
            // It says "This is no phrase" to nobody.
            find("said").textContent = counted(all.length, "{0} row", "{0} rows", [1, 2]);
            tell(say("{0} is " + "sent.", file.name), phrase("Is told"));
            row.className = "govuk-button govuk-button--secondary";
            throw new Error(`Line ${row.line} is wrong`, "Nothing was filed.");
            """;
        Assert.Equal(
            [new("{0} row", "{0} rows"), new Phrase("{0} is sent.", null), new("Is told", null)],
            Phrases.InScript(Script)
        );
        Assert.Equal(["Line ${row.line} is wrong", "Nothing was filed."], Phrases.UnsaidIn(Script));
    }

    [Fact]
    public void A_script_says_every_sentence_as_a_phrase() =>
        Assert.Equal(
            // A header, which nobody reads.
            ["request.js: Concord ${base64url(signed)}"],
            from file in Repository.With(".js")
            where file.StartsWith(Scripts, StringComparison.Ordinal)
            from text in Phrases.UnsaidIn(File.ReadAllText(Path.Combine(Golden.Root, file)))
            select $"{file[Scripts.Length..]}: {text}"
        );

    // A form for one, two or none may say the count in words.
    private static bool HasValues(string form, Phrase phrase) =>
        phrase.Many is null
            ? Phrase.ValuesOf(form).SequenceEqual(Phrase.ValuesOf(phrase.One))
            : Phrase
                .ValuesOf(form)
                .Append("{0}")
                .ToHashSet(StringComparer.Ordinal)
                .SetEquals(Phrase.ValuesOf(phrase.Many).Append("{0}"));

    private static bool IsTranslated(string file) =>
        s_translated.Any(start => file.StartsWith(start, StringComparison.Ordinal));

    private static string Template()
    {
        var text = new StringBuilder(
            """
            msgid ""
            msgstr ""
            "Project-Id-Version: Concord\n"
            "Content-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: 8bit\n"

            """
        );
        foreach (var (phrase, files) in s_all.Value.Values)
        {
            text.Append($"\n#: {string.Join(' ', files.Select(one => one["src/".Length..]))}\n");
            text.Append($"msgid {Quoted(phrase.One)}\n");
            text.Append(
                phrase.Many is { } many
                    ? $"msgid_plural {Quoted(many)}\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
                    : "msgstr \"\"\n"
            );
        }

        return text.ToString();
    }

    private static string Quoted(string text)
    {
        var inner = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"\"{inner}\"";
    }

    private static SortedDictionary<string, (Phrase Phrase, List<string> In)> Collect()
    {
        var all = new SortedDictionary<string, (Phrase Phrase, List<string> In)>(
            StringComparer.Ordinal
        );
        void Add(Phrase phrase, string file)
        {
            if (!phrase.One.Any(char.IsLetter) && phrase.One is not (", " or "; " or "{0}: {1}"))
            {
                return;
            }

            if (!all.TryGetValue(phrase.One, out var known) || known.Phrase.Many is null)
            {
                all[phrase.One] = (phrase, known.In ?? []);
            }

            if (!all[phrase.One].In.Contains(file, StringComparer.Ordinal))
            {
                all[phrase.One].In.Add(file);
            }
        }

        foreach (
            var file in Repository
                .With(".cs", ".cshtml", ".js")
                .Where(file =>
                    file.StartsWith("src/Authority/", StringComparison.Ordinal)
                    && !file.StartsWith(Folder, StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        )
        {
            var code = File.ReadAllText(Path.Combine(Golden.Root, file));
            var isScript = file.EndsWith(".js", StringComparison.Ordinal);
            foreach (var phrase in isScript ? Phrases.InScript(code) : Phrases.In(code))
            {
                Add(phrase, file);
            }
        }

        var days = CultureInfo.InvariantCulture.DateTimeFormat;
        foreach (var month in days.MonthNames.Concat(days.AbbreviatedMonthNames))
        {
            Add(new(month, null), $"{Folder}/Language.cs");
        }

        foreach (var type in ActTable.Rows)
        {
            Add(new(type.Says, null), "src/Acts/ActTable.cs");
        }

        return all;
    }
}
