using System.CommandLine;
using System.Text;
using System.Text.Json;
using Concord.Cli.Monitoring;
using Concord.Ledger;
using Concord.Measures;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord monitor</c>: follows logs as a stranger, and says when one forks, falls silent,
/// changes what it published or lies about the time.
/// </summary>
internal static class MonitorVerb
{
    private static readonly Argument<string[]> s_urls = new("URL")
    {
        Description = "An authority, or the folder of a log; several",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> s_vkeys = new("--vkey")
    {
        HelpName = "KEY",
        Description = "The key of a log or witness [default: the log's is asked for and pinned]",
    };

    private static readonly Option<string[]> s_witnesses = new("--witness")
    {
        HelpName = "URL",
        Description = "Where a witness shows what it saw",
    };

    private static readonly Option<DirectoryInfo> s_state = new("--state")
    {
        HelpName = "DIR",
        Description = "Where everything seen is kept",
        DefaultValueFactory = _ => new("concord-monitor"),
    };

    private static readonly Option<TimeSpan> s_every = Span(
        "--every",
        "The time between two rounds",
        TimeSpan.FromSeconds(10)
    );

    private static readonly Option<TimeSpan> s_silence = Span(
        "--silence",
        "How long a log may show nothing new",
        TimeSpan.FromHours(2)
    );

    private static readonly Option<bool> s_once = new("--once")
    {
        Description = "End after one round",
    };

    private static readonly Option<int?> s_metrics = new("--metrics")
    {
        HelpName = "PORT",
        Description = "Show Prometheus metrics on 127.0.0.1",
    };

    public static Command Create() =>
        new Command("monitor", "Follow logs as a stranger; find forks, silence and false time")
            .With(s_urls, s_vkeys, s_witnesses, s_state, s_every, s_silence, s_once, s_metrics)
            .Does(MonitorAsync);

    private static async Task<ExitCode> MonitorAsync(Session session)
    {
        var words = session.Words;
        var keys = Keys(words.GetValue(s_vkeys) ?? []);
        var options = new MonitorOptions
        {
            State = words.GetRequiredValue(s_state).FullName,
            Witnesses = [.. (words.GetValue(s_witnesses) ?? []).Select(Address)],
            WitnessKeys = [.. keys.Where(key => key.Type == 0x04)],
            SilenceMax = words.GetValue(s_silence),
        };
        using var http = LogAddress.NewClient();
        using var metrics = new MonitorMetrics(words.GetValue(s_metrics), options.Time);
        var logs = new List<MonitoredLog>();
        foreach (var url in words.GetRequiredValue(s_urls))
        {
            var key = await KeyAsync(session, url, http, keys, options);
            logs.Add(new(LogAddress.Of(http, url), key, options));
        }

        foreach (var log in logs.Where(log => log.IsForked))
        {
            Say(session, log, log.Size, [Known(log)]);
        }

        var all = new List<MonitorFinding>();
        try
        {
            do
            {
                all.AddRange(await RoundAsync(session, logs, metrics));
                if (words.GetValue(s_once) || logs.TrueForAll(log => log.IsForked))
                {
                    return CodeOf(logs, all);
                }

                await Task.Delay(words.GetValue(s_every), options.Time, session.Cancel);
            } while (true);
        }
        catch (OperationCanceledException) when (session.Cancel.IsCancellationRequested)
        {
            return logs.Exists(log => log.IsForked) ? ExitCode.Forked : ExitCode.Done;
        }
    }

    private static MonitorFinding Known(MonitoredLog log) =>
        new(
            MonitorFinding.Fork,
            log.Origin,
            "It contradicted itself before, and is not followed any more.",
            log.Folder
        );

    private static ExitCode CodeOf(List<MonitoredLog> logs, List<MonitorFinding> all) =>
        logs.Exists(log => log.IsForked) ? ExitCode.Forked
        : all.Count > 0 ? ExitCode.NotSo
        : logs.Exists(log => !log.IsReached) ? ExitCode.Unavailable
        : ExitCode.Done;

    private static async Task<IReadOnlyList<MonitorFinding>> RoundAsync(
        Session session,
        List<MonitoredLog> logs,
        MonitorMetrics metrics
    )
    {
        var found = new List<MonitorFinding>();
        foreach (var log in logs.Where(log => !log.IsForked))
        {
            // One log at several addresses must show all of them the same.
            var elsewhere = logs.Where(other =>
                    !ReferenceEquals(other, log)
                    && string.Equals(other.Origin, log.Origin, StringComparison.Ordinal)
                )
                .Select(other => other.Head)
                .OfType<PublishedHead>();
            var before = log.Size;
            var findings = await log.RoundAsync([.. elsewhere], session.Cancel);
            found.AddRange(findings);
            Say(session, log, before, findings);
        }

        metrics.Take(logs, found);
        return found;
    }

    private static void Say(
        Session session,
        MonitoredLog log,
        long before,
        IReadOnlyList<MonitorFinding> findings
    )
    {
        if (session.Terminal.IsJson)
        {
            foreach (var line in Lines(log, before, findings))
            {
                session.Terminal.Print(line);
            }

            return;
        }

        var terminal = session.Terminal;
        foreach (var finding in findings)
        {
            terminal.Say(
                $"[red]✗[/] {Markup.Escape(log.Origin)}  [bold]{finding.Kind}[/]  "
                    + Markup.Escape(finding.Says)
            );
            if (finding.Proof is { } proof)
            {
                terminal.Fact("proof", Markup.Escape(proof));
            }
        }

        if (!log.IsReached)
        {
            terminal.Say($"[yellow]·[/] {Markup.Escape($"{log.Address}")} does not answer");
        }
        else if (log.Size > before)
        {
            terminal.Say(
                $"[green]✓[/] {Markup.Escape(log.Origin)}  {log.Size} entries verified, last tick "
                    + $"{log.Tick}"
            );
        }
    }

    private static IEnumerable<string> Lines(
        MonitoredLog log,
        long before,
        IReadOnlyList<MonitorFinding> findings
    )
    {
        foreach (var finding in findings)
        {
            yield return Line(json =>
            {
                json.WriteString("event", "finding");
                json.WriteString("kind", finding.Kind);
                json.WriteString("origin", finding.Origin);
                json.WriteString("says", finding.Says);
                json.WriteString("proof", finding.Proof);
            });
        }

        if (!log.IsReached || log.Size > before)
        {
            yield return Line(json =>
            {
                json.WriteString("event", log.IsReached ? "verified" : "unreached");
                json.WriteString("origin", log.Origin);
                json.WriteNumber("size", log.Size);
                json.WriteString("root", log.Head?.Checkpoint.Root.ToString());
                json.WriteString("tick", log.Tick?.ToString());
            });
        }
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static List<NoteVerifier> Keys(IEnumerable<string> texts) =>
        [
            .. texts.Select(text =>
                NoteVerifier.TryParse(
                    File.Exists(text) ? File.ReadAllText(text).Trim() : text,
                    out var key,
                    out var fault
                )
                    ? key
                    : throw new CommandFault(ExitCode.Usage, $"--vkey {text}: {fault}")
            ),
        ];

    // A single log key is that of a single log; of several, the origin that is shown chooses.
    private static async Task<NoteVerifier> KeyAsync(
        Session session,
        string url,
        HttpClient http,
        List<NoteVerifier> keys,
        MonitorOptions options
    )
    {
        var source = LogAddress.Of(http, url);
        string? note;
        try
        {
            note = await source.CheckpointAsync(session.Cancel);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFault(
                ExitCode.Unavailable,
                $"No log answers at {url}: {e.Message}",
                "Check the address; the log must answer once, so that its key is known."
            );
        }

        var origin = note?.Split('\n')[0] ?? string.Empty;
        if (
            keys.Find(key =>
                key.Type == 0x01 && string.Equals(key.Name, origin, StringComparison.Ordinal)
            ) is
            { } given
        )
        {
            return given;
        }

        var pinned = MonitorState.Open(options.State, origin, source.Address).Last?.VerifierKey;
        if (pinned is null)
        {
            using var client = new AuthorityClient(url);
            var document = await client.GetAsync("authority", session.Cancel);
            pinned = document.GetProperty("verifier_key").GetString();
            session.Terminal.Note($"{origin}: pinned at first sight, {pinned}");
        }

        return NoteVerifier.TryParse(pinned, out var key, out var fault)
            ? key
            : throw new CommandFault(ExitCode.NotSo, $"The key of {origin}: {fault}");
    }

    private static Uri Address(string url) =>
        Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            ? address
            : throw new CommandFault(ExitCode.Usage, $"{url} is not the address of a witness.");

    private static Option<TimeSpan> Span(string name, string description, TimeSpan orElse) =>
        new(name)
        {
            HelpName = "TIME",
            Description = $"{description}, like 10s, 5m, 2h",
            DefaultValueFactory = _ => orElse,
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                var unit = word.Length > 1 ? word[^1] : ' ';
                var seconds = unit switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3600,
                    _ => 0,
                };
                if (seconds > 0 && int.TryParse(word[..^1], out var count) && count > 0)
                {
                    return TimeSpan.FromSeconds((double)seconds * count);
                }

                result.AddError($"{name}: '{word}' is not a time like 10s, 5m or 2h");
                return orElse;
            },
        };
}
