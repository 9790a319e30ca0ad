using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Tables;
using Concord.Authority.Witnesses;
using Concord.Rooms;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Concord.Authority.Web;

/// <summary>
/// What the pages read; they never write. A page reads one snapshot, the one with which its request
/// began: the same from which its tag (ETag) is made.
/// </summary>
public sealed class PublicSite
{
    private readonly RunningAuthority _authority;
    private readonly RegisterTables _tables;
    private readonly TaskCompletionSource _warmed = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>The site of a running authority.</summary>
    public PublicSite(RunningAuthority authority)
    {
        _authority = authority;
        _tables = new(authority.Index, authority.Contents.Act);
    }

    /// <summary>The name of the authority.</summary>
    public string Authority => _authority.File.Name;

    /// <summary>The origin of the log.</summary>
    public string Origin => _authority.File.Origin;

    /// <summary>The chart of the front page.</summary>
    public RegisterChart Chart { get; } = new();

    /// <summary>What is due by a time that is public.</summary>
    public DueList Due { get; } = new();

    /// <summary>What is in the log: statements, acts, documents.</summary>
    public LogContents Contents => _authority.Contents;

    /// <summary>What lists of acts are made from.</summary>
    public ActIndex Index => _authority.Index;

    /// <summary>The refusals that were given out.</summary>
    public RefusalDesk Refusals => _authority.Refusals;

    /// <summary>Who signs answers on standing.</summary>
    public StandingDesk Standing => _authority.Standing;

    /// <summary>The applications for admission.</summary>
    public ApplicationDesk Applications => _authority.Applications;

    /// <summary>The answers of forms that somebody has begun.</summary>
    public Filing.SavedForms Saved => _authority.Saved;

    /// <summary>Attachments that were sent before their act.</summary>
    public UploadDesk Uploads => _authority.Uploads;

    /// <summary>Those who cosign the log's checkpoints.</summary>
    public Cosigning Witnesses => _authority.Witnesses;

    /// <summary>The server's clock, held against the witnesses' times.</summary>
    public ClockCheck Clock => _authority.Clocks.Now;

    /// <summary>The verifier key of the log (C2SP signed-note vkey).</summary>
    public string VerifierKey => _authority.File.VerifierKey;

    /// <summary>The contested ones of the entries that make an act.</summary>
    public IReadOnlyList<ContestedEntry> ContestedIn(World world, long act)
    {
        ArgumentNullException.ThrowIfNull(world);
        return ContestedEntry.Of(world.Network, Contents.Statement, Index.TickOf, act);
    }

    /// <summary>The models that an act makes or changes.</summary>
    public IEnumerable<ModelId> ModelsOf(World world, long act) => _tables.ModelsOf(world, act);

    /// <summary>The world that a request reads.</summary>
    public World WorldOf(HttpContext context) => SnapshotOf(context).World;

    /// <summary>The register that a request reads.</summary>
    public RegisterTable RegisterOf(HttpContext context) => _tables.Of(WorldOf(context));

    /// <summary>Done when the first table is made, or could not be.</summary>
    public Task Warmed => _warmed.Task;

    /// <summary>Brings the table of the register up to the log, and gives the log's size.</summary>
    public long Follow()
    {
        try
        {
            var snapshot = _authority.Intake.Current;
            _tables.Of(snapshot.World).Near.Make();
            return snapshot.Size;
        }
        finally
        {
            _warmed.TrySetResult();
        }
    }

    /// <summary>
    /// Lets requests for lists of the register wait for its first table without holding a thread.
    /// </summary>
    public Task AwaitAsync(HttpContext context, RequestDelegate next)
    {
        return Warmed.IsCompleted || !ReadsRegister(context.GetEndpoint())
            ? next(context)
            : WaitAsync();

        async Task WaitAsync()
        {
            await Warmed.WaitAsync(context.RequestAborted);
            await next(context);
        }
    }

    private static bool ReadsRegister(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<PageActionDescriptor>() is not null
        || endpoint?.Metadata.GetMetadata<EndpointNameMetadata>()?.EndpointName
            is "register"
                or "export-csv"
                or "export-jsonl"
                or "export-parquet"
                or "sitemap"
                or "sitemap-part";

    /// <summary>The snapshot that a request reads.</summary>
    public Snapshot SnapshotOf(HttpContext context)
    {
        if (context.Features.Get<Snapshot>() is { } snapshot)
        {
            return snapshot;
        }

        snapshot = _authority.Intake.Current;
        context.Features.Set(snapshot);
        return snapshot;
    }

    /// <summary>Where who asks may make and use a passkey; null: nowhere.</summary>
    public WebAddress? AddressOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WebAddress.Of(_authority.File.Web, _authority.File.Sandbox, context.Request);
    }

    /// <summary>What stands around a page.</summary>
    public SiteChrome ChromeOf(HttpContext context)
    {
        var snapshot = SnapshotOf(context);
        var file = _authority.File;
        return new(
            file.Name,
            file.Sandbox,
            file.Origin,
            snapshot.Size,
            snapshot.Root,
            snapshot.World.Network.HasTicked ? snapshot.World.At : null,
            Math.Min(_authority.Witnesses.Newest?.Size ?? 0, snapshot.Size)
        );
    }
}
