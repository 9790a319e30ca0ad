using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Admission;

/// <summary>
/// Attachments that come before their act, in parts that may break off. They are found by the
/// digest that the act will name, read by nobody, and filed by the party alone for which they came.
/// They go an hour after the act was filed, when who sent them says so, or seven days after the
/// last part.
/// </summary>
public sealed class UploadDesk : IDisposable
{
    /// <summary>How many there are at a time.</summary>
    public const int Most = 2_000;

    /// <summary>The most bytes of all together.</summary>
    public const long BytesMost = 1L << 30;

    /// <summary>How many units of <see cref="UnitBytes"/> one address sends at once.</summary>
    public const int Burst = 256;

    /// <summary>In what an address is counted: each file takes one at least.</summary>
    public const int UnitBytes = 256 << 10;

    private const int SaltBytes = 16;
    private const double EachHour = Burst / 3_600.0;

    private static readonly TimeSpan s_afterwards = TimeSpan.FromHours(1);

    private readonly UploadStore _store;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isFull;
    private readonly RateLimit _addresses;
    private readonly ITimer _hourly;

    /// <param name="folder">The data folder; theirs in it is made when it is not there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isFull">Whether the disk is nearly full.</param>
    internal UploadDesk(DataFolder folder, TimeProvider time, Func<bool> isFull)
    {
        _store = new(folder.Uploads);
        _time = time;
        _isFull = isFull;
        _addresses = new(time, EachHour, Burst, names: 20_000);
        var hour = TimeSpan.FromHours(1);
        _hourly = time.CreateTimer(_ => ForgetQuietly(), null, hour, hour);
    }

    /// <summary>How long one is kept after its last part.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(7);

    /// <summary>What is here of one; null: nothing.</summary>
    public Upload? Find(UploadName name)
    {
        Forget();
        return _store.Find(name);
    }

    /// <summary>Makes room for one, or says how much of it is here.</summary>
    /// <param name="name">For which party, and the digest of random bytes and the file.</param>
    /// <param name="length">How many bytes they have together.</param>
    /// <param name="address">Who sends it.</param>
    /// <param name="isNew">Whether there was nothing of it before.</param>
    /// <param name="problem">Why there is no room; null: there is.</param>
    public Upload? Begin(
        UploadName name,
        long length,
        string address,
        out bool isNew,
        out Problem? problem
    )
    {
        isNew = false;
        problem = null;
        if (Find(name) is { } known)
        {
            problem =
                known.Length == length
                    ? null
                    : new(Problems.UploadElsewhere, $"it was begun with {known.Length} bytes");
            return problem is null ? known : null;
        }

        if (length is <= SaltBytes or > FilingBody.AttachmentBytesMax)
        {
            problem = new(
                Problems.BodyTooLarge,
                $"an attachment has 16 random bytes and a file, {FilingBody.AttachmentBytesMax} "
                    + "bytes at most; this one has not"
            )
            {
                Where = "Upload-Length",
            };
            return null;
        }

        if (!_addresses.Has(address, out var after))
        {
            problem = TooMany("too much is sent from here", after);
            return null;
        }

        if (_isFull())
        {
            problem = new(Problems.StorageFull, "the disk is nearly full");
            return null;
        }

        var begun = _store.Begin(name, length, Now, Most, BytesMost);
        if (begun is null)
        {
            problem = TooMany("too much waits here to be filed", TimeSpan.FromHours(1));
            return null;
        }

        isNew = true;
        _addresses.Spend(address, Math.Ceiling((double)length / UnitBytes));
        return begun;
    }

    /// <summary>Takes the next bytes of one; those that came before a break are kept.</summary>
    public Task<(UploadStep Step, long Offset)> AppendAsync(
        UploadName name,
        long offset,
        Stream body,
        CancellationToken cancel
    )
    {
        Forget();
        return _store.AppendAsync(name, offset, body, Now, cancel);
    }

    /// <summary>Lets one go.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(UploadName name) => _store.Delete(name);

    /// <summary>
    /// Has what was filed go an hour later: who did not get the answer files the same again.
    /// </summary>
    internal void Release(UploadName name) => _store.Age(name, Now - Kept + s_afterwards);

    /// <summary>Lays beside a filing what its act names and what came before it.</summary>
    /// <param name="received">The filing.</param>
    /// <param name="named">What its act names, after its signature was found right.</param>
    /// <returns>The filing, or what is missing.</returns>
    internal (Received? Received, Problem? Problem) Join(
        Received received,
        IEnumerable<UploadName> named
    )
    {
        var here = received.Attachments.Select(one => Digest.Of(one.Span)).ToHashSet();
        var missing = named.Where(one => !here.Contains(one.Digest)).ToList();
        // Bounded before any is read.
        if (missing.Sum(one => _store.Find(one)?.Length ?? 0) > FilingBody.BodyBytesMax)
        {
            return (null, new(Problems.BodyTooLarge, "the attachments have too many bytes"));
        }

        var attachments = received.Attachments.ToList();
        foreach (var name in missing)
        {
            if (_store.Read(name) is not { } bytes)
            {
                return (
                    null,
                    new(
                        Problems.BadDocuments,
                        $"the attachment {name.Digest} was not sent for this party, not whole, or "
                            + "too long ago"
                    )
                    {
                        Fault = "missing-document",
                        Where = "attachment",
                    }
                );
            }

            attachments.Add(bytes);
        }

        return (received with { Attachments = attachments }, null);
    }

    /// <inheritdoc/>
    public void Dispose() => _hourly.Dispose();

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private void Forget() => _store.Forget(Now - Kept);

    private void ForgetQuietly()
    {
        try
        {
            Forget();
        }
#pragma warning disable CA1031 // A disk that errs is asked again in an hour, and at every use.
        catch
#pragma warning restore CA1031
        {
            // Nothing here waits for it.
        }
    }

    private static Problem TooMany(string why, TimeSpan after) =>
        new(Problems.TooManyRequests, why) { RetryAfter = after };
}
