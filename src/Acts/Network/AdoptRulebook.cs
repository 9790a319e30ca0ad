using System.Text.Json;

namespace Concord.Acts.Network;

/// <summary>
/// A rulebook that this authority applies from a day on, signed by officers of k institutions; the
/// duties in it keep their own dates. Wire name <c>network/adopt-rulebook/1</c>.
/// </summary>
public sealed record AdoptRulebook : JointAct
{
    /// <summary>From which day this authority applies it (UTC).</summary>
    public required DateOnly AppliesFrom { get; init; }

    /// <summary>The rulebook (<c>specs/rulebook.md</c>), a JSON object of at most 60 KiB.</summary>
    public required JsonElement Rulebook { get; init; }
}
