using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Recovery;

/// <summary>
/// A copy of what is public of an authority, as <c>concord mirror</c> keeps it: the log for any
/// C2SP client under <c>log</c>, public documents under <c>contents</c>, whose log it is in
/// <c>authority.json</c>, and what proves a fork under <c>evidence</c>.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class MirrorFolder(string path)
{
    /// <summary>The folder, seen as that of an authority.</summary>
    public DataFolder Data { get; } = new(path);

    /// <summary>The full path.</summary>
    public string Path => Data.Path;

    /// <summary>The public documents.</summary>
    public FileContents Contents => new(System.IO.Path.Combine(Path, "contents"));

    /// <summary>Where the evidence of forks lies.</summary>
    public string Evidence => System.IO.Path.Combine(Path, "evidence");

    /// <summary>Whether a folder is a mirror: it has a public face and no database.</summary>
    public bool IsMirror =>
        Data.IsFounded
        && !File.Exists(Data.Database)
        && !File.Exists(Data.Place)
        && File.Exists(System.IO.Path.Combine(Data.Log, ITileStore.CheckpointPath));

    /// <summary>The log as a source to pull from.</summary>
    public LogSource Log => Of(Data.Log);

    /// <summary>The files of a log as a source to pull from.</summary>
    public static LogSource Of(string log)
    {
        if (!Directory.Exists(log))
        {
            throw new DirectoryNotFoundException($"There is no log in {log}.");
        }

        var tiles = new FileTiles(log);
        return (resource, _) => Task.FromResult(tiles.Read(resource));
    }

    /// <summary>Checks every byte of the mirror against what the log has signed.</summary>
    public FsckReport Check(LogKeys log)
    {
        var report = LogCheck.Run(new FileTiles(Data.Log), store: null, log);
        var contents = Contents;
        var digests = contents.Digests.ToList();
        var damaged = digests
            .Where(digest => contents.Read(digest) is null)
            .Select(digest => new LogFinding(
                $"contents {digest}",
                "its bytes have another digest"
            ));
        HashSet<Digest> erased = report.Findings.Count == 0 ? ErasedIn(0, report.Size) : [];
        var still = digests
            .Where(erased.Contains)
            .Select(digest => new LogFinding(
                $"contents {digest}",
                "was erased by an act, and is still here"
            ));
        return new(
            report.Size,
            digests.Count,
            IsSealed: true,
            [.. report.Findings, .. damaged, .. still],
            report.Notes,
            Repaired: []
        );
    }

    /// <summary>What entries from one index to another (exclusive) erase.</summary>
    public HashSet<Digest> ErasedIn(long from, long to) =>
        LogBundles
            .Read(new FileTiles(Data.Log), from, to)
            .Select(entry => EntryContents.ErasedBy(entry))
            .OfType<Digest>()
            .ToHashSet();

    /// <summary>Keeps what proves a fork.</summary>
    /// <returns>The folder of the evidence.</returns>
    public string Keep(LogForkException fork)
    {
        ArgumentNullException.ThrowIfNull(fork);
        var name = Digest.Of(System.Text.Encoding.UTF8.GetBytes(fork.Held + fork.Shown));
        var folder = System.IO.Path.Combine(Evidence, name.ToHex()[..16]);
        Directory.CreateDirectory(folder);
        File.WriteAllText(System.IO.Path.Combine(folder, "held.checkpoint"), fork.Held);
        File.WriteAllText(System.IO.Path.Combine(folder, "shown.checkpoint"), fork.Shown);
        File.WriteAllText(System.IO.Path.Combine(folder, "consistency"), fork.Proof);
        return folder;
    }
}
