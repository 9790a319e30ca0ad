using Concord.Rooms;

namespace Concord.Authority.Web.Tables;

/// <summary>What is searched for, as lines are compared with it.</summary>
public sealed class SearchText
{
    private readonly string _folded;
    private readonly string[] _words;

    /// <summary>Reads it.</summary>
    public SearchText(string text)
    {
        _folded = FoldedName.Of(text);
        _words =
        [
            .. SearchWords
                .Of(text)
                .Select(word => SearchWords.IsNumber(word) ? $" {word} " : $" {word}"),
        ];
    }

    /// <summary>
    /// Whether name and makers have the text, or have all of its words in any order: numbers
    /// whole, other words by their beginning.
    /// </summary>
    public bool IsIn(RegisterLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Folded.Contains(_folded, StringComparison.Ordinal)
            || (
                _words.Length is > 1 and <= SearchWords.Max
                && Array.TrueForAll(
                    _words,
                    word => line.Words.Contains(word, StringComparison.Ordinal)
                )
            );
    }

    /// <summary>
    /// How well a line matches, 0 best: the name or a maker is it, the name begins with it, a maker
    /// does, it is somewhere in them, its words are.
    /// </summary>
    public int PlaceOf(RegisterLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var at = line.Folded.IndexOf(_folded, StringComparison.Ordinal);
        if (at < 0)
        {
            return 4;
        }

        var isName = at == 0;
        while (at > 0 && line.Folded[at - 1] != '|')
        {
            at = line.Folded.IndexOf(_folded, at + 1, StringComparison.Ordinal);
        }

        var end = at + _folded.Length;
        return at < 0 ? 3
            : end == line.Folded.Length || line.Folded[end] == '|' ? 0
            : isName ? 1
            : 2;
    }
}
