using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Api;
using Concord.Measures;
using Concord.Stores;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// Keeps the answers of a form for who wants to come back: sealed by a code that is shown once and
/// kept nowhere, for thirty days. Neither the server nor a thief of its disk reads them.
/// </summary>
public sealed class SavedForms : IDisposable
{
    /// <summary>How many are kept at a time.</summary>
    public const int Most = 2_000;

    /// <summary>The most bytes of one.</summary>
    public const int BytesMax = 256 << 10;

    /// <summary>The most bytes of all together.</summary>
    public const long BytesMost = 64L << 20;

    /// <summary>How often one address saves at once.</summary>
    public const int Burst = 20;

    private const double EachHour = 2.0 / 3_600;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int Rounded = 1_024;

    private readonly SavedFormStore _store;
    private readonly TimeProvider _time;
    private readonly RateLimit _addresses;
    private readonly ITimer _hourly;

    /// <param name="path">The file of them, which is created when it is not there.</param>
    /// <param name="time">The clock.</param>
    internal SavedForms(string path, TimeProvider time)
    {
        _store = new(path);
        _time = time;
        _addresses = new(time, EachHour, Burst, names: 20_000);
        var hour = TimeSpan.FromHours(1);
        _hourly = time.CreateTimer(_ => ForgetQuietly(), null, hour, hour);
    }

    /// <summary>How long one is kept after it was saved last.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>Until when what is saved now is kept.</summary>
    public Instant Until => Instant.From(_time.GetUtcNow()) + Kept;

    /// <summary>Saves answers, under a code that is known or under a new one.</summary>
    /// <param name="code">The code under which they were saved before; empty: none.</param>
    /// <param name="form">The form and its answers.</param>
    /// <param name="address">Who saves.</param>
    /// <param name="newCode">The code that is new; null: the one before holds on.</param>
    /// <returns>Why they are not saved; null: they are.</returns>
    public Problem? Save(string code, SavedForm form, string address, out string? newCode)
    {
        ArgumentNullException.ThrowIfNull(form);
        newCode = null;
        var answers = Write(form.Answers);
        if (answers.Length > BytesMax)
        {
            return new(Problems.BodyTooLarge, $"saved answers have at most {BytesMax} bytes");
        }

        if (!_addresses.TryTake(address, out var after))
        {
            return new(Problems.TooManyRequests, "answers are saved too often from here")
            {
                RetryAfter = after,
            };
        }

        Forget();
        var letters = InvitationCode.LettersOf(code);
        if (letters is null || _store.Find(IdOf(letters)) is null)
        {
            newCode = InvitationCode.Of(RandomNumberGenerator.GetBytes(InvitationCode.Size));
            letters = InvitationCode.LettersOf(newCode)!;
        }

        var id = IdOf(letters);
        var sealedAnswers = Seal(letters, id, form.Journey, answers);
        var at = Instant.From(_time.GetUtcNow()).ToString();
        return _store.Keep(id, form.Journey, at, sealedAnswers, Most, BytesMost)
            ? null
            : new(Problems.TooManyRequests, "too many answers are saved here at present")
            {
                RetryAfter = TimeSpan.FromDays(1),
            };
    }

    /// <summary>What was saved under a code; null: nothing, or no more.</summary>
    public SavedForm? Open(string code)
    {
        if (InvitationCode.LettersOf(code) is not { } letters)
        {
            return null;
        }

        Forget();
        var id = IdOf(letters);
        return
            _store.Find(id) is var (journey, kept)
            && Unseal(letters, id, journey, kept) is { } answers
            ? new(journey, answers)
            : null;
    }

    /// <summary>Lets go what was saved under a code.</summary>
    /// <returns>Whether there was something.</returns>
    public bool Delete(string code) =>
        InvitationCode.LettersOf(code) is { } letters && _store.Delete(IdOf(letters));

    /// <inheritdoc/>
    public void Dispose()
    {
        _hourly.Dispose();
        _store.Dispose();
    }

    private void Forget() => _store.Forget((Instant.From(_time.GetUtcNow()) - Kept).ToString());

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

    // What is kept to find it by opens nothing.
    private static byte[] IdOf(string letters) =>
        SHA256.HashData(Encoding.ASCII.GetBytes($"concord/saved-form-id/v1\0{letters}"));

#pragma warning disable CA5390 // The key is of the code; what is constant is its context.
    private static AesGcm CipherOf(string letters) =>
        new(
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Encoding.ASCII.GetBytes(letters),
                KeyBytes,
                info: Encoding.ASCII.GetBytes("concord/saved-form-key/v1")
            ),
            TagBytes
        );
#pragma warning restore CA5390

    private static byte[] Seal(string letters, byte[] id, string journey, byte[] answers)
    {
        var kept = new byte[NonceBytes + answers.Length + TagBytes];
        RandomNumberGenerator.Fill(kept.AsSpan(0, NonceBytes));
        using var cipher = CipherOf(letters);
        cipher.Encrypt(
            kept.AsSpan(0, NonceBytes),
            answers,
            kept.AsSpan(NonceBytes, answers.Length),
            kept.AsSpan(NonceBytes + answers.Length),
            [.. id, .. Encoding.UTF8.GetBytes(journey)]
        );
        return kept;
    }

    private static Dictionary<string, string[]>? Unseal(
        string letters,
        byte[] id,
        string journey,
        byte[] kept
    )
    {
        if (kept.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var answers = new byte[kept.Length - NonceBytes - TagBytes];
        using var cipher = CipherOf(letters);
        try
        {
            cipher.Decrypt(
                kept.AsSpan(0, NonceBytes),
                kept.AsSpan(NonceBytes, answers.Length),
                kept.AsSpan(NonceBytes + answers.Length),
                answers,
                [.. id, .. Encoding.UTF8.GetBytes(journey)]
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(answers);
    }

    // Spaces behind it, so that its size says little of what was answered.
    private static byte[] Write(IReadOnlyDictionary<string, string[]> answers)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answers);
        var padded = new byte[(json.Length + Rounded - 1) / Rounded * Rounded];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }
}
