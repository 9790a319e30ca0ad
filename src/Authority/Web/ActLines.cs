using Concord.Acts;
using Concord.Rooms;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>Acts of the log as lines of a history.</summary>
public static class ActLines
{
    /// <summary>The act at a place of the log.</summary>
    public static ActLine At(PublicSite site, World world, long index)
    {
        ArgumentNullException.ThrowIfNull(site);
        var names = new Names(world);
        var (what, detail) = Words(site, names, index);
        return new(site.Index.TickOf(index), what, $"/acts/{new ActId(index)}", index, detail);
    }

    /// <summary>What an act says and its second line; a sealed act is never opened.</summary>
    public static (Markup What, Markup? Detail) Words(PublicSite site, Names names, long index)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (site.Index.TypeOf(index).Form == ActForm.Sealed)
        {
            var issuer = site.Contents.Statement(index).Issuer;
            return (
                ActSentence.Sealed(names, issuer),
                Markup.Words(Say("Its content is for the parties and the authorities alone."))
            );
        }

        var logged = site.Contents.Act(index);
        return (ActSentence.Of(names, logged), ActSentence.Detail(names, logged));
    }
}
