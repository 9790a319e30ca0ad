namespace Concord.Authority.Api;

/// <summary>Marks an endpoint whose answer is a function of address and world.</summary>
public sealed class FromWorld
{
    /// <summary>The mark.</summary>
    public static readonly FromWorld Mark = new();
}
