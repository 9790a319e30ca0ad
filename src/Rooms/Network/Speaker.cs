using Concord.Acts;
using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>Whom a key speaks for; its text is the part of the issuer after <c>#</c>.</summary>
public abstract record Speaker
{
    private Speaker() { }

    /// <summary>An offline root.</summary>
    /// <param name="Name">Its name in the root set.</param>
    public sealed record Root(string Name) : Speaker
    {
        /// <inheritdoc/>
        public override string ToString() => $"root/{Name}";
    }

    /// <summary>An officer of an institution.</summary>
    /// <param name="Institution">The institution's name in the key set.</param>
    /// <param name="Name">The officer's name in the institution.</param>
    public sealed record Officer(string Institution, string Name) : Speaker
    {
        /// <inheritdoc/>
        public override string ToString() => $"officer/{Institution}/{Name}";
    }

    /// <summary>Somebody at the authority who decides nothing.</summary>
    /// <param name="Role">What its key may do.</param>
    /// <param name="Institution">The institution that appointed it.</param>
    /// <param name="Name">Its name in the institution.</param>
    public sealed record Staff(StaffRole Role, string Institution, string Name) : Speaker
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"{Role.ToString().ToLowerInvariant()}/{Institution}/{Name}";
    }

    /// <summary>The authority itself, for one purpose.</summary>
    /// <param name="Purpose">What the key is for.</param>
    public sealed record Authority(KeyPurpose Purpose) : Speaker
    {
        /// <inheritdoc/>
        public override string ToString() => "authority";
    }

    /// <summary>A party.</summary>
    /// <param name="Id">The party.</param>
    public sealed record Party(PartyId Id) : Speaker
    {
        /// <inheritdoc/>
        public override string ToString() => Id.ToString();
    }
}
