using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>A party: who it is, which keys speak for it, what it filed.</summary>
/// <param name="site">What pages read.</param>
public sealed class PartyPage(PublicSite site) : SitePage(site)
{
    private const int ActsShown = 10;
    private const int ModelsShown = 50;

    /// <summary>The party.</summary>
    public Party Party { get; private set; } = null!;

    /// <summary>Its keys, ended ones last.</summary>
    public IEnumerable<KeyRecord> Keys =>
        Party
            .Keys.Select(key => World.Network.Keys[key])
            .OrderBy(key => key.IsActive(World.At) ? 0 : 1);

    /// <summary>The models that it registered, newest first.</summary>
    public IReadOnlyList<ModelId> Models =>
        [
            .. (World.Registry.ModelsOf.Find(Party.Id) ?? Enumerable.Empty<ModelId>()).Take(
                ModelsShown
            ),
        ];

    /// <summary>Who may file in its name now, by party.</summary>
    public IEnumerable<Delegation> Delegations =>
        World
            .Network.Delegations.Values.Where(one =>
                one.Act.Party == Party.Id && World.Network.IsInForce(one)
            )
            .OrderBy(one => one.Act.To.Index);

    /// <summary>What it can file by a form.</summary>
    public IEnumerable<Journey> Journeys => Web.Filing.Journeys.For(Party);

    /// <summary>What it filed last, and what was filed about it.</summary>
    public Markup History =>
        ActList.Of(
            Site.Index.Find(World.Size, World.Size, isUpwards: false, null, Party.Id.ToString())
                .Take(ActsShown)
                .Concat(Party.History.Select(one => one.Index))
                .Distinct()
                .OrderDescending()
                .Take(ActsShown)
                .Select(index => ActLines.At(Site, World, index))
        );

    /// <summary>The rows about it.</summary>
    public Markup Facts =>
        FactList.WithoutSources([
            new(
                Say("Admitted as"),
                Markup.Words(Prose.Capital(string.Join(", ", Party.Roles.Select(ActSentence.Word))))
            ),
            new(Say("Seat"), Markup.Words(Party.Country)),
            new(Say("Legal Entity Identifier"), Code(Party.Lei)),
            new(Say("Research Organization Registry"), Code(Party.Ror)),
            new(Say("Admitted"), Markup.Words(Times.Long(Party.AdmittedAt))),
        ]);

    /// <summary>Shows the party of an id.</summary>
    public IActionResult OnGet(string id)
    {
        if (
            !ShortId.TryParse(id, PartyId.Letter, out var index)
            || World.Network.Parties.Find(new(index)) is not { } party
        )
        {
            return this.Fail(
                new(Problems.NotFound, $"no party has the id {id}; /parties lists them all")
                {
                    Where = "id",
                }
            );
        }

        Party = party;
        return Page();
    }

    private static Markup? Code(string? text) =>
        text is null ? null : new Markup().Leaf("span", text, ("class", "c-code"));
}
