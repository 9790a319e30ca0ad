using Concord.Acts;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority;

/// <summary>An entry that a key in other hands has signed, and what became of it.</summary>
/// <param name="Id">The entry: of a joint act, the signature.</param>
/// <param name="Doubt">Since when, and who has settled it.</param>
public sealed record ContestedEntry(ActId Id, Doubt Doubt)
{
    /// <summary>The contested ones of the entries that make an act.</summary>
    /// <param name="network">The world's network.</param>
    /// <param name="statementOf">The statement at an index.</param>
    /// <param name="tickOf">The last tick before an entry; null: the founding.</param>
    /// <param name="act">The act, by the index by which it goes.</param>
    public static IReadOnlyList<ContestedEntry> Of(
        NetworkView network,
        Func<long, Statement> statementOf,
        Func<long, Instant?> tickOf,
        long act
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(statementOf);
        ArgumentNullException.ThrowIfNull(tickOf);
        var statement = statementOf(act);
        var joint = statement.IsEnvelope
            ? null
            : network.Joints.Find(Digest.Of(statement.Payload.Span));
        IEnumerable<(long Index, KeyId Key, Instant? At)> entries = joint is null
            ? [(act, statement.Key, tickOf(act))]
            : joint.Signatures.Select(one => (one.Index, one.Key, (Instant?)one.At));
        return
        [
            .. from entry in entries
            where entry.At is not null
            let doubt = network.DoubtOf(entry.Index, entry.Key, entry.At!.Value)
            where doubt is not null
            select new ContestedEntry(new(entry.Index), doubt),
        ];
    }
}
