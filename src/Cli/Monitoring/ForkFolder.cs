using Concord.Ledger;

namespace Concord.Cli.Monitoring;

/// <summary>A proof of a fork as a folder that anybody checks offline.</summary>
internal static class ForkFolder
{
    private const string Earlier = "earlier.note";
    private const string Later = "later.note";
    private const string Nodes = "nodes.txt";
    private const string Key = "log.vkey";

    /// <summary>Whether a folder is such a proof.</summary>
    public static bool Is(string folder) =>
        File.Exists(Path.Combine(folder, Earlier)) && File.Exists(Path.Combine(folder, Nodes));

    /// <summary>Writes a proof.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string parent, LogKeys log, ForkProof proof)
    {
        var text = proof.Earlier + proof.Later;
        var name = "fork-" + Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToHex()[..12];
        var folder = Path.Combine(parent, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Earlier), proof.Earlier);
        File.WriteAllText(Path.Combine(folder, Later), proof.Later);
        File.WriteAllText(Path.Combine(folder, Key), KeysOf(log, proof));
        File.WriteAllText(
            Path.Combine(folder, Nodes),
            string.Concat(proof.Nodes.Select(node => node.ToBase64() + "\n"))
        );
        File.WriteAllText(
            Path.Combine(folder, "README.md"),
            $"The log {log.Origin} signed both {Earlier} and {Later}, and no log can have both: "
                + $"check with `concord verify {name}`, or without Concord by specs/monitor.md; "
                + $"compare {Key} with the key that you pinned; where it has two lines, the log's "
                + "key sets name them one after the other.\n"
        );
        return folder;
    }

    // One that signed both where there is one, so that whoever pinned it needs no other.
    private static string KeysOf(LogKeys log, ForkProof proof)
    {
        var notes = (string[])[proof.Earlier, proof.Later];
        var both = log.Verifiers.FirstOrDefault(key =>
            Array.TrueForAll(notes, note => Checkpoint.TryOpen(note, key, out _, out _))
        );
        var some = log.Verifiers.Where(key =>
            Array.Exists(notes, note => Checkpoint.TryOpen(note, key, out _, out _))
        );
        return string.Concat((both is null ? some : [both]).Select(key => $"{key}\n"));
    }

    /// <summary>Checks a proof.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pinned">The log's keys as the reader knows them, one a line; null: the
    /// folder's own.</param>
    public static IReadOnlyList<Finding> Check(string folder, string? pinned)
    {
        var own = File.ReadAllText(Path.Combine(folder, Key)).Trim();
        var keys = new List<NoteVerifier>();
        foreach (var line in (pinned ?? own).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NoteVerifier.TryParse(line.Trim(), out var key, out var bad))
            {
                return [new("key", false, bad)];
            }

            keys.Add(key);
        }

        if (keys.Select(key => key.Name).Distinct(StringComparer.Ordinal).Count() != 1)
        {
            return [new("key", false, "the keys are of several logs, or there is none")];
        }

        var log = LogKeys.Of(keys);
        var names = string.Join(", ", keys);

        var nodes = new List<Digest>();
        var bytes = new byte[Digest.Size];
        foreach (var line in File.ReadAllLines(Path.Combine(folder, Nodes)))
        {
            if (!Convert.TryFromBase64String(line, bytes, out var length) || length != Digest.Size)
            {
                return [new("nodes", false, $"'{line}' is not base64 of 32 bytes")];
            }

            nodes.Add(new(bytes));
        }

        var proof = new ForkProof(
            File.ReadAllText(Path.Combine(folder, Earlier)),
            File.ReadAllText(Path.Combine(folder, Later)),
            nodes
        );
        return
        [
            new(
                "key",
                pinned is null ? null : true,
                pinned is null
                    ? $"{names}, as the folder says; pass the key that you pinned with --vkey"
                    : names
            ),
            proof.Proves(log, out var fault)
                ? new("fork", true, $"{log.Origin} signed two checkpoints that exclude each other")
                : new("fork", false, fault),
        ];
    }
}
