using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Stores;
using Concord.Tests.Measures.Weights.Index;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class WeightsIndexFileTests
{
    private const int Entries = 60;

    private static readonly UnitBasis[] s_bases = [UnitBasis.Stored, UnitBasis.Output];

    [Fact]
    public void What_was_filed_is_found_by_its_digests_its_sketch_and_its_units()
    {
        using var folder = new TemporaryFolder();
        var (given, forms) = Forms();
        using var index = WeightsIndexFile.Open(folder.Path);
        index.Apply([.. forms], [], 1000);

        var sought = forms[17];
        Assert.Equal(
            [new(sought.Entry, DigestKind.Weights)],
            index.Index.Find(sought.Form.Weights)
        );
        Assert.Equal([new(sought.Entry, DigestKind.File)], index.Index.Find(sought.Files[0]));
        Assert.Empty(index.Index.Find(given.Digest()));

        var copy = given.Relative(sought.Form, 0.1);
        var near = index.Index.Near(copy.Scan.Span);
        Assert.Equal([sought.Entry], near.Nearest.Select(one => one.Entry));
        var ranked = WeightsIndex.Rank(
            copy,
            [sought.Entry, forms[3].Entry, -5],
            entry => forms.FirstOrDefault(one => one.Entry == entry)?.Form
        );
        Assert.Equal([sought.Entry, forms[3].Entry], ranked.Entries.Select(one => one.Entry));
        Assert.True(ranked.Entries[0].Evidence.Decides(index.Index.Count));
        Assert.False(ranked.Entries[1].Evidence.Decides(index.Index.Count));
        Assert.Equal([-5], ranked.Lacking);

        var rotated = given.Relative(sought.Form, 0.1, rotated: true);
        Assert.Empty(index.Index.Near(rotated.Scan.Span).Nearest);
        var sweep = index.Index.GoOn(WeightsSweep.For(rotated), long.MaxValue, Of(forms));
        Assert.Equal([sought.Entry], sweep.Findings.Select(one => one.Entry));
        Assert.Equal(Entries, sweep.Screened);
    }

    [Fact]
    public void What_stands_no_more_is_not_found_until_it_stands_again()
    {
        using var folder = new TemporaryFolder();
        var (given, forms) = Forms();
        var sought = forms[30];
        using (var index = WeightsIndexFile.Open(folder.Path))
        {
            index.Apply([.. forms], [(sought.Entry, false)], 1000);
            Assert.Empty(Found(index, sought, given));
        }

        using var again = WeightsIndexFile.Open(folder.Path);
        Assert.Empty(Found(again, sought, given));
        again.Apply([], [(sought.Entry, true), (7_777_777, true)], 1001);
        Assert.Equal([sought.Entry], Found(again, sought, given).Distinct());
        Assert.Equal(4, Found(again, sought, given).Count);
    }

    [Fact]
    public void A_stretch_of_the_log_that_comes_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var (_, forms) = Forms();
        using var index = WeightsIndexFile.Open(folder.Path);
        index.Apply([.. forms.Take(40)], [(forms[5].Entry, false)], 400);
        index.Apply([.. forms.Skip(20)], [(forms[5].Entry, false)], 1000);

        Assert.Equal(Entries, index.Index.Count);
        Assert.Equal(forms.Select(one => one.Entry), Slots(index));
        Assert.All(
            forms,
            one => Assert.Equal(one == forms[5] ? 0 : 1, index.Index.Find(one.Files[0]).Count)
        );
    }

    [Fact]
    public async Task A_search_goes_on_while_entries_come()
    {
        using var folder = new TemporaryFolder();
        var (_, forms) = Forms(150);
        using var index = WeightsIndexFile.Open(folder.Path);
        index.Apply([forms[0]], [], 1);
        var cancel = TestContext.Current.CancellationToken;
        var searches = Task.Run(
            () =>
            {
                var seen = 0L;
                while (seen < forms.Count)
                {
                    seen = index.Index.Count;
                    Assert.Equal(
                        [forms[0].Entry],
                        index.Index.Near(forms[0].Form.Scan.Span).Nearest.Select(one => one.Entry)
                    );
                    Assert.Single(index.Index.Find(forms[(int)seen - 1].Form.Weights));
                }
            },
            cancel
        );
        foreach (var form in forms.Skip(1))
        {
            index.Apply([form], [], form.Entry + 1);
        }

        await searches.WaitAsync(TimeSpan.FromMinutes(2), cancel);
    }

    private static List<long> Found(WeightsIndexFile index, IndexedEntry sought, GivenForms given)
    {
        var rotated = given.Relative(sought.Form, 0.05, rotated: true);
        return
        [
            .. index.Index.Find(sought.Form.Weights).Select(one => one.Entry),
            .. index.Index.Find(sought.Files[0]).Select(one => one.Entry),
            .. index.Index.Near(sought.Form.Scan.Span).Nearest.Select(one => one.Entry),
            .. index
                .Index.GoOn(WeightsSweep.For(rotated), long.MaxValue, _ => sought.Form)
                .Findings.Select(one => one.Entry)
                .Take(1),
        ];
    }

    private static Func<long, Fingerprint?> Of(IReadOnlyList<IndexedEntry> forms) =>
        entry => forms.First(one => one.Entry == entry).Form;

    private static IEnumerable<long> Slots(WeightsIndexFile index) =>
        Enumerable.Range(0, (int)index.Index.Count).Select(slot => index.Index.EntryAt(slot).Entry);

    private static (GivenForms Given, IReadOnlyList<IndexedEntry> Forms) Forms(int count = Entries)
    {
        var given = new GivenForms(count);
        return (
            given,
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(at => new IndexedEntry(
                        at * 10,
                        given.Stranger(UnitKind.Gated, 3, 30, 1, s_bases),
                        [given.Digest()]
                    )),
            ]
        );
    }
}
