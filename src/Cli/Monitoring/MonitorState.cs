using System.Text;
using System.Text.Json;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Cli.Monitoring;

/// <summary>
/// What a monitor remembers of a log, durably: its key, the last verified checkpoint with the edge
/// of its tree, and every checkpoint that was ever seen, whoever showed it.
/// </summary>
internal sealed class MonitorState
{
    private const string StateFile = "state.json";
    private const string SeenFile = "checkpoints.jsonl";

    private readonly HashSet<Checkpoint> _seen = [];

    private MonitorState(string folder) => Folder = folder;

    /// <summary>The folder of the log.</summary>
    public string Folder { get; }

    /// <summary>What was kept; null: nothing yet.</summary>
    public Kept? Last { get; private set; }

    /// <summary>What is kept of a log.</summary>
    /// <param name="VerifierKey">Its key.</param>
    /// <param name="Note">The last verified checkpoint.</param>
    /// <param name="Frontier">The edge of its tree, base64.</param>
    /// <param name="Tick">The last tick.</param>
    /// <param name="ChangedAt">When the log last showed something new, by the monitor's
    /// clock.</param>
    /// <param name="Forked">Whether it contradicted itself.</param>
    /// <param name="KeyActs">The entries that say which keys it has.</param>
    internal sealed record Kept(
        string VerifierKey,
        string? Note,
        IReadOnlyList<string> Frontier,
        string? Tick,
        string ChangedAt,
        bool Forked,
        IReadOnlyList<FollowedKeys.KeyAct>? KeyActs
    );

    /// <summary>Reads what is kept of a log.</summary>
    /// <param name="root">The folder of the monitor.</param>
    /// <param name="origin">The log.</param>
    /// <param name="address">Where it is read: a copy elsewhere is followed by itself.</param>
    public static MonitorState Open(string root, string origin, Uri address)
    {
        var name = Digest.Of(Encoding.UTF8.GetBytes($"{origin}\n{address}")).ToHex()[..16];
        var state = new MonitorState(Path.Combine(root, name));
        Directory.CreateDirectory(state.Folder);
        var file = Path.Combine(state.Folder, StateFile);
        if (File.Exists(file))
        {
            state.Last = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(file));
        }

        var seen = Path.Combine(state.Folder, SeenFile);
        foreach (var line in File.Exists(seen) ? File.ReadAllLines(seen) : [])
        {
            // The last line may have been cut by a loss of power.
            if (TryReadNote(line) is { } checkpoint)
            {
                state._seen.Add(checkpoint);
            }
        }

        return state;
    }

    /// <summary>Keeps a state in the place of the last.</summary>
    public void Keep(Kept kept)
    {
        var file = Path.Combine(Folder, StateFile);
        Write(file + ".unfinished", FileMode.Create, JsonSerializer.SerializeToUtf8Bytes(kept));
        File.Move(file + ".unfinished", file, overwrite: true);
        Last = kept;
    }

    /// <summary>Keeps a signed checkpoint for ever.</summary>
    /// <returns>Whether it was not known.</returns>
    public bool Remember(PublishedHead head, string from, Instant at)
    {
        if (!_seen.Add(head.Checkpoint))
        {
            return false;
        }

        var line = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                at = at.ToString(),
                from,
                note = head.Note,
            }
        );
        Write(Path.Combine(Folder, SeenFile), FileMode.Append, [.. line, (byte)'\n']);
        return true;
    }

    private static Checkpoint? TryReadNote(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return
                SignedNote.TryParse(
                    json.RootElement.GetProperty("note").GetString(),
                    out var note,
                    out _
                ) && Checkpoint.TryParse(note.Text, out var checkpoint, out _)
                ? checkpoint
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(string file, FileMode mode, byte[] bytes)
    {
        using var stream = new FileStream(file, mode, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
