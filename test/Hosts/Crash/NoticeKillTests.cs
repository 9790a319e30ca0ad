using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Notices;
using Concord.Ledger;
using Concord.Measures;
using Xunit;

namespace Concord.Hosts.Crash;

/// <summary>
/// A server that is killed while it tells a party loses no notice; what had arrived is not sent
/// again, and what was under way comes again as the same message.
/// </summary>
public sealed class NoticeKillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kill_loses_no_notice_and_sends_none_again_under_another_id()
    {
        await using var hook = await HookSink.StartAsync();
        var path = SandboxServer.NewFolder();
        var (process, url) = await ServerProcess.UpAsync(path, Cancel);
        using var key = StatementSigner.Create();
        using (var client = new HttpClient { BaseAddress = url })
        {
            var party = await AdmitAsync(client, path, key);
            await SubscribeAsync(client, path, party, key, hook);
            hook.Slowness = TimeSpan.FromSeconds(20);
            await FileAsync(client, path, party, key, 0, 3);
            await Awaited.Async(() => hook.All, all => all.Count > 1);
            // While the first message is under way, more is logged.
            await FileAsync(client, path, party, key, 3, 10);
        }

        await ServerProcess.KillAsync(process);
        process.Dispose();
        hook.Slowness = TimeSpan.Zero;
        (process, _) = await ServerProcess.UpAsync(path, Cancel);
        var told = await Awaited.Async(
            () => hook.Notices.Where(one => one.Says.Contains("registered Tern")).ToList(),
            all => all.Select(one => one.Number).Distinct().Count() == 10
        );

        Assert.Equal(10, told.Select(one => one.Says).Distinct().Count());
        Assert.All(
            hook.All.GroupBy(one => one.Id),
            one => Assert.Single(one.Select(it => it.Body).Distinct())
        );
        var messages = hook
            .All.DistinctBy(one => one.Id)
            .Where(one => one.Data.TryGetProperty("notices", out _))
            .SelectMany(one => one.Data.GetProperty("notices").EnumerateArray().ToList())
            .Select(one => one.GetProperty("number").GetInt64())
            .ToList();
        Assert.Equal(messages.Distinct().Count(), messages.Count);

        var arrived = hook.All.Count;
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        Assert.Equal(arrived, hook.All.Count);
        await ServerProcess.KillAsync(process);
        process.Dispose();
        (process, _) = await ServerProcess.UpAsync(path, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(4), Cancel);
        Assert.Equal(arrived, hook.All.Count);
        await ServerProcess.KillAsync(process);
        process.Dispose();
        Directory.Delete(path, recursive: true);
    }

    private static string OriginOf(string path) => AuthorityFile.Read(new(path)).Origin;

    private static async Task<PartyId> AdmitAsync(
        HttpClient client,
        string path,
        StatementSigner key
    )
    {
        using var registrar = new KeyFolder(new DataFolder(path).Keys).Read(KeyFolder.Registrar);
        var admit = new AdmitParty
        {
            Name = "Tern Labs",
            Country = "CH",
            Roles = [PartyRole.Developer],
            Keys =
            [
                new()
                {
                    Key = key.PublicKey,
                    Holder = "administrator",
                    Role = KeyRole.Administrator,
                },
            ],
        };
        return new(await FileAsync(client, $"{OriginOf(path)}#authority", admit, registrar));
    }

    private static async Task FileAsync(
        HttpClient client,
        string path,
        PartyId party,
        StatementSigner key,
        int from,
        int to
    )
    {
        for (var i = from; i < to; i++)
        {
            await FileAsync(
                client,
                $"{OriginOf(path)}#{party}",
                Given.Model(party, $"Tern {i}"),
                key
            );
        }
    }

    private static async Task<long> FileAsync(
        HttpClient client,
        string issuer,
        Act act,
        StatementSigner key
    )
    {
        using var form = SandboxServer.Form(Drafting.Compose(act, issuer, key));
        using var answer = await client.PostAsync("/acts", form, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return SandboxServer.Json(text).GetProperty("index").GetInt64();
    }

    private static async Task SubscribeAsync(
        HttpClient client,
        string path,
        PartyId party,
        StatementSigner key,
        HookSink hook
    )
    {
        var issuer = $"{OriginOf(path)}#{party}";
        var address = $"/parties/{party}/notices";
        await PostAsync(client, address, issuer, key, ("kind", "webhook"), ("to", hook.Url));
        await Awaited.Async(() => hook.All, all => all.Count > 0);
        var asked = hook.All[0].Data;
        await PostAsync(
            client,
            $"{address}/confirm",
            issuer,
            key,
            ("channel", asked.GetProperty("channel").GetString()!),
            ("code", asked.GetProperty("code").GetString()!)
        );
    }

    private static async Task PostAsync(
        HttpClient client,
        string address,
        string issuer,
        StatementSigner key,
        params (string Name, string Value)[] said
    )
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        var words = said.ToDictionary(one => one.Name, one => one.Value);
        var signed = new PostRequest(address, now, words).Sign(issuer, key);
        using var content = new ReadOnlyMemoryContent(signed);
        content.Headers.ContentType = new("application/cose");
        using var answer = await client.PostAsync(address, content, Cancel);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
