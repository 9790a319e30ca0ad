using System.Text;
using System.Text.RegularExpressions;

namespace Concord.Tests.Tidy;

/// <summary>A phrase of the site as it stands in the code.</summary>
/// <param name="One">Its English, with <c>{0}</c>, <c>{1}</c>… for values.</param>
/// <param name="Many">The same for several; null: it has no count.</param>
internal sealed record Phrase(string One, string? Many)
{
    /// <summary>The values that it has.</summary>
    public static IEnumerable<string> ValuesOf(string phrase) =>
        Regex
            .Matches(phrase, @"\{\d+\}", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(one => one.Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}

/// <summary>
/// Finds what the site says: the string literals that <c>Say</c>, <c>Plainly</c>, <c>Phrase</c>,
/// <c>Markup.Of</c> and <c>Speech.Count</c> are called with, in C# and in Razor alike; in scripts
/// <c>say</c>, <c>phrase</c> and <c>counted</c>.
/// </summary>
internal static partial class Phrases
{
    /// <summary>The phrases of C# or Razor.</summary>
    public static IEnumerable<Phrase> In(string code) => Of(code, Call());

    /// <summary>The phrases of a script.</summary>
    public static IEnumerable<Phrase> InScript(string code) => Of(code, ScriptCall());

    /// <summary>
    /// The texts of a script that read like a sentence and are said without <c>say</c>.
    /// </summary>
    public static IEnumerable<string> UnsaidIn(string code)
    {
        var said = InScript(code)
            .SelectMany(one => (string?[])[one.One, one.Many])
            .ToHashSet(StringComparer.Ordinal);
        return Sentence()
            .Matches(Comment().Replace(code, ""))
            .Select(one => one.Groups["text"].Value)
            .Where(text => !said.Any(one => one?.Contains(text, StringComparison.Ordinal) is true));
    }

    private static IEnumerable<Phrase> Of(string code, Regex calls)
    {
        foreach (Match call in calls.Matches(code))
        {
            var start = call.Index + call.Length;
            if (!call.Groups["count"].Success)
            {
                if (LiteralAt(code, start) is { } phrase)
                {
                    yield return new(phrase, null);
                }
            }
            else if (
                Arguments(code, start) is [_, var one, var many, ..]
                && LiteralAt(code, one) is { } phrase
            )
            {
                yield return new(phrase, LiteralAt(code, many));
            }
        }
    }

    /// <summary>
    /// The literals that are not said, those in the values of others too. What is in the calls that
    /// <paramref name="elsewhere"/> begins is for others than readers of pages.
    /// </summary>
    public static IEnumerable<string> Unsaid(string code, Regex elsewhere)
    {
        var said = Said(code);
        for (var at = 0; at < code.Length; )
        {
            if (elsewhere.Match(code, at) is { Success: true } call)
            {
                at = EndOf(code, at + call.Length) + 1;
            }
            else if (IsComment(code, at))
            {
                at = code.IndexOf('\n', at) is var end and >= 0 ? end : code.Length;
            }
            else if (!IsLiteral(code, at))
            {
                var depth = 0;
                at = Step(code, at, ref depth);
            }
            else
            {
                var text = new StringBuilder();
                var values = new List<Range>();
                var isSaid = said.Contains(at);
                at = Read(code, at, text, values);
                foreach (var one in values.SelectMany(value => Unsaid(code[value], elsewhere)))
                {
                    yield return one;
                }

                if (!isSaid)
                {
                    yield return text.ToString();
                }
            }
        }
    }

    // Where literals stand that are said.
    private static HashSet<int> Said(string code)
    {
        var said = new HashSet<int>();
        foreach (Match call in Call().Matches(code))
        {
            var start = call.Index + call.Length;
            foreach (var at in call.Groups["count"].Success ? Arguments(code, start) : [start])
            {
                LiteralAt(code, at, said);
            }
        }

        return said;
    }

    private static bool IsComment(string code, int at) =>
        code.AsSpan(at).StartsWith("//", StringComparison.Ordinal);

    // The text of literals that are joined by +; null: something else stands there.
    private static string? LiteralAt(string code, int at, HashSet<int>? starts = null)
    {
        var text = new StringBuilder();
        var values = new List<Range>();
        while (true)
        {
            at = Past(code, at);
            if (!IsLiteral(code, at))
            {
                return text.Length > 0 ? text.ToString() : null;
            }

            starts?.Add(at);
            at = Read(code, at, text, values);
            var next = Past(code, at);
            if (next >= code.Length || code[next] != '+')
            {
                return text.ToString();
            }

            at = next + 1;
        }
    }

    private static int Past(string code, int at)
    {
        while (at < code.Length && char.IsWhiteSpace(code[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsLiteral(string code, int at) =>
        at + 1 < code.Length
        && (code[at] == '"' || (code[at] == '$' && code[at + 1] == '"'))
        && !code.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal);

    // Reads one literal and gives the place after it.
    private static int Read(string code, int at, StringBuilder text, List<Range> values)
    {
        var hasValues = code[at] == '$';
        at += hasValues ? 2 : 1;
        while (code[at] != '"')
        {
            if (code[at] == '\\')
            {
                text.Append(code[at + 1] is 'n' ? '\n' : code[at + 1]);
                at += 2;
            }
            else if (hasValues && code[at] == '{')
            {
                var end = EndOf(code, at + 1);
                text.Append('{').Append(values.Count).Append('}');
                values.Add((at + 1)..end);
                at = end + 1;
            }
            else
            {
                text.Append(code[at++]);
            }
        }

        return at + 1;
    }

    /// <summary>Where the bracket stands that closes what is open at a place.</summary>
    public static int EndOf(string code, int at)
    {
        var depth = 0;
        while (depth > 0 || code[at] is not (')' or ']' or '}'))
        {
            at = Step(code, at, ref depth);
        }

        return at;
    }

    private static List<int> Arguments(string code, int at)
    {
        List<int> starts = [at];
        var depth = 0;
        while (depth > 0 || code[at] != ')')
        {
            if (depth == 0 && code[at] == ',')
            {
                starts.Add(at + 1);
            }

            at = Step(code, at, ref depth);
        }

        return starts;
    }

    /// <summary>The place after a literal, or after one character of code.</summary>
    public static int Step(string code, int at, ref int depth)
    {
        if (IsLiteral(code, at))
        {
            return Read(code, at, new(), []);
        }

        if (code.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal))
        {
            return code.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal) + 3;
        }

        if (code[at] == '\'' && at + 2 < code.Length && code[at + 2] == '\'')
        {
            return at + 3;
        }

        depth +=
            code[at] is '(' or '[' or '{' ? 1
            : code[at] is ')' or ']' or '}' ? -1
            : 0;
        return at + 1;
    }

    [GeneratedRegex(
        @"(?<![\w.])(?:Speech\.)?(?:Say|Plainly|Phrase)\(|Markup\s*\.Of\("
            + @"|(?<![\w.])Speech\.(?<count>Count)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"(?<![\w.])(?:say|phrase)\(|(?<![\w.])(?<count>counted)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ScriptCall();

    // A capital word with another or a value after it, or two words that end the text: no name of a
    // class, header or element is so.
    [GeneratedRegex(
        "[\"`](?<text>[A-Z][a-z]+ [a-z$][^\"`]*|[^\"`]*[a-z] [a-z]+[.:]?)[\"`]",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"/\*.*?\*/|(?<=^|\s)//[^\n]*",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Comment();
}
