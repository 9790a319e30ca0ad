using System.Text;
using System.Text.Json.Nodes;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Adapters;
using Concord.Measures.Weights.Formats;
using Concord.Tests.Measures.Weights.Recognition;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Adapters;

public sealed class AdapterTests
{
    private const int Rank = 4;
    private const double Strength = 0.3;

    private static readonly ZooNet s_base = GivenWeights.Llama(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void An_adapter_fits_the_base_that_it_was_made_for_and_says_how_much_it_adds()
    {
        var adds = Adapter(s_base, seed: 9);
        var fit = AdapterFit.Of(adds, GivenWeights.Read(s_base), Cancel);

        Assert.True(fit.CanBe);
        Assert.Equal(21, fit.Matrices);
        Assert.All(adds.Factors, factor => Assert.Equal(Rank, factor.Rank));
        Assert.Empty(adds.Others);
        Assert.InRange(fit.Strength!.Value, 0.9 * Strength, 1.1 * Strength);
    }

    [Fact]
    public void An_adapter_fits_no_base_of_other_sizes_or_with_fewer_layers()
    {
        var adds = Adapter(s_base, seed: 9);

        var narrow = AdapterFit.Of(
            adds,
            GivenWeights.Read(GivenWeights.Llama(2, width: 32)),
            Cancel
        );
        var shallow = AdapterFit.Of(
            adds,
            GivenWeights.Read(GivenWeights.Llama(2, layers: 2)),
            Cancel
        );

        Assert.Equal((21, 0), (narrow.Matrices, narrow.Fitting));
        Assert.Equal((false, 14), (shallow.CanBe, shallow.Fitting));
    }

    [Theory]
    [InlineData(ElementType.F32, 21, 0.9999)]
    [InlineData(ElementType.BF16, 21, 0.999)]
    [InlineData(ElementType.Q8_0, 15, 0.99)]
    [InlineData(ElementType.Q4_0, 15, 0.75)]
    public void A_base_with_an_adapter_merged_in_is_known_however_it_is_stored(
        ElementType element,
        int compared,
        double explained
    )
    {
        var made = Read(Blended.LowRank(s_base, Rank, Strength, 9), element);
        var merge = AdapterMerge.Of(
            Adapter(s_base, seed: 9),
            GivenWeights.Read(s_base),
            made,
            Cancel
        );

        Assert.True(merge.IsMade);
        Assert.Equal(compared, merge.Compared);
        Assert.InRange(merge.Explained, explained, 1.000001);
        Assert.InRange(merge.Scale!.Value, 0.97, 1.03);
        Assert.Equal(1, merge.ClaimedScale);
        Assert.InRange(merge.Change, 0.9 * Strength, 1.2 * Strength);
        if (element == ElementType.F32)
        {
            Assert.Equal(merge.Others, merge.OthersEqual);
        }
    }

    [Fact]
    public void Matrices_that_lie_turned_are_turned_back()
    {
        var net = ZooTiny.Of("gpt2");
        var adds = Adapter(net, seed: 5);
        var made = GivenWeights.Read(Blended.LowRank(net, Rank, Strength, 5));
        var merge = AdapterMerge.Of(adds, GivenWeights.Read(net), made, Cancel);

        Assert.All(adds.Factors, factor => Assert.True(factor.HasInputRows));
        Assert.Equal(merge.Matrices, merge.Compared);
        Assert.InRange(merge.Explained, 0.9999, 1.000001);
    }

    [Fact]
    public void What_another_adapter_or_further_training_left_is_not_explained()
    {
        var basis = GivenWeights.Read(s_base);
        var other = GivenWeights.Read(Blended.LowRank(s_base, Rank, Strength, 10));
        var noisy = GivenWeights.Read(Roughened.Noise(s_base, 0.2, 3));
        var adds = Adapter(s_base, seed: 9);

        foreach (var made in (WeightsReading[])[other, noisy, basis])
        {
            var merge = AdapterMerge.Of(adds, basis, made, Cancel);
            Assert.False(merge.IsMade);
            Assert.InRange(merge.Explained, 0, 0.01);
        }
    }

    [Fact]
    public void The_factor_is_what_the_configuration_gives_and_what_the_weights_show()
    {
        var basis = GivenWeights.Read(s_base);
        var made = GivenWeights.Read(Blended.LowRank(s_base, Rank, Strength, 9));
        var said = AdapterMerge.Of(
            Adapter(s_base, 9, configuration => configuration["lora_alpha"] = 4 * Rank),
            basis,
            made,
            Cancel
        );
        var root = Adapter(
            s_base,
            9,
            configuration =>
            {
                configuration["lora_alpha"] = 6;
                configuration["use_rslora"] = true;
            }
        );
        var several = Adapter(
            s_base,
            9,
            configuration => configuration["alpha_pattern"] = new JsonObject { ["q_proj"] = 8 }
        );

        Assert.Equal(4, said.ClaimedScale);
        Assert.InRange(said.Scale!.Value, 0.999, 1.001);
        Assert.True(said.IsMade);
        Assert.All(root.Factors, factor => Assert.Equal(3, factor.Scale));
        Assert.All(several.Factors, factor => Assert.Null(factor.Scale));
        var scaled = Adapter(s_base, 9, configuration => configuration["use_dora"] = true);
        Assert.All(scaled.Factors, factor => Assert.Null(factor.Scale));
        Assert.Null(AdapterFit.Of(several, basis, Cancel).Strength);
    }

    [Theory]
    [InlineData("base_model.model.", "base_model.model.base.text.")]
    [InlineData("base_model.model.model.", "base_model.model.")]
    [InlineData(".lora_A.", ".lora_A.default.")]
    public void What_stands_before_a_name_may_lack_on_either_side(string from, string to)
    {
        var files = Files(s_base, 9);
        var contents = WeightsReader.Read(
            new MemoryBytes("adapter_model.safetensors", files["adapter_model.safetensors"]),
            _ => null
        );
        var tensors = contents
            .Tensors.Select(one =>
                one with
                {
                    Name = one.Name.Replace(from, to, StringComparison.Ordinal),
                }
            )
            .ToArray();

        var adds = AdapterDifference.Of(tensors, contents.Claims)!;

        Assert.True(AdapterFit.Of(adds, GivenWeights.Read(s_base), Cancel).CanBe);
    }

    [Fact]
    public void What_has_no_partner_is_among_the_others_and_a_model_is_no_adapter()
    {
        var files = Files(s_base, 9);
        var tensors = WeightsReader
            .Read(
                new MemoryBytes("adapter_model.safetensors", files["adapter_model.safetensors"]),
                _ => null
            )
            .Tensors;
        var lost = tensors.First(one => one.Name.Contains("lora_B", StringComparison.Ordinal));

        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        var adds = AdapterDifference.Of([.. tensors.Except([lost])], claims)!;

        Assert.Equal(20, adds.Factors.Count);
        Assert.Equal(
            lost.Name.Replace("lora_B", "lora_A", StringComparison.Ordinal),
            Assert.Single(adds.Others)
        );
        Assert.Null(AdapterDifference.Of(InMemory.Contents(s_base).Tensors, claims));
    }

    [Theory]
    [InlineData(ElementType.F32)]
    [InlineData(ElementType.BF16)]
    public void A_merged_adapter_leaves_few_directions_and_further_training_all(ElementType element)
    {
        var basis = GivenWeights.Read(s_base);
        DifferenceRank Of(ZooNet made) => DifferenceRank.Of(Read(made, element), basis, Cancel);

        var merged = Of(Blended.LowRank(s_base, Rank, Strength, 9));
        var noisy = Of(Roughened.Noise(s_base, 0.1, 3));
        var rounded = Of(Roughened.Int8(s_base));
        var same = DifferenceRank.Of(basis, basis, Cancel);

        Assert.Equal((21, 21, Rank), (merged.Differing, merged.Low, merged.Rank));
        Assert.True(merged.IsLow);
        Assert.False(noisy.IsLow);
        Assert.False(rounded.IsLow);
        Assert.Equal(new(0, 0, 0), same);
    }

    [Fact]
    public void With_as_many_directions_as_there_are_a_stranger_is_no_merged_adapter()
    {
        var stranger = GivenWeights.Llama(2);
        var factors = s_base
            .Tensors.Where(tensor => tensor.IsMatrix && ZooNet.LayerOf(tensor.Name) >= 0)
            .Select(tensor =>
            {
                var (width, other) = (tensor.RowLength, stranger[tensor.Name].Values);
                var all = new ZooTensor("A", [width, width], new float[width * width]);
                return new LowRankPair(
                    tensor.Name,
                    tensor.With((x, at) => other[at] - x),
                    all.With((_, at) => at % (width + 1) == 0 ? 1 : 0)
                );
            })
            .ToArray();
        var adds = Adapter(AdapterFile.Write(s_base, factors, "zoo/base"));

        var merge = AdapterMerge.Of(
            adds,
            GivenWeights.Read(s_base),
            GivenWeights.Read(stranger),
            Cancel
        );

        Assert.Equal((21, 0), (merge.Matrices, merge.Compared));
        Assert.False(merge.IsMade);
    }

    [Fact]
    public void A_few_rows_that_differ_are_no_few_directions_of_all()
    {
        var table = s_base["lm_head.weight"];
        var made = s_base.With([
            table.With((x, at) => at < 3 * table.RowLength ? x + 1 + (at % 7) : x),
        ]);

        var found = DifferenceRank.Of(GivenWeights.Read(made), GivenWeights.Read(s_base), Cancel);

        Assert.Equal(1, found.Differing);
        Assert.False(found.IsLow);
    }

    private static AdapterDifference Adapter(
        ZooNet net,
        ulong seed,
        Action<JsonNode>? change = null
    )
    {
        var files = Files(net, seed).ToDictionary(StringComparer.Ordinal);
        var configuration = JsonNode.Parse(files["adapter_config.json"])!;
        change?.Invoke(configuration);
        files["adapter_config.json"] = Encoding.UTF8.GetBytes(configuration.ToJsonString());
        return Adapter(files);
    }

    private static AdapterDifference Adapter(IReadOnlyDictionary<string, byte[]> files)
    {
        var contents = WeightsReader.Read(
            new MemoryBytes("adapter_model.safetensors", files["adapter_model.safetensors"]),
            name => files.TryGetValue(name, out var file) ? new MemoryBytes(name, file) : null
        );
        return AdapterDifference.Of(contents.Tensors, contents.Claims)!;
    }

    private static IReadOnlyDictionary<string, byte[]> Files(ZooNet net, ulong seed) =>
        AdapterFile.Write(net, Blended.Adapter(net, Rank, Strength, seed), "zoo/base");

    private static WeightsReading Read(ZooNet net, ElementType element) =>
        GivenWeights.Read(
            WeightsReader.Read(
                new MemoryBytes(
                    "made",
                    element is ElementType.F32 or ElementType.BF16
                        ? SafetensorsFile.Write(net, element)
                        : GgufFile.Write(net, element)
                ),
                _ => null
            )
        );
}
