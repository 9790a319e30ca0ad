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
    /// <summary>How many wait at a time.</summary>
    public const int Most = 1_000;

    /// <summary>How many of one address wait at a time.</summary>
    public const int MostOfAddress = 5;

    /// <summary>
    /// How many of the network around an address wait at a time: of 256 IPv4 addresses, or of one
    /// IPv6 site (/48).
    /// </summary>
    public const int MostOfNetwork = 50;

    /// <summary>How many closed ones say why they were closed; then the oldest go.</summary>
    public const int ClosedMost = 10_000;

    /// <summary>The most bytes of one.</summary>
    public const int BytesMax = 8 << 10;

    private const int TokenBytes = 16;
    private const double EachDay = 1.0 / 86_400;
    private static readonly TimeSpan s_seenFor = TimeSpan.FromSeconds(10);

    private readonly ApplicationStore _store;
    private readonly TimeProvider _time;
    private readonly RateLimit _addresses;
    private readonly Lock _keeping = new();
    private Seen? _seen;

    /// <summary>A desk over what is kept.</summary>
    public ApplicationDesk(ApplicationStore store, TimeProvider time)
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
        return [.. Unanswered(world).Select(one => one.Application)];
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
    public bool Close(World world, long number, string why)
    {
        _seen = null;
        return Find(number) is { Closed: null } found
            && Admitted(world, found) is null
            && _store.Close(number, why);
    }

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
    /// <param name="world">The world, in which those that were admitted are parties.</param>
    /// <param name="act">The act, as JSON, which the law would admit.</param>
    /// <param name="from">Who asks: an address, and the network around it.</param>
    /// <param name="token">The part of its status address that nobody can guess.</param>
    /// <param name="retryAfter">After how long to try again, where it is not kept.</param>
    public bool TryKeep(
        World world,
        ReadOnlyMemory<byte> act,
        (string Address, string Network) from,
        out string token,
        out TimeSpan retryAfter
    )
    {
        ArgumentNullException.ThrowIfNull(world);
        token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        if (!_addresses.TryTake(from.Address, out retryAfter))
        {
            return false;
        }

        retryAfter = TimeSpan.FromDays(1);
        var (source, network) = (_store.SourceOf(from.Address), _store.SourceOf(from.Network));
        lock (_keeping)
        {
            var waiting = Unanswered(world);
            if (
                waiting.Count >= Most
                || waiting.Count(one => Is(one.Kept.Source, source)) >= MostOfAddress
                || waiting.Count(one => Is(one.Kept.Network, network)) >= MostOfNetwork
            )
            {
                return false;
            }

            _store.Keep(HashOf(token), Now.ToString(), act, (source, network), ClosedMost);
            return true;
        }
    }

    private List<(KeptApplication Kept, Application Application)> Unanswered(World world)
    {
        Forget();
        return
        [
            .. _store
                .Open()
                .Select(kept => (kept, Application: Read(kept)))
                .Where(one => Admitted(world, one.Application) is null),
        ];
    }

    private static bool Is(string? one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal);

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
