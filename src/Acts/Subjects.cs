using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Acts;

/// <summary>What the CWT claim sub of an act's statement must be.</summary>
public static class Subjects
{
    /// <summary>The subject of every sealed statement, which says nothing.</summary>
    public const string Sealed = "sealed";

    /// <summary>
    /// The id that an act is about; for acts that create their subject or are about the authority
    /// the wire name without its version; for sealed acts <see cref="Sealed"/>.
    /// </summary>
    public static string Of(Act act)
    {
        var type = ActTable.Of(act);
        return type.Form == ActForm.Sealed ? Sealed
            : TargetOf(act) is { } target ? target.ToString()
            : act switch
            {
                AddKey a => a.Party.ToString(),
                Invite a => a.Party.ToString(),
                DelegateAct a => a.Party.ToString(),
                GrantRole a => a.Party.ToString(),
                Release a => a.Model.ToString(),
                Derive a => a.Child.ToString(),
                Transfer a => a.Release.ToString(),
                FingerprintAct a => a.Release.ToString(),
                FoundCopy a => a.Release.ToString(),
                StandingAct a => a.Target.ToString(),
                _ => type.Name[..type.Name.LastIndexOf('/')],
            };
    }

    /// <summary>The act that an act is about; null: it is about something else.</summary>
    public static ActId? TargetOf(Act act) =>
        act switch
        {
            Amend a => a.Target,
            Correct a => a.Target,
            Withdraw a => a.Target,
            VoidAct a => a.Target,
            Erase a => a.Target,
            Confirm a => a.Target,
            Reveal a => a.Target,
            Appeal a => a.Against,
            DecideAppeal a => a.Appeal,
            Dispute a => a.Target,
            _ => null,
        };

    /// <summary>The digest of an act's sealed part; null when it has none.</summary>
    public static Ledger.Digest? SealedPartOf(Act act) =>
        act switch
        {
            Site a => a.SealedPart,
            RegisterModel a => a.SealedPart,
            Transfer a => a.SealedPart,
            Appeal a => a.SealedPart,
            DecideAppeal a => a.SealedPart,
            FoundCopy a => a.SealedPart,
            _ => null,
        };
}
