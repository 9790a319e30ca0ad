using System.Globalization;
using System.Text;
using Concord.Acts;
using Xunit;

namespace Concord.Hosts.Stranger;

/// <summary>
/// The reader's own tables of Unicode against Python's: every assigned character, and sequences of
/// letters, marks and jamo. The platform cannot be asked, as it runs without ICU.
/// </summary>
public sealed class NormalisationTests
{
    [Fact]
    public void What_is_in_Form_C_for_Python_is_in_Form_C_for_acts()
    {
        var lines = Encoding
            .UTF8.GetString(PythonProgram.Run("normalisation.py", default))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.InRange(lines.Length, 200_000, 400_000);
        Assert.DoesNotContain(lines, line => Admits(Text(line)) != line.EndsWith(" 1", Ordinal));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Text(string line)
    {
        var text = new StringBuilder("1");
        foreach (var word in line.Split(' ')[..^1])
        {
            text.Append(new Rune(int.Parse(word, NumberStyles.HexNumber, null)).ToString());
        }

        return text.Append('1').ToString();
    }

    private static bool Admits(string text)
    {
        // Whatever JSON would escape is escaped, so that the text reaches the rule as it is.
        var json = string.Concat(
            text.Select(c => char.IsSurrogate(c) ? $"{c}" : $"\\u{(int)c:x4}")
        );
        var act =
            $$"""{"act":"registry/withdraw/1","target":"{{new ActId(3)}}","reason":"{{json}}"}""";
        var admitted = ActJson.TryParse(Encoding.UTF8.GetBytes(act), out _, out var fault);
        Assert.True(admitted || fault?.Rule is "not-normalised", $"{fault}");
        return admitted;
    }
}
