using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Identify;
using Concord.Hosts.Notices;
using Concord.Ledger;
using Concord.Measures.Weights;
using Concord.Rooms.Lineage;
using Concord.Tests;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// A register that is large for what one answer does: strangers, and far behind them the weights
/// that a question is about.
/// </summary>
internal sealed class SweptRegister
{
    /// <summary>What one answer does in this register.</summary>
    public static readonly IdentifyLimits Limits = new()
    {
        WholeMost = 6,
        NearMost = 4,
        SweptMost = 10,
    };

    private readonly SandboxServer _server;
    private readonly (PartyId Id, StatementSigner Key) _maker;

    private SweptRegister(SandboxServer server, (PartyId, StatementSigner) maker) =>
        (_server, _maker) = (server, maker);

    /// <summary>The release that a question is about.</summary>
    public ReleaseId Sought { get; private set; }

    /// <summary>The release of the strangers.</summary>
    public ReleaseId Others { get; private set; }

    /// <summary>Files strangers, then what is sought, then strangers.</summary>
    public static async Task<SweptRegister> FileAsync(
        SandboxServer server,
        Fingerprint sought,
        int strangers = 24,
        bool isFollowed = true
    )
    {
        var register = new SweptRegister(
            server,
            await server.AdmitAsync("Tern Makers", PartyRole.Developer)
        );
        register.Others = await register.ReleaseAsync("Gull 1");
        register.Sought = await register.ReleaseAsync("Tern 1");
        for (var at = 0; at < strangers; at++)
        {
            if (at == strangers * 2 / 3)
            {
                await register.PrintAsync(register.Sought, sought);
            }

            await register.PrintAsync(register.Others, Prints.Of(100 + at));
        }

        if (isFollowed)
        {
            await FollowedAsync(server);
        }

        return register;
    }

    /// <summary>The same with a sketch that says nothing, and is near to none.</summary>
    public static Fingerprint Unsketched(Fingerprint of) =>
        Like(of, of.SixteenthBits, new ulong[Fingerprint.ScanWords]);

    /// <summary>The same with as many bits for a weight and another sketch.</summary>
    public static Fingerprint Like(Fingerprint of, int sixteenthBits, ReadOnlyMemory<ulong> scan) =>
        new()
        {
            Weights = of.Weights,
            Parameters = of.Parameters,
            SixteenthBits = sixteenthBits,
            ZerosPerMillion = of.ZerosPerMillion,
            Scan = scan,
            Layers = of.Layers,
        };

    /// <summary>Waits until the index has followed the log.</summary>
    public static Task FollowedAsync(SandboxServer server) =>
        Awaited.Async(
            () => server.Authority.Weights.Through,
            through => through == server.Authority.Intake.Current.Size
        );

    /// <summary>Files a fingerprint of a release.</summary>
    public async Task<ActId> PrintAsync(ReleaseId release, Fingerprint print)
    {
        var act = new FingerprintAct
        {
            Release = release,
            By = _maker.Id,
            Weights = Recognition.DigestOf(print),
            Method = Fingerprint.Version,
            Small = Prints.Text(print),
        };
        return new(await FileAsync(act));
    }

    /// <summary>Takes a fingerprint back.</summary>
    public Task WithdrawAsync(ActId print) =>
        FileAsync(new Withdraw { Target = print, Reason = "It was taken of a draft." });

    /// <summary>Asks until the answers are complete.</summary>
    public static async Task<List<JsonElement>> AskAllAsync(SandboxServer server, Fingerprint asked)
    {
        var text = Prints.Text(asked);
        var answers = new List<JsonElement> { await AskAsync(server, new { fingerprint = text }) };
        while (!answers[^1].GetProperty("complete").GetBoolean())
        {
            var after = answers[^1].GetProperty("through").GetString();
            answers.Add(await AskAsync(server, new { fingerprint = text, after }));
        }

        return answers;
    }

    /// <summary>The releases that answers found by the fingerprint.</summary>
    public static IEnumerable<string?> Found(params IEnumerable<JsonElement> answers) =>
        answers
            .SelectMany(answer => answer.GetProperty("matches").EnumerateArray())
            .Where(match => match.GetProperty("asked").GetString() is "fingerprint")
            .Select(match => match.GetProperty("subject").GetString());

    /// <summary>Asks something that must be answered.</summary>
    public static async Task<JsonElement> AskAsync(SandboxServer server, object question)
    {
        var (status, said) = await TryAsync(server, question);
        Assert.True(status == HttpStatusCode.OK, said.ToString());
        return said;
    }

    /// <summary>Asks something, and gives whatever is said.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Said)> TryAsync(
        SandboxServer server,
        object question
    )
    {
        var cancel = TestContext.Current.CancellationToken;
        using var answer = await server.Client.PostAsJsonAsync("/identify", question, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return (answer.StatusCode, SandboxServer.Json(text));
    }

    private async Task<ReleaseId> ReleaseAsync(string name)
    {
        var model = new ModelId(await FileAsync(Given.Model(_maker.Id, name)));
        var day = _server.Authority.Intake.Current.World.At.Day;
        return new(await FileAsync(Given.Release(model, day) with { Name = name }));
    }

    private async Task<long> FileAsync(Act act)
    {
        var filed = await _server.FileAsync(_server.Sign(_maker.Id, _maker.Key, act));
        return filed.GetProperty("index").GetInt64();
    }
}
