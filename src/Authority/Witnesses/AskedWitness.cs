using System.Globalization;
using System.Text;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Authority.Witnesses;

/// <summary>
/// A witness as the log sees it: asked over HTTP, its size remembered, left alone for longer and
/// longer while it fails. One round at a time asks it.
/// </summary>
/// <param name="key">The witness's key.</param>
/// <param name="url">Where it takes checkpoints; null: nowhere that is known.</param>
/// <param name="client">What sends the requests.</param>
/// <param name="tree">The log's tree.</param>
/// <param name="time">The clock of patience and backing off.</param>
/// <param name="options">How patiently.</param>
public sealed class AskedWitness(
    NoteVerifier key,
    Uri? url,
    HttpClient client,
    MerkleTree tree,
    TimeProvider time,
    CosigningOptions options
)
{
    private const int AnswerBytesMax = 64 << 10;
    private int _failures;
    private long _answered;
    private TimeSpan _patient;

    /// <summary>The witness's key.</summary>
    public NoteVerifier Key => key;

    /// <summary>Where it takes checkpoints.</summary>
    public Uri? Url => url;

    /// <summary>What it said last, seen whole by any reader.</summary>
    public WitnessState State { get; private set; } = new(0, null, null);

    /// <summary>Whether it is to be asked now for a cosignature of a tree of that size.</summary>
    public bool IsDue(long size)
    {
        // By the counter: a clock that was set back must not keep its witnesses from telling so.
        var since = time.GetElapsedTime(_answered);
        return url is not null
            && (
                State.Fault is not null
                    ? since >= _patient
                    : State.Reading is null || State.Size != size || since >= options.RefreshedAfter
            );
    }

    /// <summary>Remembers what it cosigned before this process began.</summary>
    internal void Remember(long size, Instant at) => State = new(size, at, null);

    /// <summary>
    /// Asks for a cosignature; null where there is none, and why stands in the state.
    /// </summary>
    internal async Task<NoteSignature?> AskAsync(
        SignedNote note,
        Checkpoint checkpoint,
        CancellationToken cancel
    )
    {
        try
        {
            var head = new AddCheckpoint(0, [], note, checkpoint);
            return await AskOnceAsync(head, State.Size, mayAskAgain: true, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Fail(Invariant($"It did not answer in {options.Patience.TotalSeconds} s."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Fail($"It cannot be reached at {url}: {e.Message}");
        }
    }

    private async Task<NoteSignature?> AskOnceAsync(
        AddCheckpoint head,
        long old,
        bool mayAskAgain,
        CancellationToken cancel
    )
    {
        var size = head.Checkpoint.Size;
        // What it saw in a round whose answer was lost may be more than this round's tree.
        old = Math.Min(old, size);
        var asked = time.GetTimestamp();
        var (status, body) = await SendAsync(head, old, cancel);
        if (status == 200)
        {
            return Accept(head, body, asked);
        }

        if (status == 409 && TryReadSize(body, out var told))
        {
            if (told > tree.Size)
            {
                return Fail(
                    Invariant(
                        $"It has cosigned size {told}, this log has {tree.Size}: it was taken back."
                    )
                );
            }

            State = State with { Size = told };
            return told > size ? null
                : mayAskAgain ? await AskOnceAsync(head, told, mayAskAgain: false, cancel)
                : Fail("It says another size each time: somebody else submits, too.");
        }

        return Fail(
            status switch
            {
                400 => "It answers 400: the request is not as it expects.",
                403 => "It answers 403: it does not know the key of this log.",
                404 => "It answers 404: it does not witness this log.",
                409 => "It answers 409 without a size.",
                422 => "It answers 422: it was shown a tree that this one does not contain.",
                _ => Invariant($"It answers {status}."),
            }
        );
    }

    private async Task<(int Status, string Body)> SendAsync(
        AddCheckpoint head,
        long old,
        CancellationToken cancel
    )
    {
        using var patience = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var proof = tree.ConsistencyProof(old, head.Checkpoint.Size);
        var body = head with { OldSize = old, Proof = proof };
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString()));
        using var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            either.Token
        );
        await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
        var said = new byte[AnswerBytesMax];
        var count = await stream.ReadAtLeastAsync(
            said,
            said.Length,
            throwOnEndOfStream: false,
            either.Token
        );
        return ((int)response.StatusCode, Encoding.UTF8.GetString(said, 0, count));
    }

    private NoteSignature? Accept(AddCheckpoint head, string body, long asked)
    {
        var answered = time.GetTimestamp();
        foreach (var text in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                SignedNote.TryParseLine(text, out var line)
                && line.KeyId == key.KeyId
                && string.Equals(line.Name, key.Name, StringComparison.Ordinal)
                && Cosignature.TryReadTime(line.Signature.Span, out var seconds)
                && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                && key.Verify(head.Checkpoint.Text, line.Signature.Span)
            )
            {
                (_failures, _answered) = (0, answered);
                var at = Instant.From(DateTimeOffset.FromUnixTimeSeconds(seconds));
                var waited = time.GetElapsedTime(asked, answered);
                State = new(head.Checkpoint.Size, at, null, new(at, answered, waited));
                return line;
            }
        }

        return Fail("It answers 200 without a cosignature by its key.");
    }

    private NoteSignature? Fail(string fault)
    {
        var wait = options.Cadence * Math.Pow(2, Math.Min(_failures++, 20));
        _answered = time.GetTimestamp();
        _patient = wait < options.BackoffMax ? wait : options.BackoffMax;
        State = State with { Fault = fault };
        return null;
    }

    private static bool TryReadSize(string body, out long size) =>
        long.TryParse(
            body.TrimEnd('\n'),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out size
        );

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
