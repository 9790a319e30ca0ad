using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Rooms.Lineage;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Rooms;

/// <summary>
/// The law: a pure function from a world and a signed act to a verdict. Every act type has exactly
/// one arm; only here is an act admitted.
/// </summary>
public static class Law
{
    /// <summary>Judges an act by the world up to it.</summary>
    public static Verdict Judge(World world, Signed signed)
    {
        var said = NetworkView.SaidKey(signed.Statement.Issuer, signed.ActDigest);
        if (world.Network.Said.TryGet(said, out var index))
        {
            return new Verdict.Duplicate(index);
        }

        return Refuse(world, signed) is { } refusal
            ? new Verdict.Refused(refusal)
            : new Verdict.Admitted(new AdmittedAct(signed));
    }

    /// <summary>
    /// Why an act would be refused if it were signed and filed now; null: it would be admitted, or
    /// is in the log already. It admits nothing.
    /// </summary>
    public static Refusal? Foresee(World world, Signed signed) => Refuse(world, signed);

    /// <summary>
    /// The entry that an act would be if it were signed and logged next: what the rows behind it
    /// are foreseen by. Only a log's own entries are ever folded into what is kept.
    /// </summary>
    public static Logged Suppose(World world, Signed signed)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(signed);
        return AdmittedAct.Entry(signed, world.Size);
    }

    private static Refusal? Refuse(World world, Signed signed)
    {
        if (signed.Act is Genesis genesis)
        {
            return GenesisLaw.Refuse(world, signed, genesis);
        }

        if (signed.Act is AddKey { Invitation: not null } joining && world.Network.IsFounded)
        {
            return InvitationLaw.Refuse(world, signed, joining);
        }

        if (Credentials.Refuse(world, signed) is { } unheard)
        {
            return unheard;
        }

        var speaker = DelegationLaw.SpeakerOf(
            world.Network,
            world.Network.Keys[signed.Key.Id].Speaker,
            signed.Statement.Issuer
        );
        var hearing = new Hearing(world, signed, speaker);
        return Beginning(hearing)
            ?? ErasureLaw.RefuseErased(hearing)
            ?? (signed.Act is JointAct joint ? JointLaw.Refuse(hearing, joint) : null)
            ?? InRoom(hearing);
    }

    private static Refusal? Beginning(Hearing hearing) =>
        hearing.World.Network.HasTicked || hearing.Signed.Act is Tick
            ? null
            : Refusals.NotYetOpen();

    private static Refusal? InRoom(Hearing hearing) =>
        hearing.Signed.Act switch
        {
            KeySet act => NetworkLaw.Refuse(hearing, act),
            Tick act => ClockLaw.Refuse(hearing, act),
            ResumeClock act => ClockLaw.Refuse(hearing, act),
            Outage act => OutageLaw.Refuse(hearing, act),
            AdmitParty act => NetworkLaw.Refuse(hearing, act),
            AddKey act => NetworkLaw.Refuse(hearing, act),
            Invite act => InvitationLaw.Refuse(hearing, act),
            DelegateAct act => DelegationLaw.Refuse(hearing, act),
            Appoint act => AppointmentLaw.Refuse(hearing, act),
            RecoverKeys act => RecoveryLaw.Refuse(hearing, act),
            RevokeKey act => NetworkLaw.Refuse(hearing, act),
            GrantRole act => NetworkLaw.Refuse(hearing, act),
            Site act => NetworkLaw.Refuse(hearing, act),
            VoidAct act => ChangeLaw.Refuse(hearing, act),
            Confirm act => ConfirmationLaw.Refuse(hearing, act),
            Erase act => ErasureLaw.Refuse(hearing, act),
            Appeal act => AppealLaw.Refuse(hearing, act),
            DecideAppeal act => AppealLaw.Refuse(hearing, act),
            Reveal act => RevealLaw.Refuse(hearing, act),
            ReadRoot act => DailyRootLaw.Refuse(hearing, act),
            RefusalRoot act => DailyRootLaw.Refuse(hearing, act),
            AdoptRulebook act => NetworkLaw.Refuse(hearing, act),
            RegisterModel act => RegistryLaw.Refuse(hearing, act),
            ReportModel act => RegistryLaw.Refuse(hearing, act),
            Amend act => ChangeLaw.Refuse(hearing, act),
            Correct act => ChangeLaw.Refuse(hearing, act),
            Withdraw act => ChangeLaw.Refuse(hearing, act),
            Release act => RegistryLaw.Refuse(hearing, act),
            Derive act => LineageLaw.Refuse(hearing, act),
            Deploy act => RegistryLaw.Refuse(hearing, act),
            Transfer act => RegistryLaw.Refuse(hearing, act),
            StandingAct act => StandingLaw.Refuse(hearing, act),
            AskQuestion act => QuestionLaw.Refuse(hearing, act),
            AnswerQuestion act => QuestionLaw.Refuse(hearing, act),
            FingerprintAct act => EvidenceLaw.Refuse(hearing, act),
            EvidenceAct act => EvidenceLaw.Refuse(hearing, act),
            FoundCopy act => EvidenceLaw.Refuse(hearing, act),
            Dispute act => EvidenceLaw.Refuse(hearing, act),
            _ => throw new InvariantException($"no law for {hearing.Signed.Type.Name}"),
        };
}
