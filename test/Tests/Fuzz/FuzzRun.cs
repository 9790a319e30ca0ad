using System.Globalization;
using Xunit;

namespace Concord.Tests.Fuzz;

/// <summary>
/// A run of one target: short in every test run, as long as <c>CONCORD_FUZZ</c> says in a soak. A
/// target throws for whatever must not be: an exception, or something admitted that is not itself
/// when written again.
/// </summary>
internal static class FuzzRun
{
    private const int ShortInputs = 3000;

    public static int Inputs =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CONCORD_FUZZ"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var inputs
        )
            ? inputs
            : ShortInputs;

    public static void Of(IReadOnlyList<byte[]> good, Action<byte[]> target, int seed = 20261124)
    {
        var mutator = new Mutator(seed);
        foreach (var input in good)
        {
            target(input);
        }

        for (var i = 0; i < Inputs; i++)
        {
            var input = mutator.Next(good);
            try
            {
                target(input);
            }
            catch (Exception broken)
            {
                Assert.Fail(
                    $"Input {i} of seed {seed}: {Convert.ToHexStringLower(input)}\n{broken}"
                );
            }
        }
    }
}
