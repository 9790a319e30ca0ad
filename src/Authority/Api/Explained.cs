using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Api;

/// <summary>An answer about a model, or the problem why there is none.</summary>
public sealed record Explained
{
    /// <summary>Why there is no answer; null: there is one.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The model; of a report that is answered, its registration.</summary>
    public Model? Model { get; init; }

    /// <summary>The rulebook as adopted.</summary>
    public AdoptedRulebook? Adopted { get; init; }

    /// <summary>The facts that were read, assumptions included.</summary>
    public FactSheet Facts { get; init; } = FactSheet.Empty;

    /// <summary>What was assumed.</summary>
    public IReadOnlyList<Assumption> Assumed { get; init; } = [];

    /// <summary>The answer.</summary>
    public RulebookAnswer? Answer { get; init; }
}
