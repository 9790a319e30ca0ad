namespace Concord.Rooms;

/// <summary>For whom a view is digested.</summary>
public enum Audience
{
    /// <summary>Whoever holds the log alone can make the same digest.</summary>
    Public,

    /// <summary>Sealed content is read too.</summary>
    Full,
}
