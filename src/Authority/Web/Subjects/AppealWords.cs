using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Subjects;

/// <summary>What a page says of the appeal against a decision.</summary>
public static class AppealWords
{
    /// <summary>A sentence; empty where the decision cannot be appealed.</summary>
    /// <param name="world">The world.</param>
    /// <param name="decision">The index of the decision's first signature.</param>
    public static Markup Of(World world, long decision)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.Registry.Decisions.Find(decision) is not { } decided)
        {
            return new();
        }

        if (world.Network.Appeals.Against(decision) is { } appeal)
        {
            return Of(world, appeal);
        }

        var until = world.Network.AppealableUntil(decided.At, decided.Period);
        return Markup.Words(
            world.At < until
                ? Plainly($"It can be appealed until {Times.Long(until)}.")
                : Plainly($"It could be appealed until {Times.Long(until)}.")
        );
    }

    private static Markup Of(World world, AppealRecord appeal)
    {
        var names = new Names(world);
        var filed = names.Act(appeal.Id);
        return appeal switch
        {
            { DecidedBy: { } by, Outcome: AppealOutcome.SetAside } => Markup.Of(
                $"Set aside upon the appeal {filed} by {names.Act(by)}."
            ),
            { DecidedBy: { } by } => Markup.Of($"Upheld by {names.Act(by)} on the appeal {filed}."),
            _ when appeal.IsLate(world.At) => Markup.Of(
                $"Appealed by {filed}; a decision is missing since {Times.Long(appeal.Due)}."
            ),
            _ => Markup.Of($"Appealed by {filed}; to be decided until {Times.Long(appeal.Due)}."),
        };
    }
}
