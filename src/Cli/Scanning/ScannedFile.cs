using Concord.Ledger;

namespace Concord.Cli.Scanning;

/// <summary>A file of a model.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Digest">Its SHA-256.</param>
/// <param name="HoldsTensors">Whether tensors lie in it; an index has none.</param>
internal sealed record ScannedFile(string Name, long Bytes, Digest Digest, bool HoldsTensors);
