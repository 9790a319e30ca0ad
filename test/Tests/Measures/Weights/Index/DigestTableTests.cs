using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Xunit;

namespace Concord.Tests.Measures.Weights.Index;

public sealed class DigestTableTests
{
    [Fact]
    public void Every_record_of_a_digest_is_a_candidate_and_few_others_are()
    {
        var given = new GivenForms(1);
        var digests = Enumerable.Range(0, 5000).Select(_ => given.Digest()).ToArray();
        WeightsDigest[] filed = [.. digests, .. digests.Take(100), .. digests.Take(10)];
        var table = new DigestTable(42);
        foreach (var digest in filed)
        {
            table.Add(digest);
        }

        var others = 0;
        foreach (var digest in digests.Take(1000))
        {
            var candidates = table.Candidates(digest).ToArray();
            var records = filed.Index().Where(one => one.Item == digest).Select(one => one.Index);
            Assert.Equal(records.Reverse(), candidates.Where(at => filed[at] == digest));
            others += candidates.Count(at => filed[at] != digest);
        }

        Assert.InRange(others, 0, 10);
        Assert.Equal(filed.Length, table.Count);
        Assert.DoesNotContain(table.Candidates(given.Digest()), at => at >= filed.Length);
    }

    [Fact]
    public void Who_does_not_know_the_key_cannot_choose_digests_that_meet()
    {
        // Digests that differ in one byte alone, as somebody would file them who knows the hash.
        var digests = Enumerable
            .Range(0, 2000)
            .Select(at =>
            {
                var bytes = new byte[WeightsDigest.Length];
                (bytes[0], bytes[31]) = ((byte)at, (byte)(at >> 8));
                return new WeightsDigest(bytes);
            })
            .ToArray();
        var table = new DigestTable(0x5DEECE66D);
        Array.ForEach(digests, table.Add);

        Assert.InRange(digests.Sum(digest => table.Candidates(digest).Count()), 2000, 2010);
    }
}
