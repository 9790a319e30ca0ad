using Concord.Measures;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>What a key may do now, or since when it may do nothing.</summary>
public static class KeyState
{
    /// <summary>The label at a time.</summary>
    public static Markup Of(KeyRecord key, Instant at)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key switch
        {
            { RevokedAt: { } end, CompromisedSince: { } since } => StateLabel
                .Of(StateKind.Failed, Say("Compromised"))
                .Add(Sub(Plainly($"ended {Times.Long(end)}; contested since {Times.Long(since)}"))),
            { RevokedAt: { } end } => StateLabel
                .Of(StateKind.No, Say("Ended"))
                .Add(Sub(Times.Long(end))),
            { SpeaksFrom: { } from } when key.IsWaiting(at) => StateLabel
                .Of(StateKind.No, Say("Waits"))
                .Add(Sub(Plainly($"for objections until {Times.Long(from)}"))),
            { Expires: { } end } when !key.IsActive(at) => StateLabel
                .Of(StateKind.No, Say("Expired"))
                .Add(Sub(Times.Long(end))),
            { Expires: { } end } => Markup
                .Words(Say("May sign"))
                .Add(Sub(Plainly($"until {Times.Long(end)}"))),
            _ => Markup.Words(Say("May sign")),
        };
    }

    private static Markup Sub(string words) =>
        new Markup().Leaf("span", words, ("class", "c-table__sub"));
}
