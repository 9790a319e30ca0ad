namespace Concord.Zoo.Changes;

/// <summary>What a change is made to.</summary>
/// <param name="Net">The network.</param>
/// <param name="Stranger">Another of its shape that was trained independently.</param>
/// <param name="Seed">The seed of what is drawn.</param>
public sealed record ChangeSubject(ZooNet Net, ZooNet Stranger, ulong Seed);
