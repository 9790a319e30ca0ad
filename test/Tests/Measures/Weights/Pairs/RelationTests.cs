using Concord.Measures.Weights;
using Concord.Measures.Weights.Pairs;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Pairs;

/// <summary>What is suggested about two sets of weights, and what is not.</summary>
public sealed class RelationTests
{
    private const long Entries = 1_000_000;
    private static readonly ZooNet s_base = Untrained.Llama(1);

    [Fact]
    public void Renamed_and_reordered_weights_are_a_copy_and_neither_came_first()
    {
        var suggestion = Suggest(s_base, Renamed.Scrambled(s_base, 5));

        Assert.Equal(SuggestedRelation.Copy, suggestion?.Relation);
        Assert.Null(suggestion?.Child);
    }

    [Fact]
    public void Matrices_that_lie_transposed_are_a_conversion()
    {
        var turned = s_base.Each(tensor => tensor.Shape.Length == 2 ? Transposed(tensor) : tensor);
        var (left, right) = (Read(s_base), Read(turned));

        var equal = EqualTensors.Of(left, right, TestContext.Current.CancellationToken);

        Assert.Equal(0, EqualTensors.ByDigest(left, right).LeftShare, 1);
        Assert.Equal(1, equal.LeftShare, 6);
        Assert.Equal(1, equal.RightShare, 6);
        Assert.True(equal.Transposed > 0);
        Assert.Equal(SuggestedRelation.Conversion, Suggest(s_base, turned)?.Relation);
    }

    [Fact]
    public void A_transposed_matrix_with_one_other_number_is_not_equal()
    {
        var turned = s_base.Each(tensor => tensor.Shape.Length == 2 ? Transposed(tensor) : tensor);
        var touched = turned.Each(tensor =>
            tensor.With((value, at) => at == tensor.Values.Length - 1 ? value + 1 : value)
        );

        var equal = EqualTensors.Of(
            Read(s_base),
            Read(touched),
            TestContext.Current.CancellationToken
        );

        // Query, key, value and output are square and would be equal as they lie: all are touched.
        Assert.Equal(0, equal.Tensors);
    }

    [Theory]
    [InlineData(ElementType.Q8_0)]
    [InlineData(ElementType.Q4_0)]
    [InlineData(ElementType.F16)]
    public void Fewer_bits_are_a_quantisation_of_which_the_rounded_one_is_the_child(
        ElementType element
    )
    {
        var (left, right) = (Read(s_base), Read(s_base, element));

        Assert.Equal(PairSide.Right, Suggest(left, right)?.Child);
        Assert.Equal(PairSide.Left, Suggest(right, left)?.Child);
        Assert.Equal(SuggestedRelation.Quantisation, Suggest(left, right)?.Relation);
    }

    [Fact]
    public void More_zeros_are_a_pruning_of_which_the_pruned_one_is_the_child()
    {
        var suggestion = Suggest(Roughened.Pruned(s_base, 0.4), s_base);

        Assert.Equal(SuggestedRelation.Pruning, suggestion?.Relation);
        Assert.Equal(PairSide.Left, suggestion?.Child);
    }

    [Fact]
    public void What_moved_a_little_was_trained_further_and_nothing_tells_which_came_first()
    {
        var suggestion = Suggest(s_base, Roughened.Noise(s_base, 0.2, 9));

        Assert.Equal(SuggestedRelation.FurtherTraining, suggestion?.Relation);
        Assert.Null(suggestion?.Child);
    }

    [Fact]
    public void Nothing_is_suggested_about_strangers() =>
        Assert.Null(Suggest(s_base, Untrained.Llama(2)));

    [Fact]
    public void A_child_of_two_strangers_may_be_their_merge_and_one_of_kin_is_said_to_be_so()
    {
        var other = Untrained.Llama(2);
        var child = Blended.Merged(s_base, other, 0.5);
        var tuned = Roughened.Noise(s_base, 0.2, 9);

        Assert.Equal(SuggestedRelation.Merge, Merge(child, s_base, other)?.Relation);
        Assert.Contains(
            "either alone",
            Merge(child, s_base, tuned)?.Ground,
            StringComparison.Ordinal
        );
        Assert.Null(Merge(Untrained.Llama(3), s_base, other));
    }

    [Fact]
    public void A_part_of_a_larger_whole_is_related_by_its_own_share()
    {
        var whole = s_base with
        {
            Tensors =
            [
                .. s_base.Tensors,
                .. Untrained
                    .Llama(4, hidden: 192)
                    .Tensors.Select(tensor => tensor with { Name = "other." + tensor.Name }),
            ],
        };
        var equal = EqualTensors.ByDigest(Read(s_base), Read(whole));

        Assert.Equal(1, equal.LeftShare, 6);
        Assert.True(equal.RightShare < 0.5);
        Assert.True(equal.IsMost);
    }

    [Fact]
    public void A_family_holds_whoever_is_related_to_a_member()
    {
        var families = Families.Of(6, [(4, 1), (1, 3), (0, 5)]);

        Assert.Equal(
            [
                [0, 5],
                [1, 3, 4],
                [2],
            ],
            families
        );
    }

    private static RelationSuggestion? Merge(ZooNet child, ZooNet first, ZooNet second)
    {
        var (one, two, three) = (
            Read(child).Fingerprint,
            Read(first).Fingerprint,
            Read(second).Fingerprint
        );
        return RelationSuggestion.Merge(
            PairTest.Compare(one, two),
            PairTest.Compare(one, three),
            PairTest.Compare(two, three),
            Entries
        );
    }

    private static RelationSuggestion? Suggest(ZooNet left, ZooNet right) =>
        Suggest(Read(left), Read(right));

    private static RelationSuggestion? Suggest(WeightsReading left, WeightsReading right) =>
        RelationSuggestion.Of(
            left.Fingerprint,
            right.Fingerprint,
            PairTest.Compare(left.Fingerprint, right.Fingerprint),
            EqualTensors.Of(left, right, TestContext.Current.CancellationToken),
            Entries
        );

    private static WeightsReading Read(ZooNet net, ElementType element = ElementType.F32) =>
        Fingerprinter.Read(
            InMemory.Contents(net, element),
            [],
            Fingerprinter.OneByOne,
            null,
            TestContext.Current.CancellationToken
        );

    private static ZooTensor Transposed(ZooTensor tensor)
    {
        var (rows, columns) = (tensor.Shape[0], tensor.Shape[1]);
        var values = new float[tensor.Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[(column * rows) + row] = tensor.Values[(row * columns) + column];
            }
        }

        return new(tensor.Name, [columns, rows], values);
    }
}
