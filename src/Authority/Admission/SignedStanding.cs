namespace Concord.Authority.Admission;

/// <summary>A signed answer on standing.</summary>
/// <param name="Bytes">The COSE_Sign1.</param>
/// <param name="Body">Its payload, JSON.</param>
public sealed record SignedStanding(byte[] Bytes, byte[] Body);
