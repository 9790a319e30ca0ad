using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// Fingerprints, matches and objections, as they were filed. It holds claims: what they weigh is
/// said by <see cref="Recognition"/>, and no claim changes what was declared.
/// </summary>
public sealed record WeightsBook
{
    /// <summary>Before the first.</summary>
    public static readonly WeightsBook None = new();

    /// <summary>Fingerprints that stand, by the index of their acts.</summary>
    public Map<long, FingerprintRecord> Fingerprints { get; private init; } =
        Map<long, FingerprintRecord>.Empty;

    /// <summary>The fingerprints of a release, newest first.</summary>
    public Map<ReleaseId, Chain<long>> OfRelease { get; private init; } =
        Map<ReleaseId, Chain<long>>.Empty;

    /// <summary>The fingerprints with a weights digest, newest first.</summary>
    public Map<Digest, Chain<long>> OfWeights { get; private init; } =
        Map<Digest, Chain<long>>.Empty;

    /// <summary>Matches, those that were withdrawn or voided too.</summary>
    public Map<long, Match> Matches { get; private init; } = Map<long, Match>.Empty;

    /// <summary>The matches that stand and name a release, newest first.</summary>
    public Map<ReleaseId, Chain<long>> ByRelease { get; private init; } =
        Map<ReleaseId, Chain<long>>.Empty;

    /// <summary>The matches that stand and name a digest, newest first.</summary>
    public Map<Digest, Chain<long>> ByDigest { get; private init; } =
        Map<Digest, Chain<long>>.Empty;

    /// <summary>Objections that stand.</summary>
    public Map<long, Objection> Objections { get; private init; } = Map<long, Objection>.Empty;

    /// <summary>The objections to an act, newest first.</summary>
    public Map<long, Chain<long>> Against { get; private init; } = Map<long, Chain<long>>.Empty;

    /// <summary>Whether nothing was ever filed here.</summary>
    public bool IsEmpty => Fingerprints.Count == 0 && Matches.Count == 0 && Objections.Count == 0;

    /// <summary>The fingerprints of a release that stand, newest first.</summary>
    public IEnumerable<FingerprintRecord> PrintsOf(ReleaseId release) =>
        Items(OfRelease.Find(release)).Select(one => Fingerprints[one]);

    /// <summary>The fingerprints with a weights digest that stand, newest first.</summary>
    public IEnumerable<FingerprintRecord> PrintsOf(Digest weights) =>
        Items(OfWeights.Find(weights)).Select(one => Fingerprints[one]);

    /// <summary>The objections to an act that stand, newest first.</summary>
    public IEnumerable<Objection> ObjectionsTo(ActId act) =>
        Items(Against.Find(act.Index)).Select(one => Objections[one]);

    /// <summary>The matches that stand and name a digest, newest first.</summary>
    public IEnumerable<Match> MatchesOf(Digest digest) =>
        Items(ByDigest.Find(digest)).Select(one => Matches[one]);

    /// <summary>The matches that stand and name a release by its id, newest first.</summary>
    public IEnumerable<Match> MatchesOf(ReleaseId release) =>
        Items(ByRelease.Find(release)).Select(one => Matches[one]);

    /// <summary>Who filed a fingerprint, match or objection; null: there is none.</summary>
    internal Speaker? FilerOf(ActId target)
    {
        var party =
            Fingerprints.Find(target.Index)?.By
            ?? Matches.Find(target.Index)?.By
            ?? Objections.Find(target.Index)?.Said.By;
        return party is { } filer ? new Speaker.Party(filer) : null;
    }

    /// <summary>Whether a match was withdrawn or voided.</summary>
    internal bool IsEnded(ActId target) => Matches.Find(target.Index) is { EndedBy: not null };

    internal WeightsBook In(Edit? edit) =>
        new()
        {
            Fingerprints = Fingerprints.In(edit),
            OfRelease = OfRelease.In(edit),
            OfWeights = OfWeights.In(edit),
            Matches = Matches.In(edit),
            ByRelease = ByRelease.In(edit),
            ByDigest = ByDigest.In(edit),
            Objections = Objections.In(edit),
            Against = Against.In(edit),
        };

    internal WeightsBook Fold(Logged entry, Effect effect, RegistryView before) =>
        entry.Act switch
        {
            FingerprintAct act => Print(act, entry.Index, effect, before),
            EvidenceAct act => Claim(act, entry, effect, before),
            FoundCopy act => Claim(act, entry, effect, before),
            Dispute act => Object(act, entry.Index, effect),
            Withdraw act => End(act.Target.Index, new(effect.Act)),
            VoidAct { Replacement: null } act => End(act.Target.Index, new(effect.Act)),
            Reveal { Document: { } opening } act => Show(act.Target.Index, opening, entry.Index),
            _ => this,
        };

    private WeightsBook Print(FingerprintAct act, long index, Effect effect, RegistryView before)
    {
        var record = new FingerprintRecord(
            new(index),
            act.Release,
            act.By,
            before.Releases.Find(act.Release)?.Developer == act.By,
            act.Weights,
            act.Method,
            Counting.BytesOf(act.Small),
            effect.At
        );
        var book = this with
        {
            Fingerprints = Fingerprints.Set(index, record),
            OfRelease = With(OfRelease, act.Release, index),
            OfWeights = With(OfWeights, act.Weights, index),
        };
        return book.Recount(act, before);
    }

    // A figure is counted once, as soon as both small forms are there.
    private WeightsBook Recount(FingerprintAct act, RegistryView registry)
    {
        var book = this;
        var waiting = MatchesOf(act.Release)
            .Concat(MatchesOf(act.Weights))
            .Where(one => one is { Counted: null, Act: EvidenceAct })
            .Take(Counting.Most)
            .ToList();
        foreach (var match in waiting)
        {
            var counted = match with { Counted = Counting.Of(this, registry, match) };
            book = book with { Matches = book.Matches.Set(match.Id.Index, counted) };
        }

        return book;
    }

    private WeightsBook Claim(Act act, Logged entry, Effect effect, RegistryView before)
    {
        var match = new Match
        {
            Id = new(entry.Index),
            Act = act,
            ActDigest = entry.ActDigest,
            At = effect.At,
            Place = entry.SealedPart as FoundPlace,
        };
        match = match with { Counted = Counting.Of(this, before, match) };
        var (byRelease, byDigest) = (ByRelease, ByDigest);
        foreach (var release in ReleasesOf(match))
        {
            byRelease = With(byRelease, release, entry.Index);
        }

        foreach (var digest in match.ChildDigests.Concat(match.ParentDigests).Distinct())
        {
            byDigest = With(byDigest, digest, entry.Index);
        }

        return this with
        {
            Matches = Matches.Set(entry.Index, match),
            ByRelease = byRelease,
            ByDigest = byDigest,
        };
    }

    private WeightsBook Object(Dispute act, long index, Effect effect) =>
        this with
        {
            Objections = Objections.Set(index, new(new(index), act, effect.At)),
            Against = With(Against, act.Target.Index, index),
        };

    private WeightsBook End(long target, ActId by)
    {
        if (Fingerprints.Find(target) is { } print)
        {
            return this with
            {
                Fingerprints = Fingerprints.Remove(target),
                OfRelease = Without(OfRelease, print.Release, target),
                OfWeights = Without(OfWeights, print.Weights, target),
            };
        }

        if (Objections.Find(target) is { } objection)
        {
            return this with
            {
                Objections = Objections.Remove(target),
                Against = Without(Against, objection.Said.Target.Index, target),
            };
        }

        return Matches.Find(target) is { EndedBy: null } match ? End(match, by) : this;
    }

    private WeightsBook End(Match match, ActId by)
    {
        var (index, byRelease, byDigest) = (match.Id.Index, ByRelease, ByDigest);
        foreach (var release in ReleasesOf(match))
        {
            byRelease = Without(byRelease, release, index);
        }

        foreach (var digest in match.ChildDigests.Concat(match.ParentDigests).Distinct())
        {
            byDigest = Without(byDigest, digest, index);
        }

        return this with
        {
            Matches = Matches.Set(index, match with { EndedBy = by }),
            ByRelease = byRelease,
            ByDigest = byDigest,
        };
    }

    private WeightsBook Show(long target, string opening, long by) =>
        Matches.Find(target) is { Act: FoundCopy act } match
            ? this with
            {
                Matches = Matches.Set(
                    target,
                    match with
                    {
                        Place = match.Place ?? Opened.Part<FoundPlace>(ActTable.Of(act), opening),
                        RevealedBy = new(by),
                    }
                ),
            }
            : this;

    private static IEnumerable<ReleaseId> ReleasesOf(Match match) =>
        new[] { match.Parent.Release, match.Child }.OfType<ReleaseId>().Distinct();

    private static IEnumerable<long> Items(Chain<long>? chain) => chain ?? Enumerable.Empty<long>();

    private static Map<T, Chain<long>> With<T>(Map<T, Chain<long>> map, T key, long index)
        where T : notnull => map.Set(key, new(index, map.Find(key)));

    private static Map<T, Chain<long>> Without<T>(Map<T, Chain<long>> map, T key, long index)
        where T : notnull
    {
        Chain<long>? rest = null;
        foreach (var other in Items(map.Find(key)).Reverse())
        {
            rest = other == index ? rest : new(other, rest);
        }

        return rest is null ? map.Remove(key) : map.Set(key, rest);
    }
}
