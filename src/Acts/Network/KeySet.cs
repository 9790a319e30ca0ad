using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// The next set of institutions, officers, permitters, keys, thresholds and lifetimes, signed by t
/// roots. Hosts and verifiers pin roots only and follow this chain. Wire name
/// <c>network/key-set/1</c>; its body is deterministic CBOR.
/// </summary>
public sealed record KeySet : JointAct
{
    /// <summary>The act digest of the key set (or genesis) that this one follows.</summary>
    public required Digest Previous { get; init; }

    /// <summary>The set.</summary>
    public required KeySetBody Body { get; init; }
}

/// <summary>What a key set says.</summary>
public sealed record KeySetBody
{
    /// <summary>1 in genesis, one more in each that follows.</summary>
    [Whole(1, 1_000_000)]
    public required int Epoch { get; init; }

    /// <summary>The institutions, each with its officers.</summary>
    [Items(1, 31)]
    public required IReadOnlyList<Institution> Institutions { get; init; }

    /// <summary>
    /// Who answers hosts that ask for permission; may be empty until hosts enrol.
    /// </summary>
    [Items(0, 31)]
    public required IReadOnlyList<NamedKey> Permitters { get; init; }

    /// <summary>
    /// The keys of the authority itself, one purpose each: one for each purpose, or two while one
    /// takes over from the other; none for standing where its answers are not signed.
    /// </summary>
    [Items(1, 16)]
    public required IReadOnlyList<AuthorityKey> AuthorityKeys { get; init; }

    /// <summary>The verifier keys of the log (C2SP signed-note vkeys, Ed25519).</summary>
    [Items(1, 4, Distinct = true)]
    [Text(300, Form = TextForm.VerifierKey)]
    public required IReadOnlyList<string> LogKeys { get; init; }

    /// <summary>The numbers.</summary>
    public required Thresholds Thresholds { get; init; }
}

/// <summary>An institution whose officers decide with those of others.</summary>
public sealed record Institution
{
    /// <summary>Its name within the set: lower-case letters, digits and hyphens.</summary>
    [Text(64, Form = TextForm.Slug)]
    public required string Name { get; init; }

    /// <summary>As people know it.</summary>
    [Text(200)]
    public required string Title { get; init; }

    /// <summary>Its officers.</summary>
    [Items(1, 31)]
    public required IReadOnlyList<NamedKey> Officers { get; init; }
}

/// <summary>What a key of the authority is for. One purpose, one key.</summary>
public enum KeyPurpose
{
    /// <summary>Signs acts whose row in ACTS says <em>authority</em>.</summary>
    Registrar,

    /// <summary>Signs ticks.</summary>
    Tick,

    /// <summary>Signs refusals.</summary>
    Refusal,

    /// <summary>Signs receipts.</summary>
    Receipt,

    /// <summary>Signs answers on standing.</summary>
    Standing,
}

/// <summary>A key of the authority.</summary>
public sealed record AuthorityKey
{
    /// <summary>Its one purpose.</summary>
    public required KeyPurpose Purpose { get; init; }

    /// <summary>The public key.</summary>
    public required PublicKey Key { get; init; }
}

/// <summary>The numbers of a key set (DESIGN §7).</summary>
public sealed record Thresholds
{
    /// <summary>Institutions that decide an ordinary joint act.</summary>
    [Whole(1, 31)]
    public required int K { get; init; }

    /// <summary>Institutions that stop.</summary>
    [Whole(1, 31)]
    public required int KStop { get; init; }

    /// <summary>
    /// Institutions that lift; k_stop + k_lift exceeds the number of institutions.
    /// </summary>
    [Whole(1, 31)]
    public required int KLift { get; init; }

    /// <summary>Permits that a host needs.</summary>
    [Whole(0, 31)]
    public required int Q { get; init; }

    /// <summary>Permitters.</summary>
    [Whole(0, 31)]
    public required int N { get; init; }

    /// <summary>The longest a permitter relies on one witnessed checkpoint, in seconds.</summary>
    [Whole(60, 604_800)]
    public required int HeadAgeMaxSeconds { get; init; }

    /// <summary>The lifetime of a permit by class of host, in seconds.</summary>
    [Items(0, 16)]
    public required IReadOnlyList<Lifetime> Lifetimes { get; init; }

    /// <summary>The periods of appeals; absent: thirty days each.</summary>
    public AppealPeriods? Appeals { get; init; }
}

/// <summary>How long the periods of appeals are.</summary>
public sealed record AppealPeriods
{
    /// <summary>Days in which a decision or refusal can be appealed.</summary>
    [Whole(7, 365)]
    public required int FilingDays { get; init; }

    /// <summary>Days in which an appeal is decided.</summary>
    [Whole(7, 365)]
    public required int DecisionDays { get; init; }
}

/// <summary>The lifetime of a permit for one class of host.</summary>
public sealed record Lifetime
{
    /// <summary>The class.</summary>
    [Text(64, Form = TextForm.Slug)]
    public required string Class { get; init; }

    /// <summary>Seconds, counted from the question.</summary>
    [Whole(1, 604_800)]
    public required int Seconds { get; init; }
}
