namespace Concord.Stores;

/// <summary>A message that waits until it has arrived; its content stays as it is.</summary>
/// <param name="Id">Its id, the same each time it is sent.</param>
/// <param name="Channel">Where it goes.</param>
/// <param name="At">When it was written.</param>
/// <param name="Body">What it says, as JSON.</param>
/// <param name="Attempts">How often it was sent in vain.</param>
public sealed record KeptMessage(
    string Id,
    KeptChannel Channel,
    string At,
    string Body,
    int Attempts
);
