using System.Runtime.Intrinsics;
using Concord.Measures.Weights;
using CsCheck;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

public sealed class GridVectorsTests
{
    private const int Largest = 2047;

    [Fact]
    public void Products_are_the_exact_sums_of_whole_numbers() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 70])
            .SelectMany(
                (vectors, axes, width) =>
                    Gen.Select(
                        Numbers(width).Array[vectors],
                        Numbers(width).Array[axes],
                        (left, right) => (Left: left, Right: right, Width: width)
                    )
            )
            .Sample(
                given =>
                    Assert.Equal(
                        given.Left.Select(one =>
                            given.Right.Select(other => (double)Product(one, other)).ToArray()
                        ),
                        GridVectors
                            .Of(given.Left, given.Width)
                            .Products(GridVectors.Of(given.Right, given.Width))
                    ),
                iter: 50
            );

    [Fact]
    public void Sums_of_the_largest_numbers_do_not_overflow()
    {
        const int width = 10_007;
        var vector = Enumerable.Repeat((float)Largest, width).ToArray();
        float[][] axes = [.. Enumerable.Repeat(vector, 5)];
        var products = GridVectors.Of([vector], width).Products(GridVectors.Of(axes, width));
        Assert.All(
            products[0],
            product => Assert.Equal((double)width * Largest * Largest, product)
        );
        Assert.Equal(1, GridVectors.Of(axes, width).Cosine(0, 4));
    }

    [Fact]
    public void Vectors_of_another_width_are_refused() =>
        Assert.Throws<ArgumentException>(() => new GridVectors(1, 32).Products(new(4, 33)));

    [Fact]
    public void Every_processor_adds_the_same_pairs() =>
        Gen.Select(Gen.Short.Array[16], Gen.Short.Array[16])
            .Where((left, right) => !left.Concat(right).Contains(short.MinValue))
            .Sample(
                (left, right) =>
                    Vector256.Sum(
                        GridVectors.PortablePairs(Vector256.Create(left), Vector256.Create(right))
                    )
                    == Vector256.Sum(
                        GridVectors.Pairs(Vector256.Create(left), Vector256.Create(right))
                    )
            );

    /// <summary>Whole numbers that stand on the grid as they are.</summary>
    private static Gen<float[]> Numbers(int width) =>
        Gen.Int[-Largest, Largest]
            .Array[width]
            .Select(values =>
                (float[])[.. values.Select(value => (float)value).SkipLast(1), Largest]
            );

    private static long Product(float[] left, float[] right) =>
        left.Zip(right, (one, other) => (long)one * (long)other).Sum();
}
