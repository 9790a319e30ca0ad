using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Identify;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Tests.Identify;

/// <summary>A log with fingerprints, of which some were withdrawn or voided.</summary>
internal sealed class FiledPrints
{
    /// <summary>How many releases there are, which fingerprints can be of.</summary>
    public const int Releases = 5;

    private readonly List<Logged> _log = [];
    private readonly List<World> _worlds = [World.Empty];
    private readonly Given _given = Given.Parties();
    private readonly ReleaseId[] _releases;

    public FiledPrints()
    {
        _releases =
        [
            .. Enumerable
                .Range(0, Releases)
                .Select(at =>
                    _given.Publish("aurora", _given.Register("aurora", $"Tern {at}"), $"tern {at}")
                ),
        ];
        Feed = new(Index, entry => _log[(int)entry]);
        CatchUp();
    }

    public ActIndex Index { get; } = new();

    public IndexFeed Feed { get; }

    public long Size => _log.Count;

    public World World => _worlds[^1];

    /// <summary>The fingerprints that were filed, by their entries.</summary>
    public SortedDictionary<long, Fingerprint> Prints { get; } = [];

    public Snapshot At(long size) =>
        new(_worlds[(int)size], new(new(Given.Origin, size, MerkleTree.EmptyRoot), ""));

    /// <summary>Files the fingerprint of weights of a release.</summary>
    public long File(Fingerprint print, int release = 0) =>
        Filed(_given.File("aurora", _given.Print("aurora", _releases[release], print)), print);

    public void Withdraw(long entry)
    {
        _given.File("aurora", new Withdraw { Target = new(entry), Reason = "Taken of a draft." });
        CatchUp();
    }

    public void Void(long entry)
    {
        _given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            new VoidAct
            {
                Joint = _given.Joint(JointKind.Institutions),
                Target = new(entry),
                Reason = "Taken of other weights.",
            }
        );
        CatchUp();
    }

    /// <summary>Folds fingerprints without signing each: thousands, and nothing after.</summary>
    public void Fold(IEnumerable<Fingerprint> prints, int release = 0)
    {
        var first = _given.Log.FindLast(one => one.Act is FingerprintAct)!;
        foreach (var print in prints)
        {
            var entry = first with
            {
                Index = Size,
                StatementId = Digest.Of(BitConverter.GetBytes(Size)),
                Act = _given.Print("aurora", _releases[release], print),
            };
            Add(entry);
            Prints[entry.Index] = print;
        }
    }

    private long Filed(long entry, Fingerprint print)
    {
        CatchUp();
        Prints[entry] = print;
        return entry;
    }

    private void CatchUp()
    {
        foreach (var entry in _given.Log.Skip(_log.Count).ToList())
        {
            Add(entry);
        }
    }

    private void Add(Logged entry)
    {
        _log.Add(entry);
        _worlds.Add(World.Fold(entry));
        Index.Add(entry);
    }
}
