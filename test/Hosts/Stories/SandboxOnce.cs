using Xunit;

namespace Concord.Hosts.Stories;

/// <summary>A sandbox with rulebooks and reports, founded once, copied for each story.</summary>
public sealed class SandboxOnce : IAsyncLifetime
{
    internal Stage Stage { get; } = Stage.Create();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Stage.RunAsync(
            "concord up --port 0 --no-open --no-witnesses &",
            CancellationToken.None
        );
        await Stage.StopAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
