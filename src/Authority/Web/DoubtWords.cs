using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>What is said of an act that a key in other hands has signed.</summary>
public static class DoubtWords
{
    /// <summary>The sentence, with who has settled it.</summary>
    public static Markup Of(Names names, Doubt doubt)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(doubt);
        var said = Markup.Of(
            $"Contested: its key was in other hands since {Times.Long(doubt.Since)}. "
        );
        return (doubt.VoidedBy, doubt.ConfirmedBy) switch
        {
            ({ } end, _) => said.Add(Markup.Of($"Voided by {names.Act(end)}.")),
            (null, { } act) => said.Add(Markup.Of($"Who said it stands by it: {names.Act(act)}.")),
            _ => said.Text(Say("Nobody has confirmed or voided it yet; until then it counts.")),
        };
    }
}
