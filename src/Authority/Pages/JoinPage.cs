using Concord.Acts;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// An invitation, for who has its code: who invites, as what, until when. It only reads; the code
/// stays in the browser, and what files is the signature of the passkey that is made there.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class JoinPage(PublicSite site) : SitePage(site)
{
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>The invitation; null: not said yet.</summary>
    public Invitation? Invitation { get; private set; }

    /// <summary>What was asked for.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>Where passkeys are made here; null: nowhere.</summary>
    public WebAddress? Address { get; private set; }

    /// <summary>The party that invites.</summary>
    public Party Party => World.Network.Parties[Invitation!.Act.Party];

    /// <summary>The issuer as which the new key will speak.</summary>
    public string Issuer => World.Network.IssuerOf(new Speaker.Party(Party.Id));

    /// <summary>Why it cannot be accepted any more; null: it can.</summary>
    public string? Closed =>
        Invitation switch
        {
            { SpentBy: not null } => Say("It has been accepted. A code works once."),
            { WithdrawnBy: not null } => Say("It was withdrawn."),
            { } one when !World.Network.IsOpen(one) => Say(
                "It is over: its time has passed, or whoever invited may sign no more."
            ),
            _ => null,
        };

    /// <summary>What the passkey will be able to do.</summary>
    public string Says => Words(Invitation!.Act.Role);

    /// <summary>The fields, with what is wrong.</summary>
    public FormField Fields => new(_errors);

    /// <summary>The rows about it.</summary>
    public Markup Facts
    {
        get
        {
            var names = new Names(World);
            var act = Invitation!.Act;
            return FactList.WithoutSources([
                new(
                    Say("Invited by"),
                    Markup.Of(
                        $"{names.Party(act.Party)}, its {World.Network.Keys[Invitation.By].Holder}"
                    )
                ),
                new(Say("To act as"), Markup.Words(Prose.Capital(act.Holder))),
                new(Say("What the passkey may do"), Markup.Words(Says)),
                new(Say("Open until"), Markup.Words(Times.Long(act.Until))),
                new(Say("Invitation"), names.Act(Invitation.Id)),
            ]);
        }
    }

    /// <summary>Shows the invitation of an id.</summary>
    public IActionResult OnGet(string? invitation)
    {
        Address = Site.AddressOf(HttpContext);
        Asked = (invitation ?? "").Trim();
        if (Asked.Length == 0)
        {
            return Page();
        }

        Invitation =
            ShortId.TryParse(Asked, ActId.Letter, out var index)
            && World.Network.Invitations.All.TryGet(index, out var found)
                ? found
                : null;
        if (Invitation is null)
        {
            _errors["invitation"] = Plainly(
                $"No invitation has the id {Asked}; take the one that came with the code"
            );
        }

        return Page();
    }

    private static string Words(Acts.Network.KeyRole role) =>
        role switch
        {
            Acts.Network.KeyRole.Administrator => Say("File acts, and add and revoke keys"),
            Acts.Network.KeyRole.Filer => Say("File acts"),
            _ => Say("Read what is the party's; file nothing"),
        };
}
