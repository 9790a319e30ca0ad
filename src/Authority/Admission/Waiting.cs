using Concord.Acts;

namespace Concord.Authority.Admission;

/// <summary>A signed act on its way through the serial loop.</summary>
internal sealed class Waiting(Signed signed)
{
    private readonly TaskCompletionSource<Ruling> _ruling = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>The act.</summary>
    public Signed Signed { get; } = signed;

    /// <summary>What the loop says to it, once.</summary>
    public Task<Ruling> Ruling => _ruling.Task;

    /// <summary>The bytes that it adds to a commit.</summary>
    public int Bytes =>
        Signed.Statement.Bytes.Length + Signed.Contents.Sum(content => content.Bytes.Length);

    /// <summary>Answers; whoever waits goes on elsewhere, not in the loop.</summary>
    public void Answer(Ruling ruling) => _ruling.TrySetResult(ruling);
}
