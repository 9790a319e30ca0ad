using System.Text.Json;

namespace Concord.Cli.Refile;

/// <summary>
/// What became of the ids of the old log, kept beside the statements, so that nothing is filed
/// twice. It is of one new log: a second succession has its own.
/// </summary>
internal sealed class RefileJournal
{
    private const string Name = "refiled.json";

    private readonly string _file;
    private readonly Content _content;

    private RefileJournal(string file, Content content) =>
        (_file, _content, Ids) = (file, content, new(content.Ids));

    /// <summary>What old ids are called.</summary>
    public OldIds Ids { get; }

    /// <summary>Opens the journal of a folder.</summary>
    /// <param name="folder">Where the statements are.</param>
    /// <param name="log">The origin of the new log.</param>
    /// <exception cref="CommandFault">It is of another log, or damaged.</exception>
    public static RefileJournal Open(string folder, string log)
    {
        var file = Path.Combine(folder, Name);
        var content = File.Exists(file) ? Read(file) : new(log, []);
        return string.Equals(content.Log, log, StringComparison.Ordinal)
            ? new(file, content)
            : throw new CommandFault(
                ExitCode.NotSo,
                $"{file} says what was filed anew at {content.Log}, and this is {log}.",
                "Name the authority at which you filed, or move that file away to file here."
            );
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write()
    {
        File.WriteAllBytes(_file + ".new", JsonSerializer.SerializeToUtf8Bytes(_content));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private static Content Read(string file)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(file));
            return read is { Log: not null, Ids: not null } ? read : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{file} does not say what was filed anew, and where.",
                "Put it back as it was; what was filed is at the authority under your party's acts."
            );
        }
    }

    private sealed record Content(string Log, Dictionary<string, string> Ids);
}
