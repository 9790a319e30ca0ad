namespace Concord.Rooms;

/// <summary>
/// The right to change nodes of maps in place: those that were made under this very edit. One
/// writer
/// has it, for as long as nobody else sees the maps.
/// </summary>
public sealed class Edit;
