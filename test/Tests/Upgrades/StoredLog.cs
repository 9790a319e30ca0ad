using System.Text.Json;
using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;

namespace Concord.Tests.Upgrades;

/// <summary>
/// A log that an earlier build wrote, kept for ever: one line for each entry, with the documents
/// that came with it; in the last line the digests of the views that this build gave for it.
/// </summary>
internal static class StoredLog
{
    /// <summary>Where they are.</summary>
    public static string Folder { get; } = Path.Combine(Golden.Root, "test/Tests/Upgrades/Logs");

    /// <summary>Writes a log as this build folds it; one that is there is never written again.
    /// </summary>
    public static void Write(string name, Given given)
    {
        var lines = given
            .Filed.Select(signed =>
                JsonSerializer.Serialize(
                    new Entry(
                        Convert.ToBase64String(signed.Statement.Bytes.Span),
                        [.. signed.Contents.Select(one => Convert.ToBase64String(one.Bytes.Span))]
                    )
                )
            )
            .Append(JsonSerializer.Serialize(Digests(given.World)));
        Directory.CreateDirectory(Folder);
        using var file = new StreamWriter(
            new FileStream(Path.Combine(Folder, name + ".jsonl"), FileMode.CreateNew)
        );
        foreach (var line in lines)
        {
            file.WriteLine(line);
        }
    }

    /// <summary>Replays a log with this build.</summary>
    /// <returns>The digests that the writing build gave, and those that this one gives.</returns>
    public static async Task<(string[] Stored, string[] Own)> ReplayAsync(
        string name,
        string scratch
    )
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, name + ".jsonl"));
        using var store = SqliteLogStore.OpenOrCreate(Path.Combine(scratch, "authority.db"));
        using var key = NoteSigner.Generate("stored.invalid/log");
        var tiles = new FileTiles(Path.Combine(scratch, "log"));
        var sequencer = Sequencer.Open(key.Name, key, store, tiles);
        sequencer.Append([.. lines[..^1].Select(Pending)]);
        var world = await Replay.FoldAsync(
            new LogContents(store),
            lines.Length - 1,
            seen: null,
            progress: null,
            CancellationToken.None
        );
        return (JsonSerializer.Deserialize<string[]>(lines[^1])!, Digests(world));
    }

    /// <summary>The types of the acts in a log.</summary>
    public static HashSet<string> TypesOf(string name) =>
        [
            .. File.ReadLines(Path.Combine(Folder, name + ".jsonl"))
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonSerializer.Deserialize<Entry>(line)!)
                .Select(TypeOf),
        ];

    private static string TypeOf(Entry entry)
    {
        var document =
            !Statement.TryParse(
                Convert.FromBase64String(entry.Statement),
                out var statement,
                out var fault
            )
                ? throw new InvalidDataException(fault.Detail)
            : statement.IsEnvelope ? Convert.FromBase64String(entry.Contents[0])
            : statement.Payload;
        return ActBytes.Rebuild(statement.ContentType, document).Type.Name;
    }

    private static string[] Digests(World world) =>
        [
            .. StateApi
                .DigestsOf(world)
                .Select(one => $"{one.View} {one.Version} {one.Audience} {one.Digest}"),
        ];

    private static PendingEntry Pending(string line)
    {
        var entry = JsonSerializer.Deserialize<Entry>(line)!;
        return new(
            Convert.FromBase64String(entry.Statement),
            [
                .. entry
                    .Contents.Select(Convert.FromBase64String)
                    .Select(bytes => (Digest.Of(bytes), (ReadOnlyMemory<byte>)bytes)),
            ]
        );
    }

    private sealed record Entry(string Statement, string[] Contents);
}
