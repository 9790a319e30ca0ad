using Concord.Acts.Network;

namespace Concord.Rooms.Network;

/// <summary>
/// The law of time: a tick is later than the last by no more than two hours; a longer step is a
/// joint act of officers.
/// </summary>
[Clause("network")]
internal static class ClockLaw
{
    /// <summary>The longest step that the authority takes alone.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromHours(2);

    private const string Source = "DESIGN §4, time is an act";

    public static Refusal? Refuse(Hearing hearing, Tick act)
    {
        var network = hearing.World.Network;
        if (hearing.Speaker is not Speaker.Authority { Purpose: KeyPurpose.Tick })
        {
            return Refusals.NotPermitted(hearing.Signed.Type.SignedBy, hearing.Speaker.ToString()!);
        }

        if (!network.HasTicked)
        {
            return act.Time >= network.At
                ? null
                : Step("The first tick is not earlier than the founding.", act, hearing);
        }

        var earliest = network.ResumeTo ?? network.At;
        return act.Time <= network.At || act.Time < earliest
                ? Step(
                    "A tick is later than the last, and not before a resumed clock.",
                    act,
                    hearing
                )
            : act.Time > earliest + LongestStep
                ? Step("A tick is at most two hours after the last.", act, hearing)
            : null;
    }

    public static Refusal? Refuse(Hearing hearing, ResumeClock act)
    {
        var at = hearing.At;
        return act.From != at
                ? new(
                    "clock-step",
                    "A clock is resumed from its last tick.",
                    Source,
                    "$.from",
                    $"The act says {act.From}; the last tick is {at}.",
                    "Sign a resumption that starts at the last tick."
                )
            : act.To <= at + LongestStep
                ? new(
                    "clock-step",
                    "A step of two hours or less needs no joint act.",
                    Source,
                    "$.to",
                    $"From {at} to {act.To} is {act.To - at}.",
                    "Let the authority's server tick."
                )
            : null;
    }

    private static Refusal Step(string rule, Tick act, Hearing hearing) =>
        new(
            "clock-step",
            rule,
            Source,
            "$.time",
            $"The tick says {act.Time}; the last is {hearing.At}.",
            "Check the server's clock; after a longer stop the officers run `concord clock resume`."
        );
}
