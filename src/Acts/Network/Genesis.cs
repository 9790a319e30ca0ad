using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts.Network;

/// <summary>
/// The first act of a log, signed by t of its roots: who the authority is, where its log is, which
/// roots it answers to, and key set 1 (DESIGN §4). Wire name <c>network/genesis/1</c>.
/// </summary>
public sealed record Genesis : JointAct
{
    /// <summary>The authority.</summary>
    public required AuthorityName Authority { get; init; }

    /// <summary>The origin of the log (C2SP tlog-checkpoint), a schemeless URL prefix.</summary>
    [Text(255, Form = TextForm.Origin)]
    public required string Origin { get; init; }

    /// <summary>
    /// Whether this is a sandbox, whose receipts nobody may take for a real authority's.
    /// </summary>
    public required bool Sandbox { get; init; }

    /// <summary>The offline root keys.</summary>
    public required RootSet Roots { get; init; }

    /// <summary>When the authority was founded; the first tick is not earlier.</summary>
    public required Instant FoundedAt { get; init; }

    /// <summary>The first key set, epoch 1.</summary>
    public required KeySetBody KeySet { get; init; }

    /// <summary>The log that this one succeeds; absent for a first log.</summary>
    public Predecessor? Predecessor { get; init; }
}

/// <summary>The name of an authority.</summary>
public sealed record AuthorityName
{
    /// <summary>As people know it.</summary>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Text(2, Form = TextForm.Country)]
    public required string Country { get; init; }
}

/// <summary>The root keys: t of them sign.</summary>
public sealed record RootSet
{
    /// <summary>How many must sign.</summary>
    [Whole(1, 31)]
    public required int T { get; init; }

    /// <summary>The keys.</summary>
    [Items(1, 31)]
    public required IReadOnlyList<NamedKey> Keys { get; init; }
}

/// <summary>A key and the name of who holds it.</summary>
public sealed record NamedKey
{
    /// <summary>The holder's name within its set: lower-case letters, digits and hyphens.</summary>
    [Text(64, Form = TextForm.Slug)]
    public required string Name { get; init; }

    /// <summary>The public key.</summary>
    public required PublicKey Key { get; init; }
}

/// <summary>The log that a new one goes on from (succession).</summary>
public sealed record Predecessor
{
    /// <summary>Its origin.</summary>
    [Text(255, Form = TextForm.Origin)]
    public required string Origin { get; init; }

    /// <summary>The size of its last witnessed checkpoint.</summary>
    [Whole(1, WholeAttribute.JsonSafe)]
    public required long Size { get; init; }

    /// <summary>The root of that checkpoint.</summary>
    public required Digest Root { get; init; }

    /// <summary>
    /// The verifier key that signed it, under that origin; absent where the roots do not say.
    /// </summary>
    [Text(300, Form = TextForm.VerifierKey)]
    public string? VerifierKey { get; init; }
}
