using System.Globalization;

namespace Concord.Bench.Http;

/// <summary>What a load found.</summary>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="P50">The median wait in milliseconds.</param>
/// <param name="P95">The wait that one in twenty exceeds.</param>
/// <param name="P99">The wait that one in a hundred exceeds.</param>
/// <param name="CpuSeconds">What the load generator itself used.</param>
internal readonly record struct LoadFigures(
    double PerSecond,
    double P50,
    double P95,
    double P99,
    double CpuSeconds
)
{
    public static LoadFigures Parse(string line)
    {
        var numbers = line.Split(' ')
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))
            .ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond} {P50} {P95} {P99} {CpuSeconds}");
}
