using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority.Admission;

/// <summary>
/// Takes applications for admission, keeps them for thirty days, and says what became of them. An
/// application is no act; what admits is the registrar's.
/// </summary>
public sealed class ApplicationDesk
{
    /// <summary>How many are kept at a time.</summary>
    public const int Most = 1_000;

    /// <summary>The most bytes of one.</summary>
    public const int BytesMax = 8 << 10;

    private const int TokenBytes = 16;
    private const double EachDay = 1.0 / 86_400;
    private static readonly TimeSpan s_seenFor = TimeSpan.FromSeconds(10);

    private readonly ApplicationStore _store;
    private readonly TimeProvider _time;
    private readonly RateLimit _addresses;
    private Seen? _seen;

    internal ApplicationDesk(ApplicationStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _addresses = new(time, EachDay, burst: 5, names: 20_000);
    }

    /// <summary>How long one is kept.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The law's answer to an act of admission before the registrar signs it: the place and what is
    /// wrong; null: nothing.
    /// </summary>
    public static (string Where, string Says)? FaultIn(World world, AdmitParty act)
    {
        ArgumentNullException.ThrowIfNull(world);
        var network = world.Network;
        var registrar = network.KeySet!.AuthorityKeys.First(key =>
            key.Purpose == KeyPurpose.Registrar
        );
        var issuer = network.IssuerOf(new Speaker.Authority(KeyPurpose.Registrar));
        return !Opening.TryForesee(act, null, issuer, registrar.Key, out var signed, out var fault)
                ? (fault.Where, fault.Detail)
            : Law.Foresee(world, signed) is { } refusal
                ? (refusal.Where, $"{refusal.Rule} {refusal.Detail} {refusal.Remedy}")
            : null;
    }

    /// <summary>Those that wait for an answer, the oldest first.</summary>
    public IReadOnlyList<Application> Waiting(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        Forget();
        return
        [
            .. _store
                .All()
                .Select(Read)
                .Where(one => one.Closed is null && Admitted(world, one) is null),
        ];
    }

    /// <summary>
    /// How many wait, and since when the longest; looked at anew after ten seconds at the earliest,
    /// since everybody may ask.
    /// </summary>
    public (int Count, Instant? Since) Backlog(World world)
    {
        var seen = _seen;
        if (seen is null || _time.GetElapsedTime(seen.At) > s_seenFor)
        {
            var waiting = Waiting(world);
            Instant? since = waiting is [var longest, ..] ? longest.At : null;
            seen = new(_time.GetTimestamp(), waiting.Count, since);
            _seen = seen;
        }

        return (seen.Count, seen.Since);
    }

    /// <summary>The one of a number; null: there is none.</summary>
    public Application? Find(long number)
    {
        Forget();
        return _store.Of(number) is { } kept ? Read(kept) : null;
    }

    /// <summary>The one of a status address; null: there is none.</summary>
    public Application? OfStatus(string token)
    {
        Forget();
        return _store.OfStatus(HashOf(token)) is { } kept ? Read(kept) : null;
    }

    /// <summary>Closes one that waits; its status says why.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Close(long number, string why) => _store.Close(number, why);

    /// <summary>The party that an application became: whose key is its own; null: none.</summary>
    public static PartyId? Admitted(World world, Application application)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(application);
        return
            world.Network.Keys.Find(application.Act.Keys[0].Key.Id)
                is { Speaker: Speaker.Party party }
            ? party.Id
            : null;
    }

    /// <summary>Keeps an application.</summary>
    /// <param name="act">The act, as JSON, which the law would admit.</param>
    /// <param name="address">Who asks.</param>
    /// <param name="token">The part of its status address that nobody can guess.</param>
    /// <param name="retryAfter">After how long to try again, where it is not kept.</param>
    internal bool TryKeep(
        ReadOnlyMemory<byte> act,
        string address,
        out string token,
        out TimeSpan retryAfter
    )
    {
        token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        if (!_addresses.TryTake(address, out retryAfter))
        {
            return false;
        }

        Forget();
        retryAfter = TimeSpan.FromDays(1);
        return _store.Keep(HashOf(token), Now.ToString(), act, Most) is not null;
    }

    private Instant Now => Instant.From(_time.GetUtcNow());

    private void Forget() => _store.Forget((Now - Kept).ToString());

    // A copy of the file opens nobody's status.
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Application Read(KeptApplication kept)
    {
        var (_, act) = ActBytes.Rebuild(Statement.JsonAct, kept.Act);
        return new(
            kept.Number,
            Instant.TryParse(kept.At, out var at) ? at : default,
            (AdmitParty)act,
            kept.Act,
            kept.Closed
        );
    }

    private sealed record Seen(long At, int Count, Instant? Since);
}
