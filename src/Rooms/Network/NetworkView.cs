using System.Collections.Immutable;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Network;

/// <summary>
/// Who the authority and the parties are, which keys speak for them, which joint acts are on their
/// way, which rulebooks apply, and what time it is.
/// </summary>
public sealed partial record NetworkView
{
    /// <summary>Before the first entry.</summary>
    public static readonly NetworkView Empty = new();

    /// <summary>The founding act, once t roots have signed it.</summary>
    public Genesis? Genesis { get; private init; }

    /// <summary>The act digest of the key set in force (of genesis for the first).</summary>
    public Digest KeySetDigest { get; private init; }

    /// <summary>The key set in force.</summary>
    public KeySetBody? KeySet { get; private init; }

    /// <summary>Every key set that was in force, each from which size of the tree on.</summary>
    public KeySetHistory KeySets { get; private init; } = KeySetHistory.Empty;

    /// <summary>The time by which acts are judged: the last tick, before it the founding.</summary>
    public Instant At { get; private init; }

    /// <summary>Whether the first tick has come: until then nothing else is admitted.</summary>
    public bool HasTicked { get; private init; }

    /// <summary>The time from which ticks go on after a joint step of the clock.</summary>
    public Instant? ResumeTo { get; private init; }

    /// <summary>The outages on record, in the order of time.</summary>
    public IReadOnlyList<OutageRecord> Outages { get; private init; } = [];

    /// <summary>Every key that was ever known.</summary>
    public Map<KeyId, KeyRecord> Keys { get; private init; } = Map<KeyId, KeyRecord>.Empty;

    /// <summary>
    /// When objection periods end, keys expire and days begin on which a rulebook answers
    /// otherwise; those that are over go with the tick that passes them.
    /// </summary>
    private ImmutableSortedSet<Instant> Deadlines { get; init; } = [];

    /// <summary>The invitations to add keys.</summary>
    public Invitations Invitations { get; private init; } = Invitations.None;

    /// <summary>What parties let others file, by the party and whom it lets.</summary>
    public Map<(PartyId Party, PartyId To), Delegation> Delegations { get; private init; } =
        Map<(PartyId Party, PartyId To), Delegation>.Empty;

    /// <summary>The roots that took the authority below the officers that it needs, each once.
    /// </summary>
    public IReadOnlyList<string> Silencers { get; private init; } = [];

    /// <summary>The appeals.</summary>
    public AppealDocket Appeals { get; private init; } = AppealDocket.None;

    /// <summary>
    /// When the next objection period ends, the next key expires, the next day of a rulebook begins
    /// or the next decision on an appeal falls due; null: none does.
    /// </summary>
    public Instant? NextDeadline
    {
        get
        {
            Instant? own = Deadlines.IsEmpty ? null : Deadlines[0];
            var appeals = Appeals.NextDue(At);
            return own < appeals || appeals is null ? own : appeals;
        }
    }

    /// <summary>The parties.</summary>
    public Map<PartyId, Party> Parties { get; private init; } = Map<PartyId, Party>.Empty;

    /// <summary>The parties by folded name.</summary>
    public Map<string, PartyId> PartyNames { get; private init; } = Map<string, PartyId>.Empty;

    /// <summary>The sites.</summary>
    public Map<SiteId, SiteRecord> Sites { get; private init; } = Map<SiteId, SiteRecord>.Empty;

    /// <summary>The rulebooks that are adopted, in the order of adoption.</summary>
    public IReadOnlyList<AdoptedRulebook> Rulebooks { get; private init; } = [];

    /// <summary>
    /// Who was appointed last under each name of an institution, <c>institution/name</c>.
    /// </summary>
    public ImmutableSortedDictionary<string, KeyId> Staff { get; private init; } =
        ImmutableSortedDictionary.Create<string, KeyId>(StringComparer.Ordinal);

    /// <summary>The joint acts, by the digest of their body.</summary>
    public Map<Digest, JointState> Joints { get; private init; } = Map<Digest, JointState>.Empty;

    /// <summary>The joint acts that are not in force, by the index of their first signature.
    /// </summary>
    private ImmutableSortedDictionary<long, Digest> Proposed { get; init; } =
        ImmutableSortedDictionary<long, Digest>.Empty;

    /// <summary>The days whose record of readings is under a root.</summary>
    public RootedDays ReadRoots { get; private init; } = RootedDays.None;

    /// <summary>The days whose refusals are under a root.</summary>
    public RootedDays RefusalRoots { get; private init; } = RootedDays.None;

    /// <summary>What acts name in the content store, and what of it is erased.</summary>
    public NamedDocuments Documents { get; private init; } = NamedDocuments.None;

    /// <summary>The first entry of each act by each issuer (<see cref="SaidKey"/>).</summary>
    public Map<Digest, long> Said { get; private init; } = Map<Digest, long>.Empty;

    /// <summary>Whether genesis is complete.</summary>
    public bool IsFounded => Genesis is not null;

    /// <summary>The origin of the log; empty before genesis is complete.</summary>
    public string Origin => Genesis?.Origin ?? string.Empty;

    /// <summary>Until when what was decided at a time can be appealed, outages counted in.
    /// </summary>
    public Instant AppealableUntil(Instant at, TimeSpan period) =>
        Outages.Aggregate(at + period, (until, outage) => outage.Toll(at, until));

    /// <summary>The issuer of a statement by a speaker.</summary>
    public string IssuerOf(Speaker speaker) => $"{Origin}#{speaker}";

    /// <summary>Whom officers of an institution appointed, the last under each name.</summary>
    public IEnumerable<KeyRecord> StaffOf(string institution) =>
        Staff
            .Where(one => one.Key.StartsWith($"{institution}/", StringComparison.Ordinal))
            .Select(one => Keys[one.Value]);

    /// <summary>The public key of an id, whether or not it may sign now.</summary>
    public PublicKey? KeyOf(KeyId id) => Keys.Find(id)?.Key;

    /// <summary>Whether a key that nobody knows may add itself by an open invitation.</summary>
    public bool Invites(AddKey act) => InvitationLaw.IsOpenTo(this, act);

    /// <summary>Whether an invitation can be accepted now.</summary>
    public bool IsOpen(Invitation invitation) => InvitationLaw.IsOpen(this, invitation);

    /// <summary>Whether a delegation lasts.</summary>
    public bool IsInForce(Delegation delegation) => DelegationLaw.IsInForce(this, delegation);

    /// <summary>
    /// The party whose key signed in the name of another, for an issuer; null: the issuer's own.
    /// </summary>
    public PartyId? DelegateOf(KeyId key, string issuer) =>
        Keys.Find(key)?.Speaker is Speaker.Party own
        && !string.Equals(IssuerOf(own), issuer, StringComparison.Ordinal)
            ? own.Id
            : null;

    /// <summary>The edition of a rulebook that applies on a day; null: none does.</summary>
    public AdoptedRulebook? RulebookOn(string id, DateOnly day) =>
        Rulebooks.LastOrDefault(book =>
            string.Equals(book.Book.Id, id, StringComparison.Ordinal) && book.AppliesFrom <= day
        );

    /// <summary>What makes two statements the same: issuer and act digest.</summary>
    public static Digest SaidKey(string issuer, Digest actDigest)
    {
        Span<byte> frame = stackalloc byte[Digest.Size + 512];
        actDigest.CopyTo(frame);
        var length = Encoding.UTF8.TryGetBytes(issuer, frame[Digest.Size..], out var written)
            ? written
            : throw new InvariantException("an issuer is bounded by the admission gate");
        return Digest.Of(frame[..(Digest.Size + length)]);
    }

    /// <summary>The view with its maps inside an edit, or outside any.</summary>
    internal NetworkView In(Edit? edit) =>
        this with
        {
            Keys = Keys.In(edit),
            Parties = Parties.In(edit),
            PartyNames = PartyNames.In(edit),
            Sites = Sites.In(edit),
            Joints = Joints.In(edit),
            Documents = Documents.In(edit),
            Appeals = Appeals.In(edit),
            Invitations = Invitations.In(edit),
            Delegations = Delegations.In(edit),
            Confirmations = Confirmations.In(edit),
            Voids = Voids.In(edit),
            ReadRoots = ReadRoots.In(edit),
            RefusalRoots = RefusalRoots.In(edit),
            Said = Said.In(edit),
        };

    /// <summary>The view after one more entry, and what the entry does.</summary>
    internal NetworkView Fold(Logged entry, out Effect effect)
    {
        var view = this with
        {
            Said = Said.Set(SaidKey(entry.Issuer, entry.ActDigest), entry.Index),
            Documents = Documents.Name(entry),
        };
        effect = new(Takes: true, entry.Index, At);
        if (entry.Act is JointAct joint)
        {
            view = view.Sign(entry, joint, out effect);
        }

        return effect.Takes ? view.Apply(entry, effect) : view;
    }

    private NetworkView Sign(Logged entry, JointAct joint, out Effect effect)
    {
        var genesis = entry.Act as Genesis;
        var speaker =
            genesis is null ? SpeakerOf(Keys[entry.Key].Speaker, entry.Issuer)
            : RootOf(genesis, entry.Key) is { } name ? new Speaker.Root(name)
            : throw new InvariantException("genesis is signed by its own roots");
        var at = genesis is null ? At : genesis.FoundedAt;
        var known = Joints.Find(entry.ActDigest);
        var state = known ?? NewJoint(entry, joint);
        var signature = new JointSignature(speaker, entry.Index, entry.Key, at);
        state = state with { Signatures = [.. state.Signatures, signature] };
        var takes = state.InForceSince is null && Counted(state).Count >= state.Terms.K;
        state = takes ? state with { InForceSince = entry.Index } : state;
        effect = new(takes, state.Proposal, at);
        return this with
        {
            Joints = Joints.Set(entry.ActDigest, state),
            Proposed = takes
                ? Proposed.Remove(state.Proposal)
                : Proposed.SetItem(state.Proposal, entry.ActDigest),
            At = at,
        };
    }

    private static JointState NewJoint(Logged entry, JointAct joint) =>
        new()
        {
            ActDigest = entry.ActDigest,
            Type = entry.Type,
            Proposal = entry.Index,
            Terms = joint.Joint,
            Signatures = [],
        };

    private NetworkView Apply(Logged entry, Effect effect) =>
        entry.Act switch
        {
            Genesis act => Found(act, entry),
            KeySet act => Replace(act.Body, entry),
            Tick act => Pass(act.Time) with { HasTicked = true, ResumeTo = null },
            ResumeClock act => this with { ResumeTo = act.To },
            Outage act => Toll(new(act.From, act.To, effect.Act)),
            AdmitParty act => Admit(act, entry),
            AddKey act => Add(act.Party, KeyRecord.Of(act.Party, act.Key, entry), entry) with
            {
                Invitations = Invitations.Spend(act, entry),
            },
            Invite act => this with { Invitations = Invitations.Open(act, entry) },
            DelegateAct act => Let(act, entry),
            Appoint act => Await(act.Until) with
            {
                Keys = Keys.Set(act.Key.Id, KeyRecord.Of(act, entry)),
                Staff = Staff.SetItem($"{act.Institution}/{act.Name}", act.Key.Id),
            },
            RecoverKeys act => Recover(act, entry, effect),
            RevokeKey act => Revoke(act, entry),
            GrantRole act => Await(act.Until) with
            {
                Keys = Keys.Set(
                    act.Key,
                    Keys[act.Key] with
                    {
                        Role = act.Role,
                        Expires = act.Until ?? Keys[act.Key].Expires,
                        History = Next(Keys[act.Key].History, entry),
                    }
                ),
            },
            Site act => this with
            {
                Sites = Sites.Set(
                    new(entry.Index),
                    new(new(entry.Index), act, entry.SealedPart as SiteAddress, Next(null, entry))
                ),
            },
            Confirm act => Stand(act, entry),
            VoidAct { Replacement: null } act => this with
            {
                Voids = Voids.Set(act.Target.Index, effect.Act),
            },
            Erase act => this with { Documents = Documents.Erase(act, entry.Index) },
            Reveal act => this with
            {
                Documents = Documents.Reveal(act, entry.Index),
                Sites = Shown(act),
            },
            Appeal act => this with
            {
                Appeals = Appeals.File(act, entry.Index, At, AppealLaw.DecisionTime(this)),
            },
            DecideAppeal act => this with { Appeals = Appeals.Decide(act, effect) },
            ReadRoot act => this with { ReadRoots = ReadRoots.Add(act, entry.Index) },
            RefusalRoot act => this with { RefusalRoots = RefusalRoots.Add(act, entry.Index) },
            AdoptRulebook act => Adopt(new(Read(act.Rulebook), act.AppliesFrom, effect.Act, At)),
            _ => this,
        };

    private NetworkView Adopt(AdoptedRulebook book) =>
        Await([.. book.TurnsAfter(At)]) with
        {
            Rulebooks = [.. Rulebooks, book],
        };

    private NetworkView Await(params ReadOnlySpan<Instant?> moments)
    {
        var deadlines = Deadlines;
        foreach (var moment in moments)
        {
            deadlines = moment is { } at && at > At ? deadlines.Add(at) : deadlines;
        }

        return this with
        {
            Deadlines = deadlines,
        };
    }

    private NetworkView Pass(Instant time)
    {
        var deadlines = Deadlines;
        while (!deadlines.IsEmpty && deadlines[0] <= time)
        {
            deadlines = deadlines.Remove(deadlines[0]);
        }

        return this with
        {
            At = time,
            Deadlines = deadlines,
        };
    }

    private NetworkView Toll(OutageRecord outage) =>
        this with
        {
            Outages = [.. Outages, outage],
            Appeals = Appeals.Toll(outage),
        };

    // Whoever holds the log alone learns the address here.
    private Map<SiteId, SiteRecord> Shown(Reveal act) =>
        act.Document is { } opening && Sites.Find(new(act.Target.Index)) is { } site
            ? Sites.Set(
                site.Id,
                site with
                {
                    Address =
                        site.Address ?? Opened.Part<SiteAddress>(ActTable.Of(site.Act), opening),
                    IsRevealed = true,
                }
            )
            : Sites;

    private static Rulebook Read(System.Text.Json.JsonElement json)
    {
        var read = Rulebook.TryParse(json, out var book, out _);
        Invariant.Hold(read, "law read the rulebook before");
        return book ?? throw new InvariantException("a rulebook that was read is there");
    }

    private static string? RootOf(Genesis genesis, KeyId key) =>
        genesis.Roots.Keys.FirstOrDefault(root => root.Key.Id == key)?.Name;

    private static History Next(History? earlier, Logged entry) =>
        new(entry.Index, entry.ActDigest, earlier);
}
