using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Mvc;

namespace Concord.Authority.Pages;

/// <summary>
/// Registers a model: one form, then the act as it will be signed. It only reads; what files is a
/// passkey's signature.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class RegisterModelPage(PublicSite site) : SitePage(site)
{
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>What was answered.</summary>
    public ModelForm Form { get; private set; } = new();

    /// <summary>Where passkeys sign here; null: nowhere.</summary>
    public WebAddress? Address { get; private set; }

    /// <summary>The party that registers; null: not said yet.</summary>
    public Party? Party { get; private set; }

    /// <summary>The passkeys by which it can file here.</summary>
    public IReadOnlyList<KeyRecord> Passkeys { get; private set; } = [];

    /// <summary>The act to be signed; null: there is none yet.</summary>
    public CheckedAct? Checked { get; private set; }

    /// <summary>The fields, with what is wrong.</summary>
    public FormField Fields => new(_errors);

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => _errors.Count > 0;

    /// <summary>
    /// The counting profiles that a rulebook in force defines; without one no figure is asked for.
    /// </summary>
    public IEnumerable<(string Word, string Says)> Profiles =>
        ModelForm.ProfilesOf(World).Select(name => (name, name));

    /// <summary>The act in words.</summary>
    public Markup Said
    {
        get
        {
            using var body = JsonDocument.Parse(Checked!.Signed.Statement.Payload);
            return new JsonFacts(new(World, isLinked: false)).Of(body.RootElement);
        }
    }

    /// <summary>Shows the form, or the act that its answers make.</summary>
    public IActionResult OnGet()
    {
        Form = ModelForm.Read(Request.Query);
        Address = Site.AddressOf(HttpContext);
        if (Form["party"].Length > 0)
        {
            Party =
                ShortId.TryParse(Form["party"], PartyId.Letter, out var index)
                && World.Network.Parties.Find(new(index)) is { } found
                    ? found
                    : null;
            if (Party is null)
            {
                _errors["party"] =
                    $"No party has the id {Form["party"]}; the list of parties has them all";
            }
        }

        Passkeys =
            Party is null || Address is null ? [] : [.. Party.Keys.Select(KeyOf).Where(Signs)];
        if (Form.IsGiven && Party is not null && Passkeys.Count > 0)
        {
            Check(Party);
        }

        return Page();
    }

    private KeyRecord KeyOf(KeyId id) => World.Network.Keys[id];

    private bool Signs(KeyRecord key) =>
        key is { Role: KeyRole.Filer or KeyRole.Administrator, Key.Kind: SignerKind.Webauthn }
        && key.IsActive(World.At)
        && string.Equals(key.Key.RelyingParty, Address!.RelyingParty, StringComparison.Ordinal)
        && key.Key.Origins.Contains(Address.Origin, StringComparer.Ordinal);

    // By the very law that will judge what is filed.
    private void Check(Party party)
    {
        var chosen =
            Passkeys.Count == 1
                ? Passkeys[0]
                : Passkeys.FirstOrDefault(one =>
                    string.Equals(one.Key.Id.ToString(), Form["key"], StringComparison.Ordinal)
                );
        if (chosen is null)
        {
            _errors["key"] = "Choose the passkey that signs";
        }

        if (Form.Compose(party.Id, _errors) is not { } act || chosen is null)
        {
            return;
        }

        var issuer = World.Network.IssuerOf(new Speaker.Party(party.Id));
        if (!Opening.TryForesee(act, issuer, chosen.Key, out var signed, out var fault))
        {
            _errors[ModelForm.FieldOf(fault.Where)] = fault.Detail;
        }
        else if (Law.Foresee(World, signed) is { } refusal)
        {
            _errors[ModelForm.FieldOf(refusal.Where)] =
                $"{refusal.Rule} {refusal.Detail} {refusal.Remedy} ({refusal.Source})";
        }
        else
        {
            Checked = new(signed);
        }
    }
}
