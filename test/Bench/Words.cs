using System.Globalization;

namespace Concord.Bench;

/// <summary>The options of a bench: names with whole numbers.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);

    private Words() { }

    /// <summary>The number of an option; null: it was not given.</summary>
    public int? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>Reads <c>--name number</c> pairs; null, and the usage printed, where they are not
    /// that.</summary>
    public static Words? Read(string[] args, string usage, params ReadOnlySpan<string> known)
    {
        var words = new Words();
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (
                !known.Contains(name)
                || i + 1 == args.Length
                || !int.TryParse(
                    args[i + 1],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var value
                )
            )
            {
                Console.Error.WriteLine(
                    $"usage: dotnet run -c Release --project test/Bench -- {usage}"
                );
                return null;
            }

            words._values[name] = value;
        }

        return words;
    }
}
