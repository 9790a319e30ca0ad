using System.CommandLine;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord witness</c>: cosigns the checkpoints of logs that only ever grow, until it is told to
/// stop.
/// </summary>
internal static class WitnessVerb
{
    /// <summary>Where a witness is kept when nobody says so.</summary>
    private const string DefaultData = "concord-witness";
    private const int DefaultPort = 8710;

    private static readonly Option<int> s_port = new("--port")
    {
        HelpName = "N",
        Description = "The port on 127.0.0.1; 0: any that is free",
        DefaultValueFactory = _ => DefaultPort,
    };

    private static readonly Option<string?> s_name = Values.Text(
        "--name",
        "NAME",
        "The witness's name, such as example.org/witness; asked on the first start"
    );

    private static readonly Option<string[]> s_log = new("--log")
    {
        HelpName = "VKEY [URL]",
        Description =
            "A log that is witnessed: its verifier key, or a file that has it, and where "
            + "it is served",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> s_withParent = new("--with-parent")
    {
        Description = "Take further keys of the log from standard input; stop when it ends",
        Hidden = true,
    };

    public static Command Create() =>
        new Command("witness", "Cosign logs that only ever grow (C2SP tlog-witness)")
            .With(s_port, s_name, s_log, s_withParent)
            .Does(WitnessAsync);

    private static async Task<ExitCode> WitnessAsync(Session session)
    {
        var path = session.Words.GetValue(Shared.Data)?.FullName ?? DefaultData;
        var folder = new WitnessFolder(path);
        var logs = ReadLogs(session.Words.GetValue(s_log) ?? []);
        using var key = OpenKey(folder, session.Words.GetValue(s_name));
        using var store = new WitnessStore(folder.Database);
        var witness = new Witness(key, [.. logs.Select(log => log.Key)]);
        await using var server = WitnessHost.Build(
            witness,
            store,
            new() { Port = session.Words.GetValue(s_port), Logging = Log }
        );
        var url = await Serving.StartAsync(server, session.Words.GetValue(s_port), session.Cancel);
        Say(session, witness, logs, url);
        await WaitAsync(session, witness);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await server.StopAsync(patience.Token);
        return ExitCode.Done;
    }

    private static NoteSigner OpenKey(WitnessFolder folder, string? name)
    {
        try
        {
            return folder.OpenKey(
                name
                    ?? folder.Name
                    ?? throw new CommandFault(
                        ExitCode.Usage,
                        "A new witness needs a name.",
                        "Say it with --name, such as example.org/witness; it stays for ever."
                    )
            );
        }
        catch (ArgumentException e)
        {
            throw new CommandFault(
                ExitCode.Usage,
                e.Message.Replace(" (Parameter 'name')", "", StringComparison.Ordinal),
                "Choose the name with --name."
            );
        }
        catch (InvalidDataException e)
        {
            throw new CommandFault(ExitCode.Damaged, e.Message);
        }
    }

    /// <summary>Keys, each with the address that follows it where one does.</summary>
    private static List<(NoteVerifier Key, string? Url)> ReadLogs(string[] words)
    {
        var logs = new List<(NoteVerifier Key, string? Url)>();
        foreach (var word in words)
        {
            if (word.Contains("://", StringComparison.Ordinal) && logs is [.., { Url: null } last])
            {
                logs[^1] = last with { Url = word };
                continue;
            }

            var text = File.Exists(word) ? File.ReadAllText(word).Trim() : word;
            if (!NoteVerifier.TryParse(text, out var key, out var fault))
            {
                throw new CommandFault(
                    ExitCode.Usage,
                    $"'{word}' is not the verifier key of a log: {fault}",
                    "Get it with `concord log vkey`, or from whoever runs the log."
                );
            }

            logs.Add((key, null));
        }

        return logs;
    }

    private static void Say(
        Session session,
        Witness witness,
        List<(NoteVerifier Key, string? Url)> logs,
        string url
    )
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteString("name", witness.Verifier.Name);
            json.WriteString("verifier_key", witness.Verifier.ToString());
            json.WriteStartArray("logs");
            foreach (var (key, at) in logs)
            {
                json.WriteStartObject();
                json.WriteString("origin", key.Name);
                json.WriteString("verifier_key", key.ToString());
                json.WriteString("url", at);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        terminal.Say(
            $"[green]✓[/] [bold]{Markup.Escape(witness.Verifier.Name)}[/] witnesses at "
                + $"[bold]{url}[/]"
        );
        terminal.Fact("key", Markup.Escape(witness.Verifier.ToString()));
        foreach (var (key, at) in logs)
        {
            terminal.Fact("log", Markup.Escape(at is null ? key.Name : $"{key.Name} at {at}"));
        }

        if (logs.Count == 0)
        {
            terminal.Note("  No log is witnessed: name some with --log VKEY.");
        }

        terminal.Note("  Ctrl-C stops it; started again with the same folder it goes on.");
    }

    // A parent that is killed closes the pipe, too.
    private static async Task WaitAsync(Session session, Witness witness)
    {
        var told = new TaskCompletionSource();
        await using var registration = session.Cancel.Register(() => told.TrySetResult());
        if (!session.Words.GetValue(s_withParent))
        {
            await told.Task;
            return;
        }

        using var input = new StreamReader(Console.OpenStandardInput());
        await Task.WhenAny(told.Task, Task.Run(() => LearnAsync(input, witness)));
    }

    // Until it ends, the parent tells the keys that its log has besides, one in a line.
    private static async Task LearnAsync(StreamReader input, Witness witness)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (NoteVerifier.TryParse(line, out var key, out _))
            {
                witness.Learn(key);
            }
        }
    }

    private static void Log(ILoggingBuilder log)
    {
        log.AddSimpleConsole(line => line.SingleLine = true);
        log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        log.SetMinimumLevel(LogLevel.Warning);
    }
}
