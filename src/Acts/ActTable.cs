using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Acts;

/// <summary>The rooms, in the order in which every tree has them.</summary>
public enum Room
{
    /// <summary>
    /// Who the parties are, which keys speak for them, which law applies, what time it is.
    /// </summary>
    Network,

    /// <summary>Which models exist, who answers for them, what their standing is.</summary>
    Registry,

    /// <summary>What was made from what.</summary>
    Lineage,
}

/// <summary>How a statement carries its act.</summary>
public enum ActForm
{
    /// <summary>The payload is the act.</summary>
    Open,

    /// <summary>The payload is the act's digest; the act rests in the content store.</summary>
    Sealed,

    /// <summary>The payload is the act; a second document rests in the content store.</summary>
    Split,
}

/// <summary>One row of the table of acts.</summary>
/// <param name="Name">The wire name with its version.</param>
/// <param name="Record">The record.</param>
/// <param name="Room">The room whose law judges it.</param>
/// <param name="Form">How a statement carries it.</param>
/// <param name="IsCbor">Whether its body is deterministic CBOR instead of JSON.</param>
/// <param name="SignedBy">Who may sign it, as <c>ACTS</c> has it.</param>
/// <param name="Says">What it says, in a phrase.</param>
/// <param name="SealedPart">The record of its sealed part, for split acts.</param>
public sealed record ActType(
    string Name,
    Type Record,
    Room Room,
    ActForm Form,
    bool IsCbor,
    string SignedBy,
    string Says,
    Type? SealedPart = null
)
{
    /// <summary>Whether it takes effect with the k-th signature of distinct signers.</summary>
    public bool IsJoint => Record.IsAssignableTo(typeof(JointAct));
}

/// <summary>Every act type that Concord knows, one row each.</summary>
public static class ActTable
{
    /// <summary>The rows, by room and then in the order of the design.</summary>
    public static IReadOnlyList<ActType> Rows { get; } =
    [
        Open<Genesis>("network/genesis/1", Room.Network, "t roots", "founds the log", cbor: true),
        Open<KeySet>("network/key-set/1", Room.Network, "t roots", "names the keys", cbor: true),
        Open<Tick>("network/tick/1", Room.Network, "authority's tick key", "says the time"),
        Open<ResumeClock>("network/resume-clock/1", Room.Network, "k officers", "steps the clock"),
        Open<Outage>("network/outage/1", Room.Network, "k officers", "lets clocks stand still"),
        Open<AdmitParty>("network/admit-party/1", Room.Network, "authority", "admits a party"),
        Open<AddKey>(
            "network/add-key/1",
            Room.Network,
            "party's administrator; the new key itself by an invitation",
            "adds a key"
        ),
        Open<Invite>(
            "network/invite/1",
            Room.Network,
            "party's administrator",
            "invites a holder to add a key"
        ),
        Open<RevokeKey>(
            "network/revoke-key/1",
            Room.Network,
            "party's administrator; its institution or roots",
            "ends a key"
        ),
        Open<RecoverKeys>(
            "network/recover-keys/1",
            Room.Network,
            "k officers",
            "gives a party a new key after loss"
        ),
        Open<GrantRole>(
            "network/grant-role/1",
            Room.Network,
            "party's administrator",
            "says what a key may do"
        ),
        Open<DelegateAct>(
            "network/delegate/1",
            Room.Network,
            "party's administrator",
            "lets another party file in its name"
        ),
        Open<Appoint>(
            "network/appoint/1",
            Room.Network,
            "officer of the institution",
            "gives a key a role at the authority"
        ),
        Split<Site, SiteAddress>("network/site/1", Room.Network, "operator", "names premises"),
        Open<AdoptRulebook>(
            "network/adopt-rulebook/1",
            Room.Network,
            "k officers",
            "applies a rulebook"
        ),
        Open<VoidAct>(
            "network/void/1",
            Room.Network,
            "k officers",
            "voids what was filed, or replaces members of it"
        ),
        Open<Confirm>(
            "network/confirm/1",
            Room.Network,
            "who said it: administrator, officer of the institution, authority",
            "stands by what a key in other hands has signed"
        ),
        Open<Erase>("network/erase/1", Room.Network, "authority", "erases an attachment"),
        Open<ReadRoot>(
            "network/read-root/1",
            Room.Network,
            "authority",
            "seals a day's record of readings"
        ),
        Open<RefusalRoot>(
            "network/refusal-root/1",
            Room.Network,
            "authority",
            "seals a day's refusals"
        ),
        Split<Appeal, AppealGrounds>(
            "network/appeal/1",
            Room.Network,
            "party concerned",
            "appeals a decision"
        ),
        Split<DecideAppeal, AppealReasons>(
            "network/decide-appeal/1",
            Room.Network,
            "k officers not involved",
            "decides an appeal"
        ),
        Open<Reveal>(
            "network/reveal/1",
            Room.Network,
            "administrator of who filed it",
            "makes public what was sealed"
        ),
        Split<RegisterModel, RegistrationDetails>(
            "registry/register-model/1",
            Room.Registry,
            "developer",
            "registers a model"
        ),
        Open<ReportModel>(
            "registry/report-model/1",
            Room.Registry,
            "authority or any admitted institute",
            "reports a model from public sources"
        ),
        Open<Amend>("registry/amend/1", Room.Registry, "who filed", "changes what was filed"),
        Open<Correct>("registry/correct/1", Room.Registry, "who filed", "corrects what was filed"),
        Open<Withdraw>(
            "registry/withdraw/1",
            Room.Registry,
            "who filed",
            "withdraws what was filed"
        ),
        Open<Release>("registry/release/1", Room.Registry, "developer", "declares a release"),
        Open<Derive>(
            "registry/derive/1",
            Room.Registry,
            "maker of the derivative",
            "declares a derivative"
        ),
        Sealed<Deploy>("registry/deploy/1", Room.Registry, "host", "declares a deployment"),
        Split<Transfer, TransferTerms>(
            "registry/transfer/1",
            Room.Registry,
            "seller, then buyer",
            "passes a release on"
        ),
        Open<Certify>("registry/certify/1", Room.Registry, "two officers", "certifies"),
        Open<Suspend>("registry/suspend/1", Room.Registry, "two officers", "suspends"),
        Open<Restore>("registry/restore/1", Room.Registry, "two officers", "ends a suspension"),
        Open<Expire>("registry/expire/1", Room.Registry, "two officers", "ends a certificate"),
        Sealed<AskQuestion>(
            "registry/ask/1",
            Room.Registry,
            "authority or an officer",
            "asks a party"
        ),
        Sealed<AnswerQuestion>("registry/answer/1", Room.Registry, "party asked", "answers"),
        Open<FingerprintAct>(
            "lineage/fingerprint/1",
            Room.Lineage,
            "developer, or who took it",
            "states the fingerprint of a release"
        ),
        Open<EvidenceAct>(
            "lineage/evidence/1",
            Room.Lineage,
            "any admitted party",
            "says that weights were not trained independently"
        ),
        Split<FoundCopy, FoundPlace>(
            "lineage/found-copy/1",
            Room.Lineage,
            "any admitted party",
            "reports a found copy"
        ),
        Open<Dispute>(
            "lineage/dispute/1",
            Room.Lineage,
            "party that it touches",
            "objects to a match"
        ),
    ];

    private static readonly Dictionary<string, ActType> s_byName = Rows.ToDictionary(
        row => row.Name,
        StringComparer.Ordinal
    );

    private static readonly Dictionary<Type, ActType> s_byRecord = Rows.ToDictionary(row =>
        row.Record
    );

    /// <summary>The row of a wire name; null when there is none.</summary>
    public static ActType? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The row of an act.</summary>
    public static ActType Of(Act act) => s_byRecord[act.GetType()];

    private static ActType Open<T>(
        string name,
        Room room,
        string signedBy,
        string says,
        bool cbor = false
    )
        where T : Act => new(name, typeof(T), room, ActForm.Open, cbor, signedBy, says);

    private static ActType Sealed<T>(string name, Room room, string signedBy, string says)
        where T : Act => new(name, typeof(T), room, ActForm.Sealed, IsCbor: false, signedBy, says);

    private static ActType Split<T, TSealed>(string name, Room room, string signedBy, string says)
        where T : Act
        where TSealed : SealedPart =>
        new(name, typeof(T), room, ActForm.Split, IsCbor: false, signedBy, says, typeof(TSealed));
}
