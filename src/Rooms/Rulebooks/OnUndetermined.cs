namespace Concord.Rooms.Rulebooks;

/// <summary>What follows when facts do not decide whether a duty is owed.</summary>
public enum OnUndetermined
{
    /// <summary>An open question to the party; a shadow deadline runs as if it were owed.</summary>
    Ask,

    /// <summary>Owed, and withdrawn when the facts turn out otherwise.</summary>
    Provisional,

    /// <summary>Nothing until the facts are known.</summary>
    Wait,
}
