namespace Concord.Rooms.Rulebooks;

/// <summary>How a text of law was read for a rulebook.</summary>
public enum Certainty
{
    /// <summary>The statute or official text itself.</summary>
    Primary,

    /// <summary>A public transcript or long quotation of the official text.</summary>
    NearPrimary,

    /// <summary>Law firms, press, trackers, practice guides.</summary>
    Secondary,

    /// <summary>Written from memory and not read again.</summary>
    Memory,

    /// <summary>A proposal or inference of the rulebook's authors.</summary>
    Own,
}
