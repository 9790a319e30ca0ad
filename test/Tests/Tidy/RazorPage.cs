using System.Text;
using System.Text.RegularExpressions;

namespace Concord.Tests.Tidy;

/// <summary>
/// A Razor page taken apart: what it writes as it stands, and its C#. It knows as much of Razor as
/// the pages of this site use.
/// </summary>
internal sealed partial class RazorPage
{
    private readonly string _page;
    private readonly StringBuilder _markup = new();
    private readonly List<string> _code = [];
    private int _at;

    private RazorPage(string page) => _page = page;

    /// <summary>The elements and texts, without any C#.</summary>
    public string Markup => _markup.ToString();

    /// <summary>The C#, piece by piece.</summary>
    public IReadOnlyList<string> Code => _code;

    /// <summary>Takes a page apart.</summary>
    public static RazorPage Read(string page)
    {
        var razor = new RazorPage(page);
        while (razor._at < page.Length)
        {
            razor.Next();
        }

        return razor;
    }

    private void Next()
    {
        if (Skip(Comment()) || Skip(Directive()) || (IsAtStart() && Skip(Else())))
        {
            return;
        }

        if (IsAtStart() && Find(Statement()) is not null)
        {
            Take(EndOfStatement(_at));
        }
        else if (Find(Head()) is { } head && (head.Value[0] == '@' || IsAtStart()))
        {
            _at += head.Length;
            Take(Phrases.EndOf(_page, _at));
            _at++;
        }
        else if (Find(Expression()) is { } expression)
        {
            Take(EndOfExpression(_at + expression.Length));
        }
        else if (_page[_at] is '{' or '}')
        {
            _at++;
        }
        else
        {
            _markup.Append(_page[_at++]);
        }
    }

    private Match? Find(Regex what) =>
        what.Match(_page, _at) is { Success: true } found ? found : null;

    private bool Skip(Regex what)
    {
        var found = Find(what);
        _at += found?.Length ?? 0;
        return found is not null;
    }

    private void Take(int end)
    {
        _code.Add(_page[_at..end]);
        _at = end;
    }

    // Whether nothing stands before this place on its line but a brace.
    private bool IsAtStart()
    {
        var line = _page.LastIndexOf('\n', Math.Max(_at - 1, 0)) + 1;
        return _page[line.._at].All(one => one is ' ' or '{' or '}');
    }

    private int EndOfStatement(int at)
    {
        var depth = 0;
        while (depth > 0 || _page[at] != ';')
        {
            at = Phrases.Step(_page, at, ref depth);
        }

        return at + 1;
    }

    private int EndOfExpression(int at)
    {
        while (at < _page.Length)
        {
            if (_page[at] is '(' or '[')
            {
                at = Phrases.EndOf(_page, at + 1) + 1;
            }
            else if (Member().Match(_page, at) is { Success: true } member)
            {
                at += member.Length;
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    [GeneratedRegex(@"\G@\*.*?\*@", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\G@(?:(?:page|model|using|inject|namespace|\w+TagHelper)\b[^\n]*|section \w+)",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Directive();

    [GeneratedRegex(@"\G(?:var|const|private)\s", RegexOptions.None, 1000)]
    private static partial Regex Statement();

    [GeneratedRegex(
        @"\G(?:@\{|@\(|@functions\s*\{|@?(?:else\s+)?(?:if|foreach|for|switch)\s*\()",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Head();

    [GeneratedRegex(@"\Gelse\b(?!\s+if\b)", RegexOptions.None, 1000)]
    private static partial Regex Else();

    [GeneratedRegex(@"\G@(?:await\s+)?\w+", RegexOptions.None, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\G[!?]?\.\w+", RegexOptions.None, 1000)]
    private static partial Regex Member();
}
