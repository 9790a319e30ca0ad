using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;
using Microsoft.Extensions.Primitives;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// A form whose answers make an act, and the act as it will be signed. It only reads; what files is
/// a passkey's signature.
/// </summary>
/// <param name="site">What pages read.</param>
public abstract class SigningPage(PublicSite site) : SitePage(site)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string PartyField = "party";
    private const string OfficerField = "officer";
    private const string KeyField = "key";

    /// <summary>What was answered, and what is wrong with it.</summary>
    public FormAnswers Answers { get; private set; } = new("", []);

    /// <summary>Where passkeys sign here; null: nowhere.</summary>
    public WebAddress? Address { get; private set; }

    /// <summary>
    /// Who signs: the party or officer that the answers name; null: not said yet, or unknown.
    /// </summary>
    public Speaker? Speaker { get; private set; }

    /// <summary>The party that signs; null: none does.</summary>
    public Party? Party =>
        Speaker is Speaker.Party party ? World.Network.Parties.Find(party.Id) : null;

    /// <summary>Who signs, by the name that people know; empty: nobody.</summary>
    public string SpeakerName
    {
        get
        {
            var names = new Names(World, isLinked: false);
            return Speaker is { } one ? names.Speaker(World.Network.IssuerOf(one)).Plain() : "";
        }
    }

    /// <summary>The passkeys by which who signs can sign here.</summary>
    public IReadOnlyList<KeyRecord> Passkeys { get; private set; } = [];

    /// <summary>The passkey that signs: the only or the chosen one; null: none is chosen.</summary>
    public KeyRecord? Passkey =>
        Passkeys.Count == 1
            ? Passkeys[0]
            : Passkeys.FirstOrDefault(one =>
                string.Equals(one.Key.Id.ToString(), Answers[KeyField], StringComparison.Ordinal)
            );

    /// <summary>The act to be signed; null: there is none yet.</summary>
    public CheckedAct? Checked { get; private set; }

    /// <summary>The fields, with what is wrong.</summary>
    public FormField Fields => Answers.Fields;

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => Answers.IsWrong;

    /// <summary>Whether the answers are given, and by somebody who can sign here.</summary>
    protected bool IsReady => Answers.IsGiven && Passkeys.Count > 0;

    /// <summary>
    /// Whether the answers came in the body of a request: such a form is changed by sending them
    /// again, since what is sealed never stands in an address.
    /// </summary>
    public bool IsPosted => HttpMethods.IsPost(Request.Method);

    /// <summary>The act in words.</summary>
    public Markup Said => FactsOf(Checked!.Document);

    /// <summary>What is sealed beside a public act, in words; null: nothing is.</summary>
    public Markup? SaidSealed => Checked!.SealedPart is { } part ? FactsOf(part) : null;

    /// <summary>The field by which one of several passkeys is chosen; nothing for one.</summary>
    public Markup KeyChoice =>
        Passkeys.Count < 2
            ? new()
            : Fields.Choice(
                "radio",
                KeyField,
                Say("Which passkey signs"),
                null,
                [Answers[KeyField]],
                Passkeys.Select(one =>
                    (one.Key.Id.ToString(), $"{HolderOf(one)}, {one.Key.Id.ToString()[..15]}…")
                )
            );

    /// <summary>Reads the answers, and who signs by which passkeys.</summary>
    /// <param name="form">The path of the form.</param>
    /// <param name="given">What was answered.</param>
    /// <param name="fields">The fields of the form beside those that say who signs.</param>
    protected void Read(
        string form,
        IEnumerable<KeyValuePair<string, StringValues>> given,
        IEnumerable<string> fields
    )
    {
        if (IsPosted)
        {
            Response.Headers.CacheControl = "no-store";
        }

        Answers = new(form, given, [PartyField, OfficerField, KeyField, .. fields]);
        Address = Site.AddressOf(HttpContext);
        Speaker = Answers[PartyField].Length > 0 ? NamedParty() : NamedOfficer();
        if (Address is { } address)
        {
            Passkeys = [.. KeysOfSpeaker().Where(key => Signs(key, address))];
        }
    }

    /// <summary>
    /// Asks the law that will judge what is filed about the very statement that will be signed.
    /// </summary>
    /// <param name="act">The act.</param>
    /// <param name="fieldOf">The field that a JSON path in the act is about; empty: none.</param>
    /// <param name="sealedPart">What is sealed beside it; null: nothing is.</param>
    /// <param name="asksLaw">
    /// False where the law would tell whoever asks what is for the speaker alone: nobody has signed
    /// yet, so nobody is known.
    /// </param>
    protected void Check(
        Act act,
        Func<string, string> fieldOf,
        SealedPart? sealedPart = null,
        bool asksLaw = true
    )
    {
        if (Signer() is var (issuer, key))
        {
            var isRead = Opening.TryForesee(
                act,
                sealedPart,
                issuer,
                key,
                out var signed,
                out var fault
            );
            Show(isRead ? signed : null, fault, fieldOf, asksLaw);
        }
    }

    /// <summary>The same for an act that others have signed, by its bytes.</summary>
    /// <param name="statement">The statement of another signer.</param>
    /// <param name="sealedPart">What is sealed beside it; null: nothing is.</param>
    /// <param name="fieldOf">The field that a JSON path in the act is about; empty: none.</param>
    protected void CheckAgain(
        Statement statement,
        ReadOnlyMemory<byte>? sealedPart,
        Func<string, string> fieldOf
    )
    {
        if (Signer() is var (issuer, key))
        {
            var isRead = Opening.TryForesee(
                statement,
                sealedPart,
                issuer,
                key,
                out var signed,
                out var fault
            );
            Show(isRead ? signed : null, fault, fieldOf, asksLaw: true);
        }
    }

    private (string Issuer, PublicKey Key)? Signer()
    {
        if (Speaker is null || Passkey is null)
        {
            Answers.Errors[KeyField] = Say("Choose the passkey that signs");
            return null;
        }

        return (World.Network.IssuerOf(Speaker), Passkey.Key);
    }

    private void Show(
        Signed? signed,
        OpeningFault? fault,
        Func<string, string> fieldOf,
        bool asksLaw
    )
    {
        ArgumentNullException.ThrowIfNull(fieldOf);
        if (signed is null)
        {
            // A fault in a sealed part is named by its document and the path therein.
            var path = fault!.Where.Replace("sealed_part $", "$.sealed_part", Ordinal);
            Answers.Errors[fieldOf(path)] = fault.Detail;
        }
        else if (asksLaw && Law.Foresee(World, signed) is { } refusal)
        {
            Answers.Errors[fieldOf(refusal.Where)] =
                $"{refusal.Rule} {refusal.Detail} {refusal.Remedy} ({refusal.Source})";
        }
        else
        {
            Checked = new(signed);
        }
    }

    /// <summary>A document of an act in words.</summary>
    protected Markup FactsOf(ReadOnlyMemory<byte> document)
    {
        using var body = JsonDocument.Parse(document);
        return new JsonFacts(new(World, isLinked: false)).Of(body.RootElement);
    }

    private Speaker? NamedParty()
    {
        var said = Answers[PartyField];
        if (
            ShortId.TryParse(said, PartyId.Letter, out var index)
            && World.Network.Parties.Find(new(index)) is not null
        )
        {
            return new Speaker.Party(new(index));
        }

        Answers.Errors[PartyField] = Plainly(
            $"No party has the id {said}; the list of parties has them all"
        );
        return null;
    }

    private Speaker? NamedOfficer()
    {
        var said = Answers[OfficerField];
        if (said.Length == 0)
        {
            return null;
        }

        if (said.Split('/') is [var institution, var name] && OfficerKeys(institution, name).Any())
        {
            return new Speaker.Officer(institution, name);
        }

        if (
            World.Network.Staff.TryGetValue(said, out var key)
            && World.Network.Keys[key].IsActive(World.At)
        )
        {
            return World.Network.Keys[key].Speaker;
        }

        Answers.Errors[OfficerField] = Plainly(
            $"Nobody stands for {said} at this authority; write the institution and the name "
                + $"as the page of the authority has them, INSTITUTION/NAME"
        );
        return null;
    }

    private IEnumerable<KeyRecord> KeysOfSpeaker() =>
        Speaker switch
        {
            Speaker.Party => Party!.Keys.Select(id => World.Network.Keys[id]),
            Speaker.Officer officer => OfficerKeys(officer.Institution, officer.Name),
            Speaker.Staff staff =>
            [
                World.Network.Keys[World.Network.Staff[$"{staff.Institution}/{staff.Name}"]],
            ],
            _ => [],
        };

    private IEnumerable<KeyRecord> OfficerKeys(string institution, string name) =>
        from one in World.Network.KeySet?.Institutions ?? []
        where string.Equals(one.Name, institution, StringComparison.Ordinal)
        from officer in one.Officers
        where string.Equals(officer.Name, name, StringComparison.Ordinal)
        select World.Network.Keys[officer.Key.Id];

    /// <summary>Whether the page takes keys of a role; officers have none.</summary>
    protected virtual bool MayUse(KeyRole? role) => role is not KeyRole.Reader;

    /// <summary>Whether a key is a passkey that may sign at an address.</summary>
    protected bool Signs(KeyRecord key, WebAddress address) =>
        key.Key.Kind is SignerKind.Webauthn
        && MayUse(key.Role)
        && key.IsActive(World.At)
        && string.Equals(key.Key.RelyingParty, address.RelyingParty, StringComparison.Ordinal)
        && key.Key.Origins.Contains(address.Origin, StringComparer.Ordinal);

    private static string HolderOf(KeyRecord key) =>
        key.Speaker is Speaker.Officer officer
            ? Prose.Capital(officer.Name)
            : Prose.Capital(key.Holder);
}
