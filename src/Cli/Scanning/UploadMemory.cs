using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;

namespace Concord.Cli.Scanning;

/// <summary>
/// What became of uploads, a line each, brought to the disk before anything is done: a watch that
/// was killed does nothing twice. A report is kept as it was signed before it is filed, so that the
/// same bytes are filed again and not another report.
/// </summary>
internal sealed class UploadMemory : IDisposable
{
    private readonly StreamWriter _file;
    private readonly HashSet<Upload> _seen = [];
    private readonly Dictionary<string, Received> _unfiled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _says = new(StringComparer.Ordinal);

    private UploadMemory(StreamWriter file) => _file = file;

    /// <summary>Reports that were signed and, as far as is known, not filed.</summary>
    public IReadOnlyCollection<(string Digest, Received Report)> Unfiled =>
        [.. _unfiled.Select(one => (one.Key, one.Value))];

    /// <summary>Opens a memory, or begins one.</summary>
    /// <exception cref="CommandFault">A line of it is damaged, or another watch has it.</exception>
    public static UploadMemory Open(string path)
    {
        var stream = Locked(path);
        DropBrokenLine(stream);
        stream.Position = 0;
        var memory = new UploadMemory(new(stream));
        using var reader = new StreamReader(stream, Encoding.UTF8, false, -1, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            memory.Take(line, path);
        }

        stream.Position = stream.Length;
        return memory;
    }

    /// <summary>Whether an upload was dealt with as it lies there now.</summary>
    public bool Knows(Upload upload) => _seen.Contains(upload);

    /// <summary>The report of a copy that was signed before; null: none was.</summary>
    /// <param name="copy">What it is about, as it was said when it was signed.</param>
    /// <returns>
    /// Its digest; the report, where it is not known to be filed; else what became of it.
    /// </returns>
    public (string Digest, Received? Unfiled, string? Says)? ReportOf(string copy) =>
        _reports.TryGetValue(copy, out var digest)
            ? (digest, _unfiled.GetValueOrDefault(digest), _says.GetValueOrDefault(digest))
            : null;

    /// <summary>Keeps that an upload was dealt with.</summary>
    public void Seen(Upload upload)
    {
        _seen.Add(upload);
        Add(json =>
        {
            json.WriteString("upload", upload.Name);
            json.WriteString("listing", upload.Listing);
        });
    }

    /// <summary>Keeps a report that will be filed.</summary>
    /// <param name="report">The report.</param>
    /// <param name="copy">What it is about: an upload, as it lies there now, at a place.</param>
    public string Signed(Received report, string copy)
    {
        var digest = $"{Digest.Of(report.Statement.Span)}";
        _unfiled[digest] = report;
        _reports[copy] = digest;
        Add(json =>
        {
            json.WriteString("report", digest);
            json.WriteString("copy", copy);
            json.WriteBase64String("statement", report.Statement.Span);
            json.WriteBase64String("sealed_part", report.SealedPart!.Value.Span);
        });
        return digest;
    }

    /// <summary>Keeps that a report is done with.</summary>
    /// <param name="digest">The digest of its statement.</param>
    /// <param name="says">The id of its act, or why it was refused.</param>
    public void Filed(string digest, string says)
    {
        _unfiled.Remove(digest);
        _says[digest] = says;
        Add(json =>
        {
            json.WriteString("filed", digest);
            json.WriteString("says", says);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Locked(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"Another watch keeps what it has seen in {path}.",
                "Stop it, or keep this one's with --state FILE."
            );
        }
    }

    // A watch that was killed may have left half a line: what it was about is done again.
    private static void DropBrokenLine(FileStream file)
    {
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }
        }

        file.SetLength(end);
    }

    private void Take(string line, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var said = json.RootElement;
            if (said.TryGetProperty("upload", out var name))
            {
                _seen.Add(new(name.GetString()!, said.GetProperty("listing").GetString()!));
            }
            else if (said.TryGetProperty("report", out var digest))
            {
                _reports[said.GetProperty("copy").GetString()!] = digest.GetString()!;
                _unfiled[digest.GetString()!] = new(
                    said.GetProperty("statement").GetBytesFromBase64(),
                    null,
                    said.GetProperty("sealed_part").GetBytesFromBase64(),
                    []
                );
            }
            else
            {
                var filed = said.GetProperty("filed").GetString()!;
                _unfiled.Remove(filed);
                _says[filed] = said.GetProperty("says").GetString()!;
            }
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw new CommandFault(
                ExitCode.Damaged,
                $"{path} is damaged: a line of it is none of a watch.",
                "Move it away: everything in the folder is then looked at again."
            );
        }
    }

    private void Add(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        _file.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
        _file.Flush();
        ((FileStream)_file.BaseStream).Flush(flushToDisk: true);
    }
}
