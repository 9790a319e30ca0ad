using System.Runtime.ExceptionServices;
using Concord.Cli.Weights;
using Concord.Ledger;
using Concord.Measures.Weights;

namespace Concord.Cli.Scanning;

/// <summary>Reads the models of files, folders, archives and addresses, each once.</summary>
/// <param name="session">The command.</param>
internal sealed class ModelScanner(Session session) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );

    /// <summary>What was read so far.</summary>
    public List<ScannedModel> Models { get; } = [];

    /// <summary>What was not, so far.</summary>
    public List<UnreadModel> Unread { get; } = [];

    /// <summary>Reads all models of what a person names.</summary>
    /// <param name="word">A path or an address.</param>
    /// <exception cref="CommandFault">There is no such path.</exception>
    public async Task ScanAsync(string word)
    {
        if (!IsThere(word))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no file or folder {word}.",
                "Name a file of weights, a folder or archive of them, or an address."
            );
        }

        foreach (var opened in new WeightsOpener(_http, Budget()).Open(word))
        {
            using (opened)
            {
                await TakeAsync(opened);
            }
        }
    }

    /// <summary>
    /// Reads the one model of what a person names and leaves it open, so that it can be compared
    /// number by number.
    /// </summary>
    /// <exception cref="CommandFault">There is none, or there are several.</exception>
    public async Task<(ScannedModel Model, IDisposable Open)> ReadOneAsync(string word)
    {
        if (!IsThere(word))
        {
            throw new CommandFault(ExitCode.Usage, $"There is no file or folder {word}.");
        }

        var count = 0;
        foreach (var one in new WeightsOpener(_http, Budget()).Open(word))
        {
            using (one)
            {
                count++;
            }
        }

        if (count != 1)
        {
            throw new CommandFault(
                count == 0 ? ExitCode.Unreadable : ExitCode.Several,
                $"{word} holds {count} models, and one is compared.",
                "Name the file of the model, or the index of its shards; concord scan lists them."
            );
        }

        var models = new WeightsOpener(_http, Budget()).Open(word).GetEnumerator();
        models.MoveNext();
        var held = new Held(models.Current, models);
        await TakeAsync(models.Current);
        if (Unread is [var unread, ..])
        {
            held.Dispose();
            throw new CommandFault(
                ExitCode.Unreadable,
                $"{unread.Name} is not read: {unread.Reason}.",
                "Nothing of such a file is believed; ask where it came from for a sound one."
            );
        }

        return (Models[^1], held);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static bool IsThere(string word) =>
        Path.Exists(word)
        || (
            Uri.TryCreate(word, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
        );

    private static ReadingBudget Budget() => ReadingBudget.Ample(TimeProvider.System);

    private async Task TakeAsync(OpenedWeights opened)
    {
        if (opened.Contents is not { } contents)
        {
            var why = opened.Fault;
            Unread.Add(new(opened.Name, why is null ? "nothing" : $"{why.Place}: {why.Reason}"));
            return;
        }

        try
        {
            Models.Add(await ReadAsync(opened.Name, contents, SourcesOf(opened, contents)));
        }
        catch (WeightsFault fault)
        {
            Unread.Add(new(opened.Name, $"{fault.Place}: {fault.Reason}"));
        }
    }

    // Numbers that a header holds itself lie in memory, and are no file.
    private static ByteSource[] SourcesOf(OpenedWeights opened, WeightsContents contents) =>
        [
            .. opened
                .Files.OfType<ByteSource>()
                .Concat(contents.Tensors.Select(tensor => tensor.Source))
                .Where(source => source is not MemoryBytes)
                .Distinct(),
        ];

    private Task<ScannedModel> ReadAsync(
        string name,
        WeightsContents contents,
        ByteSource[] sources
    )
    {
        var all =
            sources.Sum(source => source.Length)
            + contents.Tensors.Sum(tensor => tensor.ByteLength);
        return session.Terminal.WatchBytesAsync(
            Path.GetFileName(name.TrimEnd('/')),
            progress =>
                Task.Run(
                    () =>
                        Model(
                            name,
                            contents,
                            sources,
                            Read(contents, sources, new Counted(progress, all))
                        ),
                    session.Cancel
                )
        );
    }

    // Of what several threads met the first is told; the others mostly met the same.
    private WeightsReading Read(WeightsContents contents, ByteSource[] sources, Counted progress)
    {
        try
        {
            return Fingerprinter.Read(
                contents,
                sources,
                WeightsThreads.All,
                progress,
                session.Cancel
            );
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
            throw;
        }
    }

    private static ScannedModel Model(
        string name,
        WeightsContents contents,
        ByteSource[] sources,
        WeightsReading reading
    )
    {
        var holders = contents.Tensors.Select(tensor => tensor.Source).ToHashSet();
        return new()
        {
            Name = name,
            Files =
            [
                .. sources.Select(
                    (source, at) =>
                        new ScannedFile(
                            Path.GetFileName(source.Name),
                            source.Length,
                            new Digest(reading.Files[at].ToArray()),
                            holders.Contains(source)
                        )
                ),
            ],
            Format = contents.Format,
            Claims = contents.Claims,
            Notes = contents.Notes,
            Reading = reading,
        };
    }

    // Several threads report, each what it has done since it last did.
    private sealed class Counted(IProgress<(long Done, long Of)> bar, long all) : IProgress<long>
    {
        private long _done;

        public void Report(long value) => bar.Report((Interlocked.Add(ref _done, value), all));
    }

    private sealed class Held(OpenedWeights opened, IDisposable models) : IDisposable
    {
        public void Dispose()
        {
            opened.Dispose();
            models.Dispose();
        }
    }
}
