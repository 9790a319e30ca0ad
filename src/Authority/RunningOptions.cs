using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Authority.Notices;
using Concord.Authority.Witnesses;
using Concord.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concord.Authority;

/// <summary>How an authority runs.</summary>
public sealed record RunningOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The bounds of the intake.</summary>
    public IntakeLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether the witnesses of the data folder's policy will be asked: deadlines wait for them.
    /// </summary>
    public bool AsksWitnesses { get; init; } = true;

    /// <summary>How witnesses are asked.</summary>
    public CosigningOptions Cosigning { get; init; } = new();

    /// <summary>
    /// How parties are told of what concerns them; null: by webhook alone, in a sandbox by any.
    /// </summary>
    public NoticeOptions? Notices { get; init; }

    /// <summary>Where the server says what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Told how far start-up is.</summary>
    public IProgress<FurnishingStep>? Progress { get; init; }

    /// <summary>The free bytes below which nothing is logged.</summary>
    public long FreeBytesMin { get; init; } = 256L << 20;

    /// <summary>Refusals that are kept for one party.</summary>
    public int RefusalsPerParty { get; init; } = AnswerStore.RefusalsPerParty;
}
