using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>
/// The vectors beside <c>specs/fingerprint.md</c>: a network whose numbers anybody can compute, its
/// digests and its fingerprint.
/// </summary>
public sealed class VectorTests
{
    private static readonly (string Name, int[] Shape)[] _tensors =
    [
        ("model.embed_tokens.weight", [128, 32]),
        ("model.layers.0.post_attention_layernorm.weight", [32]),
        ("model.layers.0.mlp.gate_proj.weight", [128, 32]),
        ("model.layers.0.mlp.up_proj.weight", [128, 32]),
        ("model.layers.0.mlp.down_proj.weight", [32, 128]),
        ("model.norm.weight", [32]),
        ("lm_head.weight", [128, 32]),
    ];

    private static readonly (string One, string Other)[] _pairs =
    [
        ("llama-0", "llama-0-ft"),
        ("llama-0", "llama-0-cpt"),
        ("llama-0-ft", "llama-0-cpt"),
        ("llama-1", "llama-1-ft"),
        ("gpt2-0", "gpt2-0-cpt"),
        ("lstm-0", "lstm-0-cpt"),
        ("conv-0", "conv-0-ft"),
        ("llama-0", "llama-1"),
        ("llama-0-cpt", "llama-1-ft"),
        ("llama-0", "mixtral-0"),
        ("llama-0", "gpt2-0"),
    ];

    private static readonly JsonSerializerOptions _lines = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_vectors_are_what_is_computed()
    {
        var reading = GivenWeights.Read(Network());
        var large = reading.Fingerprint.Write();
        var tensors = new JsonArray();
        foreach (var tensor in reading.Tensors)
        {
            tensors.Add(
                new JsonObject
                {
                    ["name"] = tensor.Tensor.Name,
                    ["shape"] = new JsonArray([
                        .. tensor.Tensor.Shape.Select(size => (JsonNode)size),
                    ]),
                    ["digest"] = tensor.Digest.ToString(),
                    ["kind"] = tensor.Kind.ToString(),
                }
            );
        }

        var vectors = new JsonObject
        {
            ["numbers"] =
                "number i of tensor t, from 0: (⌊At(t, i) / 2^40⌋ − 2^23) / 2^23, as F32; "
                + "of norms 1 + a tenth of it, rounded to F32",
            ["tensors"] = tensors,
            ["weights_digest"] = reading.Fingerprint.Weights.ToString(),
            ["small"] = Convert.ToBase64String(reading.Fingerprint.Small().Write()),
            ["large_bytes"] = large.Length,
            ["large_sha256"] = Convert.ToHexStringLower(SHA256.HashData(large)),
            ["shelf"] = ZooFingerprintTests.Shelf,
            ["pairs"] = new JsonArray([.. _pairs.Select(Compared)]),
        };
        Golden.MatchesFile("specs/fingerprint.vectors.json", vectors.ToJsonString(_lines) + "\n");
    }

    [Theory]
    [InlineData(0, 0, "e220a8397b1dcdaf")]
    [InlineData(0, 1, "6e789e6aa1b965f4")]
    public void The_counter_is_SplitMix64(ulong key, ulong place, string hexadecimal) =>
        Assert.Equal(
            hexadecimal,
            Counter.At(key, place).ToString("x16", CultureInfo.InvariantCulture)
        );

    private static JsonNode Compared((string One, string Other) pair)
    {
        var evidence = PairTest.Compare(
            ZooFingerprintTests.Read(pair.One),
            ZooFingerprintTests.Read(pair.Other)
        );
        return new JsonObject
        {
            ["one"] = pair.One,
            ["other"] = pair.Other,
            ["ground"] = evidence.Ground.ToString(),
            ["basis"] = evidence.Basis.ToString(),
            ["agreements"] = evidence.Agreements,
            ["expected"] = Math.Round(evidence.Expected, 9),
            ["log10_p"] = Math.Round(evidence.Log10P, 6),
        };
    }

    private static ZooNet Network() =>
        new()
        {
            Architecture = "llama",
            Tensors = [.. _tensors.Select((tensor, at) => Tensor(tensor, (ulong)at))],
        };

    private static ZooTensor Tensor((string Name, int[] Shape) tensor, ulong key)
    {
        var values = new float[tensor.Shape.Aggregate(1, (a, b) => a * b)];
        for (var at = 0; at < values.Length; at++)
        {
            var value = ((long)(Counter.At(key, (ulong)at) >> 40) - (1 << 23)) / (float)(1 << 23);
            values[at] = tensor.Shape.Length == 1 ? 1 + (0.1f * value) : value;
        }

        return new(tensor.Name, tensor.Shape, values);
    }
}
