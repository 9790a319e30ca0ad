using Concord.Acts;
using Concord.Authority.Api;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>What an act would be told if it were signed and filed.</summary>
/// <param name="Word">
/// admitted; filed: it is in the log; repeated: a row before it is the same; unjudged: the law is
/// asked after the signature; refused or unread, with the problem.
/// </param>
/// <param name="Signed">The act as it would be signed; null: it is none.</param>
internal sealed record Supposed(string Word, Signed? Signed)
{
    /// <summary>What is wrong with it.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The act that it is, where it is in the log.</summary>
    public ActId? Act { get; init; }

    /// <summary>The entry that it would be.</summary>
    public Logged? Entry { get; init; }

    /// <summary>The world that it would make.</summary>
    public World? After { get; init; }
}
