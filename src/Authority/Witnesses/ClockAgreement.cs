namespace Concord.Authority.Witnesses;

/// <summary>How the machine's clock stands to what witnesses tell.</summary>
public enum ClockAgreement
{
    /// <summary>No policy names a witness: nobody else tells the time.</summary>
    Unwitnessed,

    /// <summary>It is within a minute of the witnesses' times.</summary>
    Agrees,

    /// <summary>It is not: no tick is made.</summary>
    Disagrees,

    /// <summary>
    /// No quorum of witnesses has told the time for an hour: no deadline passes.
    /// </summary>
    Unknown,
}
