using Concord.Rooms.Network;

namespace Concord.Authority.Web.Filing;

/// <summary>What parties can file by a form.</summary>
public static class Journeys
{
    /// <summary>All of them, in the order in which a party comes to them.</summary>
    public static IReadOnlyList<Journey> All { get; } =
    [
        new RegisterModelJourney(),
        new ReleaseJourney(),
        new DeriveJourney(),
        new DeployJourney(),
        new TransferJourney(),
        new AnswerJourney(),
        new ChangeJourney(isCorrection: false),
        new ChangeJourney(isCorrection: true),
        new WithdrawJourney(),
        new DisputeJourney(),
        new AppealJourney(),
    ];

    /// <summary>What a party can file, by what it was admitted to do.</summary>
    public static IEnumerable<Journey> For(Party party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return All.Where(one => one.Role is not { } role || party.IsAny(role));
    }

    /// <summary>The one of a name; null: there is none.</summary>
    public static Journey? Find(string name) =>
        All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));
}
