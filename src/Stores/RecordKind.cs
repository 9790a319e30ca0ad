namespace Concord.Stores;

/// <summary>What an authority keeps that gets a root each day.</summary>
public enum RecordKind
{
    /// <summary>Who read what is sealed.</summary>
    Readings,

    /// <summary>The refusals that were given out.</summary>
    Refusals,
}
