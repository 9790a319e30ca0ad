using System.Text;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>
/// A sandbox with three witnesses over real sockets, a clock for each, and a certificate that ends.
/// </summary>
internal sealed class WatchedAuthority : IAsyncDisposable
{
    private readonly List<ServedWitness> _witnesses = [];
    private int _filed;

    private WatchedAuthority(SandboxServer server, TrueTime truth, FaultyClock clock)
    {
        (Server, Truth, Clock) = (server, truth, clock);
        WitnessClocks = [new(truth), new(truth), new(truth)];
    }

    public SandboxServer Server { get; private set; }

    public TrueTime Truth { get; }

    /// <summary>The clock of the authority's machine.</summary>
    public FaultyClock Clock { get; }

    public IReadOnlyList<FaultyClock> WitnessClocks { get; }

    public Instant Tick => Server.Authority.Intake.Current.World.At;

    public StandingState Standing
    {
        get
        {
            var world = Server.Authority.Intake.Current.World;
            return world.Registry.StandingOf(Subject)!.AsOf(world.At).State;
        }
    }

    private SubjectId Subject { get; set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts all; the certificate ends a while after the start.</summary>
    public static async Task<WatchedAuthority> StartAsync(TimeSpan certified)
    {
        var truth = new TrueTime();
        var clock = new FaultyClock(truth);
        var server = await SandboxServer.StartAsync(running: new() { Time = clock });
        var watched = new WatchedAuthority(server, truth, clock);
        var log = NoteVerifier.TryParse(
            server.Authority.File.VerifierKey,
            out var key,
            out var fault
        )
            ? key
            : throw new InvalidDataException(fault);
        foreach (var time in watched.WitnessClocks)
        {
            var name = $"w{watched._witnesses.Count}.example";
            watched._witnesses.Add(await ServedWitness.StartAsync(name, time, log));
        }

        await watched.CertifyAsync(Instant.From(TrueTime.Start + certified));
        return watched;
    }

    /// <summary>Appoints the witnesses, and has them asked once.</summary>
    public Task AppointAsync()
    {
        Server.Authority.Witnesses.Take(Policy(_witnesses.Select(one => (one.Verifier, one.Url))));
        return AskAsync();
    }

    /// <summary>Appoints three with other keys, who serve nowhere.</summary>
    public void AppointNobody()
    {
        var keys = Enumerable.Range(0, 3).Select(i => NoteSigner.GenerateWitness($"n{i}.example"));
        Server.Authority.Witnesses.Take(
            Policy(keys.Select(key => (key.Verifier, new Uri("http://127.0.0.1:9"))))
        );
    }

    /// <summary>Starts the server again, with the policy in its data folder.</summary>
    public async Task RestartAsync(bool asksWitnesses = true)
    {
        await Server.StopAsync();
        var folder = new DataFolder(Server.Path);
        WitnessPolicy.Write(folder, Text(_witnesses.Select(one => (one.Verifier, one.Url))));
        Server = await SandboxServer.StartAsync(
            Server.Path,
            new() { Time = Clock, AsksWitnesses = asksWitnesses }
        );
    }

    public Task AskAsync() => Server.Authority.Witnesses.RoundAsync(Cancel);

    /// <summary>Lets true time pass, the witnesses asked every twenty seconds.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var step = TimeSpan.FromSeconds(20);
        for (var end = Truth.Passed + time; Truth.Passed < end; )
        {
            var left = end - Truth.Passed;
            Truth.Passed += left < step ? left : step;
            await AskAsync();
            await FileAsync();
        }
    }

    /// <summary>Files an act, before which a tick is made when one may be.</summary>
    public Task FileAsync() => Server.AdmitAsync($"Party {++_filed}", PartyRole.Developer);

    /// <summary>What the server says of itself to anybody.</summary>
    public async Task<(string Status, string? Why)> HealthAsync()
    {
        var health = await Server.ReadAsync("/healthz");
        return (
            health.GetProperty("status").GetString()!,
            health.TryGetProperty("why", out var why) ? why.GetString() : null
        );
    }

    /// <summary>Whether the log's page warns whoever reads it.</summary>
    public async Task<bool> WarnsAsync() =>
        (await Server.Client.GetStringAsync("/log", Cancel)).Contains(
            "No deadline passes at present",
            StringComparison.Ordinal
        );

    /// <summary>Every witness has seen one log, whole.</summary>
    public async Task OneLogAsync()
    {
        await AskAsync();
        Assert.Equal(Server.Authority.Intake.Current.Size, Server.Authority.Witnesses.Newest?.Size);
        Assert.All(Server.Authority.Witnesses.Witnesses, one => Assert.Null(one.State.Fault));
    }

    /// <summary>The officers of the sandbox sign a joint act.</summary>
    public async Task DecideAsync(JointAct act)
    {
        foreach (var (institution, number, name) in SandboxKeys.Deciding)
        {
            using var key = Server.Authority.Keys.Read(name);
            var officer = new Speaker.Officer(institution, SandboxKeys.OfficerName(number));
            await Server.Authority.FileAsync(officer, act, key, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        foreach (var witness in _witnesses)
        {
            await witness.DisposeAsync();
        }
    }

    private async Task CertifyAsync(Instant until)
    {
        var (party, key) = await Server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using (key)
        {
            var filed = await Server.FileAsync(
                Server.Sign(party, key, Given.Model(party, "Tern 1"))
            );
            var id = filed.GetProperty("index").GetInt64();
            Subject = SubjectId.Of(new ModelId(id));
        }

        var epoch = Server.Authority.Intake.Current.World.Network.KeySet!.Epoch;
        await DecideAsync(
            new Certify
            {
                Joint = new()
                {
                    Kind = JointKind.Officers,
                    K = 2,
                    Epoch = epoch,
                },
                Target = Subject,
                Reason = "Examined.",
                Until = until,
            }
        );
    }

    private string Text(IEnumerable<(NoteVerifier Key, Uri Url)> witnesses)
    {
        var lines = witnesses.Select((one, i) => $"witness w{i} {one.Key} {one.Url}\n");
        return $"log {Server.Authority.File.VerifierKey}\n{string.Concat(lines)}"
            + "group g 2 w0 w1 w2\nquorum g\n";
    }

    private TlogPolicy Policy(IEnumerable<(NoteVerifier Key, Uri Url)> witnesses)
    {
        var text = Text(witnesses);
        return TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault)
            ? policy
            : throw new InvalidDataException(fault);
    }
}
