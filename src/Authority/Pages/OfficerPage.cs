using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web;
using Concord.Rooms.Network;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>A form on which an officer decides: by a passkey that the roots have named.</summary>
/// <param name="site">What pages read.</param>
public abstract class OfficerPage(PublicSite site) : SigningPage(site)
{
    private const string OfficerField = "officer";

    /// <summary>
    /// The officers of the key set in force who can sign on this page, and whom they appointed as
    /// far as these may.
    /// </summary>
    public IReadOnlyList<(string Word, string Says)> Officers =>
        [
            .. from institution in World.Network.KeySet!.Institutions
            from officer in institution.Officers
            where Address is { } address && Signs(World.Network.Keys[officer.Key.Id], address)
            select (
                $"{institution.Name}/{officer.Name}",
                $"{Prose.Capital(Prose.Plain(officer.Name))}, {institution.Title}"
            ),
            .. from one in World.Network.Staff
            let record = World.Network.Keys[one.Value]
            where MaySign(record.Speaker) && Address is { } address && Signs(record, address)
            select (
                one.Key,
                Prose.Capital(
                    new Names(World, isLinked: false).Speaker($"{record.Speaker}").Plain()
                )
            ),
        ];

    /// <summary>The field that asks who signs.</summary>
    public Markup OfficerChoice =>
        Fields
            .Choice(
                "radio",
                OfficerField,
                Say("Who signs"),
                Say("The officers with a passkey for this site"),
                [Answers[OfficerField]],
                Officers
            )
            .Add(KeyChoice);

    /// <summary>Two officers, persons of the authority.</summary>
    protected JointTerms OfOfficers =>
        new()
        {
            Kind = JointKind.Officers,
            K = 2,
            Epoch = World.Network.KeySet!.Epoch,
        };

    /// <summary>Officers of as many institutions as decide together.</summary>
    protected JointTerms OfInstitutions =>
        new()
        {
            Kind = JointKind.Institutions,
            K = World.Network.KeySet!.Thresholds.K,
            Epoch = World.Network.KeySet.Epoch,
        };

    /// <summary>Asks who signs, where nobody is named.</summary>
    /// <returns>Whether somebody who can sign is named.</returns>
    protected bool IsSigned()
    {
        if (Answers.IsGiven && Speaker is null && !Answers.Errors.ContainsKey(OfficerField))
        {
            Answers.Errors[OfficerField] = Say("Say who signs");
        }

        if (IsReady && Speaker is { } speaker && !MaySign(speaker))
        {
            Answers.Errors[OfficerField] = Say("An officer decides this; name one");
            return false;
        }

        return IsReady;
    }

    /// <summary>Whether somebody of the authority signs what this page makes.</summary>
    protected virtual bool MaySign(Speaker speaker) => speaker is Speaker.Officer;
}
