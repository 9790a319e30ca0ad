using Xunit;

namespace Concord.Tests;

/// <summary>The vectors that a page of <c>specs/</c> gives, by name.</summary>
internal sealed class SpecVectors
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private SpecVectors() { }

    /// <summary>The value of a vector.</summary>
    public string this[string name] => _values[name];

    /// <summary>The bytes of a vector in hexadecimal.</summary>
    public byte[] Bytes(string name) => Convert.FromHexString(_values[name]);

    /// <summary>The vectors whose names begin so.</summary>
    public IEnumerable<(string End, string Value)> Starting(string start) =>
        _values
            .Where(one => one.Key.StartsWith(start, StringComparison.Ordinal))
            .Select(one => (one.Key[start.Length..], one.Value));

    /// <summary>Reads the blocks of a page that are marked as vectors.</summary>
    public static SpecVectors Of(string page)
    {
        var vectors = new SpecVectors();
        var isInside = false;
        foreach (var line in File.ReadLines(Path.Combine(Golden.Root, "specs", page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = string.Equals(line, "```vectors", StringComparison.Ordinal);
            }
            else if (isInside)
            {
                var words = line.Split(' ');
                Assert.Equal(2, words.Length);
                vectors._values.Add(words[0], words[1]);
            }
        }

        Assert.NotEmpty(vectors._values);
        return vectors;
    }
}
