using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Notices;
using Concord.Authority.Web;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Markup = Spectre.Console.Markup;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord up</c>: founds a sandbox where there is nothing yet, and serves the authority of the
/// data folder until it is told to stop.
/// </summary>
internal static class UpVerb
{
    private const int DefaultPort = 8700;

    private static readonly Option<int> s_port = new("--port")
    {
        HelpName = "N",
        Description = "The port on this machine; 0: any that is free",
        DefaultValueFactory = _ => DefaultPort,
    };

    private static readonly Option<IPAddress[]> s_proxies = Values.Addresses(
        "--proxy",
        "The address from which a proxy of yours asks here for others (docs/PROXY.md)"
    );

    private static readonly Option<bool> s_noOpen = new("--no-open")
    {
        Description = "Do not open a browser",
    };

    private static readonly Option<bool> s_verbose = new("--verbose")
    {
        Description = "Say on standard error what the server does",
    };

    private static readonly Option<bool> s_noWitnesses = new("--no-witnesses")
    {
        Description = "Start no witnesses and ask none",
    };

    private static readonly Option<string?> s_smtp = Values.Text(
        "--smtp",
        "URL",
        "The server that takes mail: smtps://user@host:465, or smtp://user@host:587 with STARTTLS "
            + "[default: as mail.json in the data folder says]"
    );

    private static readonly Option<string?> s_from = Values.Text(
        "--smtp-from",
        "ADDRESS",
        "The address that mail is from"
    );

    private static readonly Option<string?> s_password = Values.Text(
        "--smtp-password-file",
        "FILE",
        "Holds the password for it, for its owner alone (chmod 600)"
    );

    public static Command Create() =>
        new Command("up", "Start an authority; a sandbox is founded where there is none")
            .With(s_port, s_proxies, s_noOpen, s_noWitnesses, s_verbose)
            .With(s_smtp, s_from, s_password)
            .Does(UpAsync);

    private static async Task<ExitCode> UpAsync(Session session)
    {
        var folder = session.Folder;
        using var logging = LoggerFactory.Create(log => Log(log, session));
        if (!folder.IsFounded)
        {
            session.Terminal.Note($"Founding a sandbox authority in {folder.Path}");
            await Sandbox.CreateAsync(folder, TimeProvider.System, session.Cancel);
        }

        var asksWitnesses = !session.Words.GetValue(s_noWitnesses);
        await using var local =
            asksWitnesses && session.File.Sandbox && LocalWitnesses.MayWrite(folder)
                ? LocalWitnesses.Start(folder, session.File)
                : null;
        await using var running = await OpenAsync(session, folder, logging);
        await using var server = AuthorityHost.Build(
            running,
            new()
            {
                Port = session.Words.GetValue(s_port),
                Proxies = session.Words.GetValue(s_proxies) ?? [],
                Logging = log => Log(log, session),
            }
        );
        var at = await Serving.StartAsync(server, session.Words.GetValue(s_port), session.Cancel);
        var url = session.Words.GetValue(s_proxies) is { Length: > 0 } ? at : Named(at);
        (running.File with { Url = url }).Write(folder);
        if (asksWitnesses)
        {
            await AskWitnessesAsync(session, running, local);
        }

        if (running.File.Sandbox)
        {
            await FurnishAsync(session, running);
        }

        await WarmAsync(session, server.Services.GetRequiredService<PublicSite>());
        Say(session, running, url);
        Open(session, url);
        await WaitAsync(session.Cancel);
        session.Terminal.Note("Stopping …");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await server.StopAsync(patience.Token);
        return ExitCode.Done;
    }

    // A passkey is for a name, never for an address.
    private static string Named(string address) =>
        new UriBuilder(address) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);

    private static async Task<RunningAuthority> OpenAsync(
        Session session,
        DataFolder folder,
        ILoggerFactory logging
    )
    {
        try
        {
            return await session.Terminal.WatchAsync(
                "Folding the log",
                progress =>
                    RunningAuthority.OpenAsync(
                        folder,
                        new()
                        {
                            Logger = logging.CreateLogger("Concord"),
                            Progress = Steps.To(progress),
                            AsksWitnesses = !session.Words.GetValue(s_noWitnesses),
                            Notices = new()
                            {
                                Mail = MailOf(session, folder),
                                AllowsPrivate = session.File.Sandbox,
                            },
                        },
                        session.Cancel
                    )
            );
        }
        catch (DataFolderInUseException e)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                e.Message,
                "Stop the other server, or name another folder with --data."
            );
        }
        catch (CopiedFolderException e)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                e.Message,
                "Serve from the other folder; or, if it is gone, say how far the log had come: "
                    + $"concord rebuild --data {folder.Path} --mirror MIRROR "
                    + "(docs/WAYS-BACK.md)."
            );
        }
        catch (PenRefusedException e)
        {
            throw new CommandFault(ExitCode.Damaged, e.Message, "Look at it: concord fsck");
        }
        catch (SequencerException e)
        {
            throw new CommandFault(ExitCode.Damaged, e.Message, "Look at it: concord fsck");
        }
    }

    private static MailServer? MailOf(Session session, DataFolder folder)
    {
        try
        {
            return MailServer.Read(
                folder,
                session.Words.GetValue(s_smtp),
                session.Words.GetValue(s_from),
                session.Words.GetValue(s_password)
            );
        }
        catch (InvalidDataException e)
        {
            throw new CommandFault(ExitCode.Usage, e.Message, "See specs/notices.md.");
        }
    }

    private static async Task FurnishAsync(Session session, RunningAuthority running)
    {
        await session.Terminal.WatchAsync<bool>(
            "Filing public-source reports on real models",
            async progress =>
            {
                await Sandbox.FurnishAsync(
                    running,
                    Steps.To(progress, session.Terminal),
                    session.Cancel
                );
                return true;
            }
        );
    }

    // Without witnesses the log goes on: what it then proves is said, and is less.
    private static async Task AskWitnessesAsync(
        Session session,
        RunningAuthority running,
        LocalWitnesses? local
    )
    {
        try
        {
            if (local is not null)
            {
                var text = await local.PolicyAsync(running.File, session.Cancel);
                WitnessPolicy.Write(running.Folder, text);
            }

            if (WitnessPolicy.Read(running.Folder) is { } policy)
            {
                running.Witnesses.Use(policy);
                await running.Witnesses.Asked;
            }

            if (local is not null)
            {
                running.KeysChanged += (_, _) => TellWitnesses(session, running, local);
            }
        }
        catch (IOException e)
        {
            session.Terminal.Note($"No witness is asked. {e.Message}");
        }
    }

    // Filings wait for it: what it writes are lines to pipes and a small file.
    private static void TellWitnesses(
        Session session,
        RunningAuthority running,
        LocalWitnesses local
    )
    {
        try
        {
            local.Tell(running.File);
            // They serve since long: what they said when they began is at hand.
            var text = local.PolicyAsync(running.File, session.Cancel).GetAwaiter().GetResult();
            WitnessPolicy.Write(running.Folder, text);
            if (WitnessPolicy.Read(running.Folder) is { } policy)
            {
                running.Witnesses.Renew(policy);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            session.Terminal.Note($"The witnesses were not told the new keys. {e.Message}");
        }
    }

    // Whoever is told that it serves does not wait for the first page.
    private static Task WarmAsync(Session session, PublicSite site) =>
        session.Terminal.WatchAsync(
            "Reading the register",
            _ => Task.Run(site.Follow, session.Cancel)
        );

    private static void Say(Session session, RunningAuthority running, string url)
    {
        var now = running.Intake.Current;
        var models = now.World.Registry.Models.Count;
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteString("origin", running.File.Origin);
            json.WriteString("verifier_key", running.File.VerifierKey);
            json.WriteBoolean("sandbox", running.File.Sandbox);
            json.WriteString("data", running.Folder.Path);
            json.WriteNumber("acts", now.Size);
            json.WriteNumber("models", models);
            json.WriteNumber("witnesses", running.Witnesses.Witnesses.Count);
            json.WriteString("last_tick", now.World.At.ToString());
            json.WriteEndObject();
        });
        var terminal = session.Terminal;
        terminal.Say(
            $"[green]✓[/] [bold]{Markup.Escape(running.File.Name)}[/] serves at [bold]{url}[/]"
        );
        terminal.Fact("origin", Markup.Escape(running.File.Origin));
        terminal.Fact("data", Markup.Escape(running.Folder.Path));
        terminal.Fact(
            "log",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{now.Size:N0} acts, last tick {now.World.At}"
            )
        );
        terminal.Fact(
            "register",
            string.Create(CultureInfo.InvariantCulture, $"{models:N0} models")
        );
        terminal.Fact("witnesses", WitnessesOf(running));
        if (running.KeysFinding is { } finding)
        {
            terminal.Say($"  [yellow]keys[/]         {Markup.Escape(finding)}");
        }

        if (running.File.Sandbox)
        {
            terminal.Say(
                "  [yellow]sandbox[/]      this machine holds every key of this authority; its "
                    + "receipts "
                    + "prove nothing to others"
            );
        }

        terminal.Note("  Ctrl-C stops it; started again with the same folder it goes on.");
    }

    private static string WitnessesOf(RunningAuthority running) =>
        running.Witnesses.Witnesses.Count is var count && count == 0
            ? "none; nobody but this authority signs the log"
        : running.File.Sandbox && LocalWitnesses.MayWrite(running.Folder)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{count} on this machine, {LocalWitnesses.Quorum} must cosign: witnessed locally"
            )
        : string.Create(CultureInfo.InvariantCulture, $"{count} are asked to cosign");

    private static void Open(Session session, string url)
    {
        if (
            session.Words.GetValue(s_noOpen)
            || session.Terminal.IsJson
            || !session.Terminal.Screen.Profile.Capabilities.Interactive
        )
        {
            return;
        }

        try
        {
            using var browser = Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
        }
        catch (Exception e)
            when (e is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            session.Terminal.Note($"  No browser opened; go to {url}");
        }
    }

    private static async Task WaitAsync(CancellationToken cancel)
    {
        var told = new TaskCompletionSource();
        await using var registration = cancel.Register(told.SetResult);
        await told.Task;
    }

    private static void Log(ILoggingBuilder log, Session session)
    {
        if (session.Words.GetValue(s_verbose))
        {
            log.AddSimpleConsole(line => line.SingleLine = true);
            log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            log.SetMinimumLevel(LogLevel.Information);
        }
    }
}
