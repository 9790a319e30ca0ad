using Concord.Cli.Scanning;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>What an authority's matches come to for a model of several files.</summary>
public sealed class IdentificationTests
{
    private static readonly ScannedModel s_model = Model();

    [Fact]
    public void One_registered_file_among_others_does_not_make_the_whole_registered()
    {
        var one = Match($"{s_model.Files[0].Digest}");
        var other = Match($"{s_model.Files[1].Digest}");

        Assert.Equal(ScanVerdict.Derivative, Judge(one));
        Assert.Equal(ScanVerdict.Registered, Judge(one, other));
    }

    [Fact]
    public void The_weights_digest_alone_makes_the_whole_registered() =>
        Assert.Equal(ScanVerdict.Registered, Judge(Match($"{s_model.Weights}")));

    [Fact]
    public void What_is_suspended_comes_before_all_that_is_well()
    {
        var whole = Match($"{s_model.Weights}");
        var suspended = Match("fingerprint") with
        {
            Verdict = "derivative",
            Standing = "suspended",
            IsGood = false,
        };

        Assert.Equal(ScanVerdict.Barred, Judge(whole, suspended));
        Assert.Equal(ScanVerdict.Barred, Judge(whole with { IsGood = false }));
    }

    [Fact]
    public void A_derivative_of_what_stands_well_is_no_more_than_a_derivative() =>
        Assert.Equal(
            ScanVerdict.Derivative,
            Judge(Match("fingerprint") with { Verdict = "derivative", IsGood = false })
        );

    [Fact]
    public void What_nothing_is_known_of_is_unknown()
    {
        var unknown = Match($"{s_model.Weights}") with
        {
            Verdict = "unknown",
            Subject = null,
            Standing = "unknown",
            IsGood = false,
        };

        Assert.Equal(ScanVerdict.Unknown, Judge());
        Assert.Equal(ScanVerdict.Unknown, Judge(unknown));
    }

    [Fact]
    public void A_file_name_moves_no_cursor_and_turns_no_line() =>
        Assert.Equal("a\uFFFD[[31mb\uFFFDc", ShownText.Of("a\u001b[31mb\u202ec"));

    private static ScanVerdict Judge(params IdentifiedMatch[] matches) =>
        Identification.Judge(s_model, matches).Verdict;

    private static IdentifiedMatch Match(string asked) =>
        new()
        {
            Asked = asked,
            Verdict = "registered",
            Subject = "R-0001-6J5R",
            Name = "tern-1",
            Standing = "registered",
            IsGood = true,
        };

    private static ScannedModel Model()
    {
        var contents = InMemory.Contents(Untrained.Llama(1));
        return new()
        {
            Name = "model.safetensors.index.json",
            Files =
            [
                new("one", 1, Digest.Of("one"u8), HoldsTensors: true),
                new("two", 1, Digest.Of("two"u8), HoldsTensors: true),
                new("index", 1, Digest.Of("index"u8), HoldsTensors: false),
            ],
            Format = contents.Format,
            Claims = contents.Claims,
            Notes = contents.Notes,
            Reading = Fingerprinter.Read(
                contents,
                [],
                Fingerprinter.OneByOne,
                null,
                CancellationToken.None
            ),
        };
    }
}
