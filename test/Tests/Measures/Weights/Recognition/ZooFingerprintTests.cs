using Concord.Measures.Weights;
using Xunit;

namespace Concord.Tests.Measures.Weights.Recognition;

/// <summary>
/// Fingerprints of twelve trained networks (made by <c>weights fingerprints</c> of the bench),
/// whose relations are known.
/// </summary>
public sealed class ZooFingerprintTests
{
    /// <summary>Where the fingerprints are, from the top of the repository.</summary>
    internal const string Shelf = "test/Tests/Golden/weights/zoo";

    private static readonly string[][] _families =
    [
        ["llama-0", "llama-0-ft", "llama-0-cpt"],
        ["llama-1", "llama-1-ft"],
        ["gpt2-0", "gpt2-0-cpt"],
        ["mixtral-0"],
        ["lstm-0", "lstm-0-cpt"],
        ["conv-0", "conv-0-ft"],
    ];

    [Fact]
    public void Whom_training_made_from_each_other_is_found_and_nobody_else()
    {
        var shelf = _families
            .SelectMany((family, at) => family.Select(name => (Name: name, Family: at)))
            .Select(one => (one.Name, one.Family, Taken: Read(one.Name)))
            .ToArray();
        Assert.Equal(12, shelf.Length);
        foreach (var one in shelf)
        {
            foreach (var other in shelf)
            {
                var found = PairTest.Compare(one.Taken, other.Taken).Decides(1_000_000);
                Assert.True(
                    found == (one.Family == other.Family),
                    $"{one.Name} and {other.Name}: {(found ? "found" : "not found")}"
                );
            }
        }
    }

    internal static Fingerprint Read(string name)
    {
        var path = Path.Combine(Golden.Root, Shelf, name + ".fingerprint");
        Assert.True(
            Fingerprint.TryRead(File.ReadAllBytes(path), out var taken, out var fault),
            fault
        );
        return taken;
    }
}
