using Concord.Acts.Network;
using Concord.Hosts.Api;
using Xunit;
using static Concord.Hosts.Notices.Telling;

namespace Concord.Hosts.Notices;

/// <summary>What is posted to a party's webhook, over failures and restarts.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_webhook_a_message_is_signed_and_comes_again_the_same_over_a_restart()
    {
        await using var hook = await HookSink.StartAsync();
        var first = await StartAsync();
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var secret = await SubscribeAsync(first, party, own, hook);
        hook.Status = 500;
        await FileAsync(first, party, own, "Tern 1");
        await Awaited.Async(() => hook.All, all => all.Count >= 3);
        await first.StopAsync();

        var before = hook.All[^1];
        hook.Status = 200;
        await using var server = await StartAsync(path: first.Path);
        await Awaited.Async(() => hook.Notices, all => all.Count > 0);
        var after = hook.All[^1];
        Assert.Equal((before.Id, before.Body), (after.Id, after.Body));
        Assert.All(hook.All, one => Assert.True(one.IsSignedBy(secret)));
        Assert.Contains(hook.Notices, one => one.Says == "Tern Labs registered Tern 1");

        // What has arrived is not sent again, and what comes next has an id of its own.
        var arrived = hook.All.Count;
        await Task.Delay(10 * Often, Cancel);
        Assert.Equal(arrived, hook.All.Count);
        await FileAsync(server, party, own, "Tern 2");
        await Awaited.Async(() => hook.All, all => all.Count > arrived);
        Assert.NotEqual(after.Id, hook.All[^1].Id);
    }
}
