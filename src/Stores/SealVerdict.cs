namespace Concord.Stores;

/// <summary>What a seal says of a database file.</summary>
/// <param name="IsSealed">Whether there is a seal of this state of the file.</param>
/// <param name="Damage">What differs from the sealed state, by place.</param>
public sealed record SealVerdict(bool IsSealed, IReadOnlyList<string> Damage);
