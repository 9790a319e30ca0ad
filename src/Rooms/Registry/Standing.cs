using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>
/// The standing of a model or release: a state, its end, and the act that decided it.
/// </summary>
public sealed record Standing
{
    /// <summary>The state that acts have made.</summary>
    public required StandingState State { get; init; }

    /// <summary>
    /// Until when the state holds, outages counted in; then it lapses by itself.
    /// </summary>
    public Instant? Until { get; init; }

    /// <summary>Since when a certificate's time runs.</summary>
    public Instant? Since { get; init; }

    /// <summary>The conditions of a certificate.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>The log index of the act that decided it.</summary>
    public required long DecidedBy { get; init; }

    /// <summary>What a suspension returns to.</summary>
    public Standing? Before { get; init; }

    /// <summary>The act that gave the certificate.</summary>
    public long? CertifiedBy { get; init; }

    /// <summary>A suspension that has no effect until the appeal against it is decided.</summary>
    public Standing? Stayed { get; init; }

    /// <summary>
    /// The standing at a time: lapsed certificates and suspensions are folded here.
    /// </summary>
    public Standing AsOf(Instant at)
    {
        var now = this;
        while (now.Until is { } until && until <= at)
        {
            now = now.State switch
            {
                StandingState.Suspended when now.Before is { } before => before,
                _ => now with { State = StandingState.Registered, Until = null, Conditions = [] },
            };
        }

        return now;
    }

    /// <summary>
    /// The standing with an outage counted in: a certificate runs for its holder and ends later. A
    /// suspension does not: nothing that bars somebody is lengthened by a stop of the authority.
    /// </summary>
    internal Standing Tolled(OutageRecord outage)
    {
        var before = Before?.Tolled(outage);
        return State is StandingState.Certified && (Since, Until) is ({ } since, { } until)
                ? this with
                {
                    Until = outage.Toll(since, until),
                    Before = before,
                }
            : ReferenceEquals(before, Before) ? this
            : this with { Before = before };
    }

    /// <summary>
    /// The standing after a decision on an appeal, which finds what was appealed wherever in it
    /// that is; where it is not there any more, the decision changes nothing.
    /// </summary>
    internal Standing Appealed(long appealed, AppealOutcome outcome, Effect effect)
    {
        if (State == StandingState.Suspended && DecidedBy == appealed && Before is { } before)
        {
            return outcome switch
            {
                AppealOutcome.Stayed => before with
                {
                    DecidedBy = effect.Act,
                    Stayed = this with { Before = null },
                },
                AppealOutcome.SetAside => before with { DecidedBy = effect.Act },
                _ => this,
            };
        }

        if (Stayed is { } stayed && stayed.DecidedBy == appealed)
        {
            return outcome == AppealOutcome.Upheld
                ? stayed with
                {
                    Before = this with { Stayed = null },
                }
                : this with
                {
                    DecidedBy = effect.Act,
                    Stayed = null,
                };
        }

        var isCertificate =
            State == StandingState.Certified && CertifiedBy == appealed && Until > effect.At;
        return isCertificate && outcome == AppealOutcome.SetAside
                ? this with
                {
                    DecidedBy = effect.Act,
                    Conditions = [],
                }
            : Before is null ? this
            : this with { Before = Before.Appealed(appealed, outcome, effect) };
    }

    /// <summary>Every certificate or suspension in it, its own and what it returns to.</summary>
    internal IEnumerable<Standing> All()
    {
        for (var one = this; one is not null; one = one.Before)
        {
            yield return one;
        }
    }
}

/// <summary>The standing of a subject with what flows to it along lineage.</summary>
/// <param name="Subject">The model or release.</param>
/// <param name="Own">Its own standing at the world's time.</param>
/// <param name="MarkedBy">Suspended or withdrawn subjects that it was made from.</param>
public sealed record EffectiveStanding(
    SubjectId Subject,
    Standing Own,
    IReadOnlyList<SubjectId> MarkedBy
)
{
    /// <summary>
    /// By which evidence what was asked for is this subject or made from it; null: it is the
    /// subject by its id or by what its own developer states.
    /// </summary>
    public ByEvidence? By { get; init; }

    /// <summary>Whether the subject itself is suspended or withdrawn.</summary>
    public bool IsBarred => Own.State is StandingState.Suspended or StandingState.Withdrawn;

    /// <summary>
    /// Whether it may be relied on: registered or certified, and marked by nothing. Evidence makes
    /// nothing good: else a harmful file is cleared by who reports it as a copy of a good one.
    /// </summary>
    public bool IsGood =>
        By is null
        && Own.State is StandingState.Registered or StandingState.Certified
        && MarkedBy.Count == 0;
}

/// <summary>By which evidence something is a copy of a release or was made from it.</summary>
/// <param name="Act">The act that says it.</param>
/// <param name="Evidence">What was recognised.</param>
/// <param name="Log10P">
/// The figure that the register has counted: the probability of such agreement between strangers is
/// at most ten to this power; null: a digest is equal.
/// </param>
/// <param name="Relation">The relation that is suggested; null: none.</param>
/// <param name="IsDisputed">Whether somebody objects.</param>
public sealed record ByEvidence(
    ActId Act,
    CopyEvidence Evidence,
    int? Log10P,
    Relation? Relation,
    bool IsDisputed
);
