namespace Concord.Rooms;

/// <summary>
/// A broken invariant: a bug, never caught except to refuse the one act that met it.
/// </summary>
/// <param name="why">What should have held.</param>
public sealed class InvariantException(string why) : Exception($"Broken invariant: {why}.");
