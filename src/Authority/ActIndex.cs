using System.Runtime.InteropServices;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Authority;

/// <summary>
/// What lists of acts need of each entry, sixteen bytes an entry: its type, who said it, and the
/// tick at which it was judged. Written by one thread, read by many up to a size that they know.
/// </summary>
public sealed class ActIndex
{
    private const int ChunkBits = 14;
    private const int ChunkRows = 1 << ChunkBits;

    private static readonly Dictionary<ActType, byte> s_typeNumbers = ActTable
        .Rows.Select((type, number) => (type, number))
        .ToDictionary(pair => pair.type, pair => (byte)pair.number);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _speakers = [];
    private readonly List<ModelId> _models = [];
    private readonly Dictionary<long, List<long>> _about = [];
    private volatile Row[][] _chunks = [];
    private long _size;
    private Instant _tick;

    /// <summary>The number of entries.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Adds the next entry.</summary>
    public void Add(Logged logged)
    {
        var index = Volatile.Read(ref _size);
        if (logged.Act is Tick tick)
        {
            _tick = tick.Time;
        }

        if (logged.Act is RegisterModel or ReportModel)
        {
            lock (_gate)
            {
                _models.Add(new(index));
            }
        }

        if (Subjects.TargetOf(logged.Act) is { } target)
        {
            lock (_gate)
            {
                (
                    CollectionsMarshal.GetValueRefOrAddDefault(_about, target.Index, out _) ??= []
                ).Add(index);
            }
        }

        if (index >> ChunkBits == _chunks.Length)
        {
            _chunks = [.. _chunks, new Row[ChunkRows]];
        }

        _chunks[index >> ChunkBits][index & (ChunkRows - 1)] = new(
            _tick.UnixMilliseconds,
            NumberOf(logged.Issuer[(logged.Issuer.LastIndexOf('#') + 1)..]),
            s_typeNumbers[logged.Type]
        );
        Volatile.Write(ref _size, index + 1);
    }

    /// <summary>The tick at which an entry was judged; null: before the first.</summary>
    public Instant? TickOf(long index) =>
        RowOf(index).Tick is var tick && tick == 0 ? null : new Instant(tick);

    /// <summary>The size of the smallest tree whose last tick is not before a time.</summary>
    public long SizeAt(Instant time)
    {
        var (low, high) = (0L, Size);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) =
                RowOf(middle).Tick < time.UnixMilliseconds ? (middle + 1, high) : (low, middle);
        }

        return low + 1;
    }

    /// <summary>The type of an entry's act.</summary>
    public ActType TypeOf(long index) => ActTable.Rows[RowOf(index).Type];

    /// <summary>Who said an entry: the part of the issuer after <c>#</c>.</summary>
    public string SpeakerOf(long index)
    {
        lock (_gate)
        {
            return _speakers[RowOf(index).Speaker];
        }
    }

    /// <summary>Entries in one direction that fit, without the one that it starts beside.</summary>
    /// <param name="size">The size of the log as the reader knows it.</param>
    /// <param name="beside">After this index, or before it.</param>
    /// <param name="isUpwards">Whether later entries are looked for.</param>
    /// <param name="type">
    /// Only acts of this type; sealed acts are no act of any type to those who hold the log alone.
    /// </param>
    /// <param name="speaker">Only what this speaker says.</param>
    public IEnumerable<long> Find(
        long size,
        long beside,
        bool isUpwards,
        string? type,
        string? speaker
    )
    {
        var number = speaker is null ? -1 : Known(speaker);
        if (speaker is not null && number < 0)
        {
            yield break;
        }

        var step = isUpwards ? 1 : -1;
        for (var i = beside + step; i >= 0 && i < Math.Min(size, Size); i += step)
        {
            var row = RowOf(i);
            if (
                (number < 0 || row.Speaker == number)
                && (
                    type is null
                    || string.Equals(
                        PublicName(ActTable.Rows[row.Type]),
                        type,
                        StringComparison.Ordinal
                    )
                )
            )
            {
                yield return i;
            }
        }
    }

    /// <summary>
    /// The models in the order in which they were filed, at least those of a size.
    /// </summary>
    public IReadOnlyList<ModelId> Models
    {
        get
        {
            lock (_gate)
            {
                return CollectionsMarshal.AsSpan(_models).ToArray();
            }
        }
    }

    /// <summary>The open acts about an act, up to a size, in their order.</summary>
    public IReadOnlyList<long> About(long index, long size)
    {
        lock (_gate)
        {
            return _about.TryGetValue(index, out var acts)
                ? [.. acts.TakeWhile(one => one < size)]
                : [];
        }
    }

    /// <summary>What the public may know of an act's type.</summary>
    public static string PublicName(ActType type) =>
        type.Form == ActForm.Sealed ? "sealed" : type.Name;

    private Row RowOf(long index) => _chunks[index >> ChunkBits][index & (ChunkRows - 1)];

    private int Known(string speaker)
    {
        lock (_gate)
        {
            return _numbers.GetValueOrDefault(speaker, -1);
        }
    }

    private int NumberOf(string speaker)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(speaker, out var number))
            {
                number = _speakers.Count;
                _numbers.Add(speaker, number);
                _speakers.Add(speaker);
            }

            return number;
        }
    }

    private readonly record struct Row(long Tick, int Speaker, byte Type);
}
