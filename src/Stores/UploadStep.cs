namespace Concord.Stores;

/// <summary>What came of bytes that were sent for a file.</summary>
public enum UploadStep
{
    /// <summary>They are here.</summary>
    Taken,

    /// <summary>Nothing of this digest was begun, or it went.</summary>
    Unknown,

    /// <summary>Another number of bytes is here, or others are being taken.</summary>
    Elsewhere,

    /// <summary>There were more than the file has; those that it has are here.</summary>
    TooMuch,

    /// <summary>All were here and had another digest: they are gone.</summary>
    Wrong,
}
