using Xunit;

namespace Concord.Hosts.Notices;

/// <summary>Waits for what another part does by itself.</summary>
internal static class Awaited
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Looks until it is so.</summary>
    public static async Task<T> Async<T>(Func<T> look, Func<T, bool> isSo)
    {
        var until = TimeProvider.System.GetUtcNow() + s_patience;
        while (true)
        {
            var seen = look();
            if (isSo(seen))
            {
                return seen;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not come to be.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
