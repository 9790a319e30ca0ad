namespace Concord.Rooms;

/// <summary>Conditions whose failure is a bug of ours, on in release builds too.</summary>
public static class Invariant
{
    /// <summary>Throws when the condition does not hold.</summary>
    /// <exception cref="InvariantException">The condition does not hold.</exception>
    public static void Hold(bool condition, string why)
    {
        if (!condition)
        {
            throw new InvariantException(why);
        }
    }
}
