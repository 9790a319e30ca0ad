using Concord.Authority.Witnesses;

namespace Concord.Authority.Api;

/// <summary>Who cosigns the log, and how far each is.</summary>
public static class WitnessesApi
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(
                "/log/witnesses",
                (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "no-cache";
                    return Results.Json(Read(authority), ApiJson.Options);
                }
            )
            .WithName("witnesses")
            .WithSummary("The witnesses of the log: how far each is, and what is witnessed.")
            .Produces<WitnessesDocument>()
            .WithTags("Log");

    /// <summary>The witnesses of the log.</summary>
    /// <param name="Size">The number of entries that are logged.</param>
    /// <param name="Witnessed">What reached the quorum; absent: nothing yet.</param>
    /// <param name="Clock">The server's clock, held against their times.</param>
    /// <param name="Witnesses">Those of the policy, in its order.</param>
    public sealed record WitnessesDocument(
        long Size,
        WitnessedTree? Witnessed,
        ClockLine Clock,
        IReadOnlyList<WitnessLine> Witnesses
    );

    /// <summary>A tree that reached the quorum.</summary>
    /// <param name="Size">Its size.</param>
    /// <param name="Root">Its root, base64.</param>
    /// <param name="At">The newest time of its cosignatures.</param>
    /// <param name="By">The names of the witnesses.</param>
    public sealed record WitnessedTree(long Size, string Root, string At, IReadOnlyList<string> By);

    /// <summary>The server's clock, held against the witnesses' times.</summary>
    /// <param name="Agreement">Whether it agrees with the median of a quorum.</param>
    /// <param name="OffsetSeconds">How far the median is ahead of it.</param>
    /// <param name="Finding">What is amiss; absent: nothing.</param>
    public sealed record ClockLine(
        ClockAgreement Agreement,
        double? OffsetSeconds,
        string? Finding
    );

    /// <summary>How far a witness is.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="VerifierKey">Its verifier key.</param>
    /// <param name="Url">Where it takes checkpoints; absent: not known.</param>
    /// <param name="Size">The size that it cosigned last.</param>
    /// <param name="At">The time in its newest cosignature.</param>
    /// <param name="AgeSeconds">How old that is by the authority's clock.</param>
    /// <param name="OffsetSeconds">How far its clock is ahead of the server's; absent: it has not
    /// told the time for an hour.</param>
    /// <param name="Fault">Why it did not cosign when it was asked last.</param>
    public sealed record WitnessLine(
        string Name,
        string VerifierKey,
        string? Url,
        long Size,
        string? At,
        double? AgeSeconds,
        double? OffsetSeconds,
        string? Fault
    );

    private static WitnessesDocument Read(RunningAuthority authority)
    {
        var check = authority.Clocks.Now;
        return new(
            authority.Intake.Current.Size,
            authority.Witnesses.Newest is { } head
                ? new(
                    head.Size,
                    head.Checkpoint.Root.ToBase64(),
                    head.At.ToString(),
                    [.. head.Cosigned.Select(one => one.Witness.Name)]
                )
                : null,
            new(check.Agreement, check.Offset?.Middle.TotalSeconds, check.Finding),
            [.. authority.Witnesses.Witnesses.Select(one => Line(authority, one))]
        );
    }

    private static WitnessLine Line(RunningAuthority authority, AskedWitness witness)
    {
        var state = witness.State;
        return new(
            witness.Key.Name,
            witness.Key.ToString(),
            witness.Url?.ToString(),
            state.Size,
            state.At?.ToString(),
            state.At is { } at ? (authority.Now - at).TotalSeconds : null,
            authority.Clocks.OffsetOf(witness, authority.Now)?.Middle.TotalSeconds,
            state.Fault
        );
    }
}
