using System.Text.Json.Serialization;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;

namespace Concord.Acts;

/// <summary>The serializer's metadata of every act and sealed part, made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = ActJson.MaxDepth,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [
        typeof(DayJson),
        typeof(DigestJson),
        typeof(FactValueJson),
        typeof(FlopJson),
        typeof(InstantJson),
        typeof(KeyIdJson),
        typeof(PublicKeyJson),
        typeof(WordJson<AppealOutcome>),
        typeof(WordJson<ComputeState>),
        typeof(WordJson<CopyEvidence>),
        typeof(WordJson<DirectionGround>),
        typeof(WordJson<DisputeSide>),
        typeof(WordJson<JointKind>),
        typeof(WordJson<KeyPurpose>),
        typeof(WordJson<KeyRole>),
        typeof(WordJson<PartyRole>),
        typeof(WordJson<StaffRole>),
        typeof(WordJson<PlaceKind>),
        typeof(WordJson<Relation>),
        typeof(WordJson<TrainingState>),
        typeof(WordJson<TransferKind>),
        typeof(WordJson<Visibility>),
        typeof(WordJson<WeightsAccess>),
    ]
)]
[JsonSerializable(typeof(Genesis))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(ResumeClock))]
[JsonSerializable(typeof(Outage))]
[JsonSerializable(typeof(RecoverKeys))]
[JsonSerializable(typeof(AdmitParty))]
[JsonSerializable(typeof(AddKey))]
[JsonSerializable(typeof(Invite))]
[JsonSerializable(typeof(RevokeKey))]
[JsonSerializable(typeof(GrantRole))]
[JsonSerializable(typeof(DelegateAct))]
[JsonSerializable(typeof(Appoint))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(SiteAddress))]
[JsonSerializable(typeof(AdoptRulebook))]
[JsonSerializable(typeof(VoidAct))]
[JsonSerializable(typeof(Erase))]
[JsonSerializable(typeof(ReadRoot))]
[JsonSerializable(typeof(RefusalRoot))]
[JsonSerializable(typeof(Appeal))]
[JsonSerializable(typeof(AppealGrounds))]
[JsonSerializable(typeof(DecideAppeal))]
[JsonSerializable(typeof(AppealReasons))]
[JsonSerializable(typeof(Reveal))]
[JsonSerializable(typeof(Confirm))]
[JsonSerializable(typeof(RegisterModel))]
[JsonSerializable(typeof(RegistrationDetails))]
[JsonSerializable(typeof(ReportModel))]
[JsonSerializable(typeof(Amend))]
[JsonSerializable(typeof(Correct))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(Derive))]
[JsonSerializable(typeof(Deploy))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(TransferTerms))]
[JsonSerializable(typeof(Certify))]
[JsonSerializable(typeof(Suspend))]
[JsonSerializable(typeof(Restore))]
[JsonSerializable(typeof(Expire))]
[JsonSerializable(typeof(AskQuestion))]
[JsonSerializable(typeof(AnswerQuestion))]
[JsonSerializable(typeof(FingerprintAct))]
[JsonSerializable(typeof(EvidenceAct))]
[JsonSerializable(typeof(FoundCopy))]
[JsonSerializable(typeof(FoundPlace))]
[JsonSerializable(typeof(Dispute))]
internal sealed partial class ActJsonContext : JsonSerializerContext;
