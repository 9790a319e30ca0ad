using System.Runtime.CompilerServices;
using Concord.Measures;

namespace Concord.Authority.Web;

/// <summary>
/// Lets a sentence with figures be written as one interpolated string: a <see cref="Flop"/> becomes
/// a number with a real superscript, markup stays markup, all else is encoded text.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupSentence
{
    private readonly Markup _markup;

    /// <summary>A sentence; called by the compiler.</summary>
    public MarkupSentence(int literalLength, int formattedCount) => _markup = new();

    /// <summary>Text of the sentence itself.</summary>
    public void AppendLiteral(string value) => _markup.Text(value);

    /// <summary>A number of operations with three digits.</summary>
    public void AppendFormatted(Flop value) => _markup.Figure(value);

    /// <summary>Markup as it is.</summary>
    public void AppendFormatted(Markup? value) => _markup.Add(value);

    /// <summary>Anything else, as encoded text.</summary>
    public void AppendFormatted<T>(T value) => _markup.Text(value?.ToString());

    /// <summary>A value with a format, as encoded text.</summary>
    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => _markup.Text(value.ToString(format, null));

    internal Markup Done() => _markup;
}
