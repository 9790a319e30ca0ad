namespace Concord.Rooms.Network;

/// <summary>Why a signature on a joint act that is not in force counts no more.</summary>
public enum SignatureLapse
{
    /// <summary>Its key was ended since: who left decides nothing any more.</summary>
    KeyEnded,

    /// <summary>Its key was in other hands when it was made.</summary>
    InOtherHands,
}
