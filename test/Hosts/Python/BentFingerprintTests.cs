using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Hosts.Api;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;
using Concord.Tests;
using Xunit;

namespace Concord.Hosts.Python;

/// <summary>
/// The second reader of fingerprints, written in Python from <c>specs/fingerprint.md</c>: whether
/// it and Concord read and refuse the same bytes, and say the same of two that both read.
/// </summary>
public sealed class BentFingerprintTests
{
    private static readonly JsonSerializerOptions s_names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public async Task Both_readers_judge_bent_fingerprints_and_their_kin_alike()
    {
        var zoo = Path.Combine(Repository.Root, "test/Tests/Golden/weights/zoo");
        var (refused, related) = (0, 0);
        foreach (var line in await WrittenAsync("mutation.prints", 1500, "--zoo", zoo))
        {
            var pair = JsonSerializer.Deserialize<BentPair>(line, s_names)!;
            var isRead = Fingerprint.TryRead(pair.Other, out var other, out var fault);
            Assert.True(
                isRead == (pair.Refused is null),
                $"Concord: {fault ?? "read"}; Python: {pair.Refused ?? "read"}; {line}"
            );
            refused += isRead ? 0 : 1;
            if (other is not null)
            {
                Assert.Equal(pair.Other, other.Write());
                related += pair.Pair is { } tests && IsAlike(pair.One, other, tests, line) ? 1 : 0;
            }
        }

        Assert.True(refused > 100 && related > 100, $"{refused} refused, {related} related");
    }

    [Fact]
    public async Task Both_have_one_digest_of_every_tensor_whatever_its_numbers_and_type()
    {
        foreach (var line in await WrittenAsync("mutation.tensors", 300))
        {
            var given = JsonSerializer.Deserialize<OddFile>(line, s_names)!;
            var bytes = new MemoryBytes("odd.safetensors", given.File);
            var reading = Fingerprinter.Read(
                WeightsReader.Read(bytes, _ => null),
                [],
                Fingerprinter.OneByOne,
                progress: null,
                TestContext.Current.CancellationToken
            );
            var found = reading.Tensors.ToDictionary(
                tensor => tensor.Tensor.Name,
                tensor => tensor.Digest.ToString()
            );
            Assert.Equal(given.Digests, found);
        }
    }

    /// <summary>
    /// The lines that a program beside the verifier writes, twenty times as many in long runs.
    /// </summary>
    private static async Task<IEnumerable<string>> WrittenAsync(
        string program,
        int count,
        params string[] more
    )
    {
        var isLong = Environment.GetEnvironmentVariable("CONCORD_SOAK") is not null;
        var file = Path.Combine(SandboxServer.NewFolder(), "lines");
        var (code, said) = await SecondVerifierTests.RunAsync(
            SecondVerifierTests.Interpreter,
            [],
            ["-m", program, "--count", $"{(isLong ? 20 * count : count)}", "--out", file, .. more]
        );
        Assert.True(code == 0, said);
        return File.ReadLines(file);
    }

    /// <summary>
    /// Holds what Python says of two against Concord, asked for either first. Where several tests
    /// are equally strong, rounding may choose.
    /// </summary>
    /// <returns>Whether there was evidence to hold against.</returns>
    private static bool IsAlike(byte[] first, Fingerprint other, PairSaid[] said, string line)
    {
        Assert.True(Fingerprint.TryRead(first, out var one, out var fault), fault);
        foreach (var found in new[] { PairTest.Compare(one, other), PairTest.Compare(other, one) })
        {
            Assert.True(
                said.Any(test => test.Is(found)),
                $"Concord: {found}; Python: {string.Join(", ", said.AsEnumerable())}; {line}"
            );
        }

        return said[0].Ground is not null;
    }

    private sealed record BentPair(byte[] One, byte[] Other, string? Refused, PairSaid[]? Pair);

    private sealed record OddFile(byte[] File, Dictionary<string, string> Digests);

    private sealed record PairSaid(
        [property: JsonPropertyName("log10_p")] double Log10P,
        PairGround? Ground,
        UnitBasis? Basis,
        int Agreements,
        double Expected,
        bool SameWeights
    )
    {
        public bool Is(PairEvidence found) =>
            found.SameWeights == SameWeights
            && found.Agreements == Agreements
            && Math.Abs(found.Expected - Expected) < 1e-9
            && Math.Abs(found.Log10P - Log10P) < 1e-7
            && (Ground is null || (found.Ground, found.Basis) == (Ground, Basis));
    }
}
