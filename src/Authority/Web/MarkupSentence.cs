using System.Runtime.CompilerServices;
using System.Text;
using Concord.Authority.Web.Languages;
using Concord.Measures;

namespace Concord.Authority.Web;

/// <summary>
/// Lets a sentence with figures be written as one interpolated string: a <see cref="Flop"/> becomes
/// a number with a real superscript, markup stays markup, all else is encoded text. Where another
/// language is spoken, its catalogue has the sentence by its English, with <c>{0}</c>, <c>{1}</c>…
/// for the values, which may stand there in another order.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupSentence
{
    private readonly Markup _markup = new();
    private readonly StringBuilder? _english;
    private readonly List<Markup>? _values;

    /// <summary>A sentence; called by the compiler.</summary>
    public MarkupSentence(int literalLength, int formattedCount)
    {
        if (Language.Current != Language.English)
        {
            _english = new(literalLength + (formattedCount * 3));
            _values = new(formattedCount);
        }
    }

    /// <summary>Text of the sentence itself.</summary>
    public void AppendLiteral(string value)
    {
        _markup.Text(value);
        _english?.Append(value);
    }

    /// <summary>A number of operations with three digits.</summary>
    public void AppendFormatted(Flop value) => AppendFormatted(new Markup().Figure(value));

    /// <summary>Markup as it is.</summary>
    public void AppendFormatted(Markup? value)
    {
        _markup.Add(value);
        if (_values is { } values)
        {
            _english!.Append('{').Append(values.Count).Append('}');
            values.Add(value ?? new());
        }
    }

    /// <summary>Anything else, as encoded text.</summary>
    public void AppendFormatted<T>(T value) => Append(value?.ToString());

    /// <summary>A value with a format, as encoded text.</summary>
    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => Append(value.ToString(format, Language.Current.Culture));

    // English, in which most is said, has no use for a value apart from its sentence.
    private void Append(string? value)
    {
        if (_values is null)
        {
            _markup.Text(value);
        }
        else
        {
            AppendFormatted(Markup.Words(value ?? ""));
        }
    }

    internal Markup Done() =>
        _values is { } values && Language.Current.Catalogue.Find($"{_english}") is { } phrase
            ? Filled(phrase, values)
            : _markup;

    private static Markup Filled(string phrase, List<Markup> values)
    {
        var markup = new Markup();
        var rest = phrase.AsSpan();
        while (
            rest.IndexOf('{') is var open and >= 0
            && rest[open..].IndexOf('}') is var length and > 0
        )
        {
            markup.Text(rest[..open].ToString());
            markup.Add(values[int.Parse(rest.Slice(open + 1, length - 1), provider: null)]);
            rest = rest[(open + length + 1)..];
        }

        return markup.Text(rest.ToString());
    }
}
