using System.Numerics;
using Concord.Bench.Ledger;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Index;
using Concord.Stores;

namespace Concord.Bench.Weights;

/// <summary>
/// The index of weights with a million generated fingerprints, in real files: exact look-up, scan
/// of the sketches, comparison of the thousand nearest, and the whole sweep for a rotated copy.
/// </summary>
internal sealed class IndexBench : IDisposable
{
    private const string Usage = "weights index [--entries 1000000] [--swept ENTRIES]";
    private const int Batch = 2000;
    private const int Compared = 1000;
    private const int Relatives = 8;
    private const ulong Query = ulong.MaxValue / 3;

    private const int InAll =
        SketchScan.Size + ScreenTest.Size + EntryRecord.Size + (2 * DigestRecord.Size);

    private readonly BenchForms _forms = new(20_261_126);
    private readonly Scratch _scratch = new();
    private readonly List<Figure> _figures = [];
    private readonly long _entries;
    private readonly Fingerprint _query;
    private readonly WeightsIndexFile _file;

    private IndexBench(long entries)
    {
        _entries = entries;
        _query = _forms.Of(Query);
        _file = WeightsIndexFile.Open(_scratch.Folder("index"));
    }

    private WeightsIndex Index => _file.Index;

    public static Task<int> RunAsync(string[] args)
    {
        if (Words.Read(args, Usage, "entries", "swept") is not { } words)
        {
            return Task.FromResult(64);
        }

        using var bench = new IndexBench(words["entries"] ?? 1_000_000);
        var before = SumPerSecond();
        bench.Fill();
        bench.LookUp();
        bench.Scan();
        bench.Rank();
        bench.Sweep(words["swept"] ?? bench._entries);
        var beside = $"plain sum {before:N1} and {SumPerSecond():N1} GB a second";
        foreach (
            var line in Figure.Table(bench._figures.Select(one => one with { Beside = beside }))
        )
        {
            Console.WriteLine(line);
        }

        return Task.FromResult(0);
    }

    public void Dispose()
    {
        _file.Dispose();
        _scratch.Dispose();
    }

    /// <summary>
    /// Memory read by one thread that does nothing but add, in 10^9 bytes a second.
    /// </summary>
    private static double SumPerSecond()
    {
        var numbers = new ulong[32 << 20];
        Array.Fill(numbers, 3UL);
        var best = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var meter = new Meter();
            var sum = Vector<ulong>.Zero;
            for (var at = 0; at < numbers.Length; at += Vector<ulong>.Count)
            {
                sum += new Vector<ulong>(numbers, at);
            }

            var seconds = meter.Seconds;
            best =
                Vector.Sum(sum) == 3UL * (ulong)numbers.Length
                    ? Math.Max(best, 8.0 * numbers.Length / seconds / 1e9)
                    : throw new InvalidOperationException("the sum is wrong");
        }

        return best;
    }

    /// <summary>
    /// Every so many entries there is a relative of what will be sought, rotated.
    /// </summary>
    private Fingerprint FormOf(long entry)
    {
        var every = _entries / Relatives;
        return entry % every == every / 2
            ? _forms.Relative(_query, (ulong)entry, 6, rotated: true)
            : _forms.Of((ulong)entry);
    }

    private void Fill()
    {
        var meter = new Meter();
        for (long from = 0; from < _entries; from += Batch)
        {
            var count = (int)Math.Min(Batch, _entries - from);
            var entries = new IndexedEntry[count];
            for (var at = 0; at < count; at++)
            {
                entries[at] = new(from + at, FormOf(from + at), [FileOf(from + at)]);
            }

            _file.Apply(entries, [], from + count);
        }

        Add(
            $"{_entries:N0} entries generated and taken in, {Batch:N0} at once",
            $"{meter.Seconds:N0} s ({meter.CpuSeconds:N0} s of CPU)"
        );
        Add(
            "bytes an entry: scanned, screened, in all with one file's digest",
            $"{SketchScan.Size}, {ScreenTest.Size}, {InAll}",
            "≤ 128, ≤ 2,048",
            SketchScan.Size <= 128 && ScreenTest.Size <= 2048
        );
    }

    private void LookUp()
    {
        var times = new List<double>();
        for (var at = 0; at < 10_000; at++)
        {
            var entry = (long)((ulong)at * 0x9E3779B97F4A7C15 % (ulong)_entries);
            var digest = at % 2 == 0 ? FileOf(entry) : FileOf(-1 - at);
            var meter = System.Diagnostics.Stopwatch.GetTimestamp();
            var found = Index.Find(digest);
            times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(meter).TotalMilliseconds);
            Check(found.Count == (at % 2 == 0 ? 1 : 0), "an exact look-up");
        }

        times.Sort();
        Add(
            "exact look-up, half of them of nothing that is there",
            $"p50 {times[times.Count / 2]:N4}, p99 {times[times.Count * 99 / 100]:N4}, "
                + $"most {times[^1]:N2} ms",
            "≤ 5 ms",
            times[times.Count * 99 / 100] <= 5
        );
    }

    private void Scan()
    {
        var near = _forms.Relative(FormOf(_entries / 3), 7, 2, rotated: false);
        var (walls, cpus) = (new List<double>(), new List<double>());
        for (var round = 0; round < 31; round++)
        {
            var meter = new Meter();
            var found = Index.Near(near.Scan.Span);
            walls.Add(meter.Seconds * 1000);
            cpus.Add(meter.CpuSeconds * 1000);
            Check(found.Nearest.Single().Entry == _entries / 3, "the scan");
        }

        walls.Sort();
        var cpu = cpus.Skip(1).Average();
        Add(
            $"scan of {_entries:N0} sketches, one thread",
            $"median {walls[15]:N1}, least {walls[0]:N1} ms; {cpu:N1} ms of CPU",
            "≤ 50 ms",
            walls[15] <= 50
        );
    }

    private void Rank()
    {
        var nearest = Index.Near(_query.Scan.Span, Fingerprint.ScanWords * 64, Compared).Nearest;
        var forms = nearest.ToDictionary(one => one.Entry, one => FormOf(one.Entry));
        var (walls, cpus) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            var meter = new Meter();
            WeightsIndex.Rank(_query, forms.Keys, entry => forms[entry]);
            walls.Add(meter.Seconds);
            cpus.Add(meter.CpuSeconds);
        }

        walls.Sort();
        Add(
            $"comparison of the {forms.Count:N0} nearest by their units, one thread",
            $"median {walls[2]:N2}, least {walls[0]:N2} s; {cpus.Skip(1).Average():N2} s of CPU",
            "≤ 0.5 s",
            walls[2] <= 0.5
        );
    }

    private void Sweep(long swept)
    {
        var meter = new Meter();
        var sweep = WeightsSweep.For(_query);
        var path = Path.Combine(_scratch.Folder("sweep"), "sweep");
        while (sweep.Screened < Math.Min(swept, _entries))
        {
            sweep = Index.GoOn(sweep, 50_000, FormOf);
            WeightsSweepFile.Write(path, sweep);
        }

        var expected = Enumerable
            .Range(0, (int)sweep.Screened)
            .Count(entry => entry % (_entries / Relatives) == _entries / Relatives / 2);
        Check(sweep.Findings.Count == expected, "the sweep");
        Add(
            $"sweep of {sweep.Screened:N0} for a rotated copy, one thread, kept every 50,000",
            $"{meter.Seconds:N0} s ({meter.CpuSeconds:N0} s of CPU); "
                + $"{100.0 * sweep.Compared / sweep.Screened:N2} % compared whole, "
                + $"{sweep.Findings.Count} of {expected} relatives found",
            "≤ 600 s for 10^6",
            meter.Seconds * 1e6 / sweep.Screened <= 600
        );
    }

    private static WeightsDigest FileOf(long entry)
    {
        var bytes = new byte[WeightsDigest.Length];
        System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(entry), bytes);
        return new(bytes);
    }

    private static void Check(bool isRight, string what)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"{what} did not find what is there");
        }
    }

    private void Add(string what, string value, string? target = null, bool? isReached = null) =>
        _figures.Add(new(what, value, target, isReached));
}
