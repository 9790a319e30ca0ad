using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Measures.Weights.Formats;

/// <summary>
/// The parts of a GGUF that was split: each says its number, and the names are a rule.
/// </summary>
internal static partial class GgufSplit
{
    private const string Pattern = @"^(?<name>.*)-(?<part>[0-9]{5})-of-(?<count>[0-9]{5})\.gguf$";

    /// <summary>How many parts a file says there are: one, where it is whole.</summary>
    public static int Parts(WeightsContents part) => Number(part, "split.count") ?? 1;

    /// <summary>All parts together.</summary>
    /// <param name="file">One part.</param>
    /// <param name="part">What it holds.</param>
    /// <param name="beside">Opens a file in its folder.</param>
    public static WeightsContents Set(
        ByteSource file,
        WeightsContents part,
        Func<string, ByteSource?> beside
    )
    {
        var count = Parts(part);
        var name = PartName().Match(Words.FileName(file.Name));
        var isNamed = name.Success && IsSame(name.Groups["count"].Value, Five(count));
        if (!isNamed || count > ReaderLimits.FilesOfSet)
        {
            throw new WeightsFault(
                file.Name,
                "key \"split.count\"",
                $"it is one of {count} parts, and its name does not end in -00001-of-{Five(count)}"
                    + ".gguf or the like, so that the others are not known"
            );
        }

        var set = new WeightsSet(file.Name, []);
        for (var i = 1; i <= count; i++)
        {
            var other = $"{name.Groups["name"].Value}-{Five(i)}-of-{Five(count)}.gguf";
            var isThis = IsSame(name.Groups["part"].Value, Five(i));
            var source = isThis ? file : beside(other);
            if (source is null)
            {
                throw new WeightsFault(
                    file.Name,
                    "key \"split.count\"",
                    $"part {i} of {count}, {Words.Quoted(other)}, is not beside it"
                );
            }

            var contents = isThis ? part : GgufReader.Read(source);
            if (Number(contents, "split.no") != i - 1 || Parts(contents) != count)
            {
                throw new WeightsFault(
                    source.Name,
                    "key \"split.no\"",
                    $"by its name it is part {i} of {count}, and it says something else"
                );
            }

            set.Add(contents);
        }

        if (Number(part, "split.tensors.count") is { } total && total != set.Tensors.Count)
        {
            throw new WeightsFault(
                file.Name,
                "key \"split.tensors.count\"",
                $"{total} tensors are announced and the parts hold {set.Tensors.Count}"
            );
        }

        return set.Contents;
    }

    private static int? Number(WeightsContents part, string key) =>
        int.TryParse(
            part.Claims.GetValueOrDefault(key),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal);

    private static string Five(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    [GeneratedRegex(Pattern, RegexOptions.NonBacktracking)]
    private static partial Regex PartName();
}
