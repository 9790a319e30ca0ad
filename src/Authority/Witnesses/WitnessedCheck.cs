using System.Text;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Holds a log that is opened against what witnesses have seen of it: a log that was taken back, or
/// is another, must not be signed on.
/// </summary>
internal static class WitnessedCheck
{
    private const int NoteBytesMax = 64 << 10;

    /// <summary>
    /// Compares the log with the witnessed checkpoint that was kept, and with what the witnesses of
    /// the policy show as the last that they cosigned: a whole disk may have been set back, and
    /// they were not. One that does not answer is passed over.
    /// </summary>
    /// <exception cref="PenRefusedException">
    /// The log is shorter than what was witnessed, or another.
    /// </exception>
    public static async Task RunAsync(
        DataFolder folder,
        LogKeys log,
        Sequencer sequencer,
        RunningOptions options,
        CancellationToken cancel
    )
    {
        if (WitnessedFile.Read(folder.Witnessed) is { } kept)
        {
            Hold(kept, log, sequencer, options.Logger);
        }

        if (!options.AsksWitnesses || PolicyOf(folder, options.Logger) is not { } policy)
        {
            return;
        }

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler)
        {
            MaxResponseContentBufferSize = NoteBytesMax,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var path = $"/{WitnessStore.HashOf(log.Origin)}/checkpoint";
        var notes = await Task.WhenAll(
            policy.Witnesses.Select(key =>
                LastOfAsync(key, policy.AddressOf(key), path, client, options, cancel)
            )
        );
        foreach (var note in notes.OfType<string>())
        {
            Hold(note, log, sequencer, options.Logger);
        }
    }

    private static void Hold(string note, LogKeys log, Sequencer sequencer, ILogger logger)
    {
        // The log's own signature is enough: it signed this tree, whoever cosigned it. So no
        // witness can stop a log by a checkpoint of its own making.
        if (!Checkpoint.TryOpen(note, log, out var witnessed, out var fault))
        {
            logger.WitnessedNotRead(fault);
            return;
        }

        var size = sequencer.Published?.Size ?? 0;
        if (witnessed.Size > size || sequencer.Tree.Root(witnessed.Size) != witnessed.Root)
        {
            throw new PenRefusedException(
                $"Witnesses have seen {witnessed.Size} entries of this log, and the store has "
                    + $"{size} or others: it is an older copy or another log. Put the newest copy "
                    + "back; no witness cosigns this one."
            );
        }
    }

    // What is wrong with a policy is said by whoever asks for cosignatures.
    private static TlogPolicy? PolicyOf(DataFolder folder, ILogger logger)
    {
        try
        {
            return WitnessPolicy.Read(folder);
        }
        catch (IOException e)
        {
            logger.WitnessedNotRead(e.Message);
            return null;
        }
    }

    private static async Task<string?> LastOfAsync(
        NoteVerifier key,
        string? address,
        string path,
        HttpClient client,
        RunningOptions options,
        CancellationToken cancel
    )
    {
        if (
            !Uri.TryCreate(address?.TrimEnd('/') + path, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
        )
        {
            return null;
        }

        using var patience = new CancellationTokenSource(options.Cosigning.Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var answer = await client.GetAsync(url, either.Token);
            return answer.IsSuccessStatusCode
                ? Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(either.Token))
                : null;
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            options.Logger.WitnessSilent(key.Name, e.Message);
            return null;
        }
    }
}
