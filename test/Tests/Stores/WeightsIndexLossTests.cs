using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Stores;
using Concord.Tests.Measures.Weights.Index;
using CsCheck;
using Xunit;

namespace Concord.Tests.Stores;

public sealed class WeightsIndexLossTests
{
    private const int Head = 4096;

    private static readonly (string Name, int Size)[] s_files =
    [
        ("entries", 64),
        ("digests", 48),
        ("sketches", 128),
        ("screens", 2048),
    ];

    public static TheoryData<string, int> Files =>
        [.. s_files.Select(file => new TheoryDataRow<string, int>(file.Name, file.Size))];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_torn_behind_the_records_that_count_is_cut_off(string name, int size)
    {
        using var folder = new TemporaryFolder();
        var forms = Forms(12);
        using (var index = WeightsIndexFile.Open(folder.Path))
        {
            index.Apply([.. forms.Take(10)], [], 100);
        }

        using (var file = File.OpenWrite(folder[name]))
        {
            file.Position = Head + ((name == "digests" ? 20 : 10) * size);
            file.Write([.. Enumerable.Repeat((byte)0xA5, size + (size / 2))]);
        }

        using var again = WeightsIndexFile.Open(folder.Path);
        Assert.Null(again.Fault);
        Assert.Equal((10, 100), (again.Index.Count, again.Through));
        AssertFinds(again, forms, 10);
        again.Apply([.. forms], [], 120);
        AssertFinds(again, forms, 12);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Where_records_lack_it_begins_anew_and_says_why(string name, int size)
    {
        using var folder = new TemporaryFolder();
        var forms = Forms(10);
        using (var index = WeightsIndexFile.Open(folder.Path))
        {
            index.Apply([.. forms], [], 100);
        }

        using (var file = File.OpenWrite(folder[name]))
        {
            file.SetLength(Head + (9 * size));
        }

        using (var again = WeightsIndexFile.Open(folder.Path))
        {
            Assert.StartsWith($"{name}: ", again.Fault, StringComparison.Ordinal);
            Assert.Equal((0, 0), (again.Index.Count, again.Through));
            again.Apply([.. forms], [], 100);
            AssertFinds(again, forms, 10);
        }

        using var third = WeightsIndexFile.Open(folder.Path);
        Assert.Null(third.Fault);
        AssertFinds(third, forms, 10);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_another_index_or_of_none_is_not_taken_up(string name, int size)
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        foreach (var path in new[] { folder.Path, other.Path })
        {
            using var index = WeightsIndexFile.Open(path);
            index.Apply([.. Forms(5)], [], 100);
        }

        File.Copy(other[name], folder[name], overwrite: true);
        using (var mixed = WeightsIndexFile.Open(folder.Path))
        {
            Assert.Contains("another index", mixed.Fault, StringComparison.Ordinal);
        }

        File.WriteAllBytes(folder[name], new byte[Head + size]);
        using var nothing = WeightsIndexFile.Open(folder.Path);
        Assert.StartsWith($"{name}: it does not begin", nothing.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_do_not_write_one_index()
    {
        using var folder = new TemporaryFolder();
        using var index = WeightsIndexFile.Open(folder.Path);

        Assert.Throws<IOException>(() => WeightsIndexFile.Open(folder.Path));
    }

    [Fact]
    public void A_sweep_goes_on_after_a_restart_and_finds_what_one_without_it_finds()
    {
        using var folder = new TemporaryFolder();
        var given = new GivenForms(1);
        var query = given.Stranger(UnitKind.Gated, 3, 40);
        IndexedEntry[] forms =
        [
            .. Enumerable
                .Range(0, 300)
                .Select(at => new IndexedEntry(
                    at * 3,
                    at % 60 == 7
                        ? given.Relative(query, 0.05 + (at * 0.0005), rotated: true)
                        : given.Stranger(UnitKind.Gated, 3, 40),
                    []
                )),
        ];
        Fingerprint? FormOf(long entry) => entry == 3 * 67 ? null : forms[entry / 3].Form;
        var expected = forms
            .Where(one => one.Entry != 3 * 67)
            .Select(one => (one.Entry, Evidence: PairTest.Compare(query, one.Form)))
            .Where(one => one.Evidence.Decides(300))
            .OrderBy(one => one.Evidence.Log10P)
            .Select(one => new SweepFinding(one.Entry, one.Evidence.Log10P))
            .ToArray();
        var path = folder["sweep"];
        WeightsSweepFile.Write(path, WeightsSweep.For(query));
        using (var index = WeightsIndexFile.Open(folder["one"]))
        {
            index.Apply([.. forms.Take(200)], [], 600);
            WeightsSweepFile.Write(
                path,
                index.Index.GoOn(WeightsSweepFile.Read(path)!, 150, FormOf)
            );
        }

        // The index is lost, made again, and longer: the sweep goes on where it was in the log.
        using var again = WeightsIndexFile.Open(folder["two"]);
        again.Apply(forms, [], 900);
        for (var sweep = WeightsSweepFile.Read(path)!; sweep.Screened < 300; )
        {
            sweep = again.Index.GoOn(sweep, 37, FormOf);
            WeightsSweepFile.Write(path, sweep);
        }

        var done = again.Index.GoOn(WeightsSweepFile.Read(path)!, long.MaxValue, FormOf);
        Assert.Equal(4, expected.Length);
        Assert.Equal(expected, done.Findings);
        Assert.Equal((300, 1), (done.Screened, done.Lacking));
    }

    [Fact]
    public void A_sweep_that_is_damaged_is_begun_anew()
    {
        var given = new GivenForms(2);
        var bytes = WeightsSweep.For(given.Stranger()).Write();
        Assert.True(WeightsSweep.TryRead(bytes, out _));
        Assert.False(WeightsSweep.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _));
        Assert.False(WeightsSweep.TryRead([.. bytes, 0], out _));
        bytes[4] = 9;
        Assert.False(WeightsSweep.TryRead(bytes, out _));
        Assert.False(WeightsSweep.TryRead([], out _));
    }

    [Fact]
    public void However_it_came_about_it_finds_what_the_log_says()
    {
        var forms = Forms(20);
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 5], Gen.Bool)
            .Array[1, 20]
            .Sample(
                steps =>
                {
                    using var folder = new TemporaryFolder();
                    var stands = new SortedDictionary<long, bool>();
                    var index = WeightsIndexFile.Open(folder.Path);
                    foreach (var (at, what, flag) in steps)
                    {
                        if (what == 0)
                        {
                            index.Dispose();
                            index = WeightsIndexFile.Open(folder.Path);
                        }
                        else if (what <= 2)
                        {
                            var known = (int)index.Index.Count;
                            var added = forms.Skip(Math.Max(0, known - 2)).Take(at / 2).ToArray();
                            index.Apply(added, [], 1000);
                            foreach (var one in added)
                            {
                                stands.TryAdd(one.Entry, true);
                            }
                        }
                        else
                        {
                            var entry = forms[at].Entry;
                            index.Apply([], [(entry, !flag), (entry, flag)], 1000);
                            if (stands.ContainsKey(entry))
                            {
                                stands[entry] = flag;
                            }
                        }
                    }

                    AssertSame(index, forms, stands);
                    index.Dispose();
                    using var rebuilt = WeightsIndexFile.Open(folder["rebuilt"]);
                    rebuilt.Apply(
                        [.. forms.Where(one => stands.ContainsKey(one.Entry))],
                        [.. stands.Select(one => (one.Key, one.Value))],
                        1000
                    );
                    AssertSame(rebuilt, forms, stands);
                },
                iter: 25,
                threads: 1
            );
    }

    private static void AssertSame(
        WeightsIndexFile index,
        IReadOnlyList<IndexedEntry> forms,
        SortedDictionary<long, bool> stands
    )
    {
        Assert.Equal(stands.Count, index.Index.Count);
        foreach (var form in forms)
        {
            long[] expected = stands.GetValueOrDefault(form.Entry) ? [form.Entry] : [];
            Assert.Equal(expected, index.Index.Find(form.Form.Weights).Select(one => one.Entry));
            Assert.Equal(
                expected,
                index.Index.Near(form.Form.Scan.Span).Nearest.Select(one => one.Entry)
            );
            Assert.Equal(stands.ContainsKey(form.Entry), index.Index.SlotOf(form.Entry) >= 0);
        }
    }

    private static void AssertFinds(
        WeightsIndexFile index,
        IReadOnlyList<IndexedEntry> forms,
        int count
    )
    {
        Assert.Equal(count, index.Index.Count);
        foreach (var form in forms.Take(count))
        {
            Assert.Equal(
                [form.Entry],
                index.Index.Find(form.Form.Weights).Select(one => one.Entry)
            );
            Assert.Equal(
                [new NearSketch(form.Entry, 0)],
                index.Index.Near(form.Form.Scan.Span).Nearest
            );
            var sweep = WeightsSweep.For(form.Form);
            Assert.Equal(
                [form.Entry],
                index
                    .Index.GoOn(sweep, long.MaxValue, entry => forms[(int)entry / 10].Form)
                    .Findings.Select(one => one.Entry)
            );
        }
    }

    private static IReadOnlyList<IndexedEntry> Forms(int count)
    {
        var given = new GivenForms(count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(at => new IndexedEntry(
                    at * 10,
                    given.Stranger(UnitKind.Gated, 2, 30),
                    [given.Digest()]
                )),
        ];
    }
}
