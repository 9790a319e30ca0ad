using System.Text.Json;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// What became of the rows of a file, a line each, kept beside it: a run that broke off goes on
/// behind it, and no receipt is lost. A line has the act's digest and the authority's answer, with
/// statement, receipt and proof in base64.
/// </summary>
internal sealed class BulkJournal : IDisposable
{
    private readonly StreamWriter _file;

    private BulkJournal(StreamWriter file, HashSet<Digest> filed) => (_file, Filed) = (file, filed);

    /// <summary>The digests of the acts that are in the log.</summary>
    public HashSet<Digest> Filed { get; }

    /// <summary>Opens the journal of a file.</summary>
    /// <exception cref="CommandFault">A line of it is damaged.</exception>
    public static BulkJournal Open(string path)
    {
        var filed = new HashSet<Digest>();
        if (File.Exists(path))
        {
            DropBrokenLine(path);
            foreach (var line in File.ReadLines(path))
            {
                filed.Add(DigestOf(line, path));
            }
        }

        return new(new(path, append: true), filed);
    }

    /// <summary>Keeps the answer to a row that is in the log.</summary>
    /// <param name="act">The act's digest.</param>
    /// <param name="statement">What was signed.</param>
    /// <param name="answer">The authority's answer.</param>
    public void Add(Digest act, ReadOnlyMemory<byte> statement, JsonElement answer)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("act_digest", act.ToString());
            json.WriteBase64String("statement", statement.Span);
            foreach (var member in answer.EnumerateObject().Where(one => one.Name is not "row"))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        _file.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
        Filed.Add(act);
    }

    /// <summary>Brings what was added to the disk.</summary>
    public void Flush()
    {
        _file.Flush();
        ((FileStream)_file.BaseStream).Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A run that was killed may have left half a line: its row is asked for again.
    private static void DropBrokenLine(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
    }

    private static Digest DigestOf(string line, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Digest.TryParse(
                json.RootElement.GetProperty("act_digest").GetString(),
                out var digest
            )
                ? digest
                : throw new JsonException();
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"{path} is damaged: a line of it is none of a journal.",
                "Move it away: what was filed before gets its first receipt again."
            );
        }
    }
}
