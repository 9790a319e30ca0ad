using System.Buffers.Text;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Registry;

namespace Concord.Rooms.Lineage;

/// <summary>
/// Counts figures anew out of small forms that are in the log, so that nobody's word is taken where
/// anybody can count.
/// </summary>
public static class Counting
{
    /// <summary>
    /// The whole exponent from which on a stated figure is below the register's bar for 10^6
    /// entries.
    /// </summary>
    public const int Bar = -14;

    /// <summary>For how many entries at least a figure is corrected.</summary>
    public const long EntriesLeast = 1_000_000;

    /// <summary>How many matches a new fingerprint lets count anew.</summary>
    internal const int Most = 64;

    /// <summary>Reads a small or large form in base64url; null: it is none.</summary>
    public static Fingerprint? Read(string text) => Read(BytesOf(text).Span);

    /// <summary>Reads a form; null: it is none.</summary>
    public static Fingerprint? Read(ReadOnlySpan<byte> bytes) =>
        Fingerprint.TryRead(bytes, out var read, out _) ? read : null;

    /// <summary>The whole exponent that a probability is at most ten to the power of.</summary>
    public static int Exponent(double log10P) =>
        (int)Math.Ceiling(Math.Clamp(log10P, -1_000_000, 0));

    /// <summary>The bytes of a text in base64url; none where it is not one.</summary>
    internal static ReadOnlyMemory<byte> BytesOf(string text) =>
        Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : ReadOnlyMemory<byte>.Empty;

    /// <summary>
    /// What the small forms of a match say about each other now; null: one of them is not in the
    /// log.
    /// </summary>
    public static PairEvidence? Compare(World world, Match match)
    {
        ArgumentNullException.ThrowIfNull(world);
        return Pair(world.Lineage.Weights, world.Registry, match) is { } pair
            ? PairTest.Compare(pair.One, pair.Other)
            : null;
    }

    /// <summary>The figure of a match; null: one of the small forms is not in the log.</summary>
    internal static CountedFigure? Of(WeightsBook book, RegistryView registry, Match match)
    {
        if (match.IsExact || Pair(book, registry, match) is not { } pair)
        {
            return null;
        }

        var evidence = PairTest.Compare(pair.One, pair.Other);
        var entries = Math.Max(EntriesLeast, book.Fingerprints.Count);
        return new(
            Exponent(evidence.Log10P),
            evidence.SameWeights,
            evidence.Decides(entries),
            pair.Child,
            pair.Parent
        );
    }

    private static (ActId Child, Fingerprint One, ActId Parent, Fingerprint Other)? Pair(
        WeightsBook book,
        RegistryView registry,
        Match match
    )
    {
        var child = match.Act switch
        {
            FoundCopy { Fingerprint: { } own } => (match.Id, BytesOf(own)),
            EvidenceAct act => Small(book, registry, act.Child),
            _ => null,
        };
        var parent = Small(book, registry, match.Parent);
        return
            child is var (childAct, childBytes)
            && parent is var (parentAct, parentBytes)
            && Read(childBytes.Span) is { } one
            && Read(parentBytes.Span) is { } other
            ? (childAct, one, parentAct, other)
            : null;
    }

    /// <summary>
    /// The small form of a side: its developer's before another's, the newest before an older.
    /// </summary>
    internal static (ActId Act, ReadOnlyMemory<byte> Bytes)? Small(
        WeightsBook book,
        RegistryView registry,
        EvidenceSide side
    )
    {
        var release =
            side.Release
            ?? (
                side.File is { } file && registry.Weights.TryGet(file, out var known) ? known : null
            );
        var prints =
            release is { } id ? book.PrintsOf(id)
            : side.Weights is { } weights ? book.PrintsOf(weights)
            : [];
        var best = prints.OrderByDescending(one => one.IsOwn).FirstOrDefault();
        if (best is not null)
        {
            return (best.Id, best.Small);
        }

        var found = (side.File ?? side.Weights) is { } digest
            ? book.MatchesOf(digest)
                .FirstOrDefault(one => one.Act is FoundCopy { Fingerprint: not null })
            : null;
        return found?.Act is FoundCopy { Fingerprint: { } small }
            ? (found.Id, BytesOf(small))
            : null;
    }
}
