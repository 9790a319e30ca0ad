namespace Concord.Ledger;

/// <summary>Labels and values of the COSE registries that statements and receipts use.</summary>
internal static class CoseLabels
{
    public const long Algorithm = 1;
    public const long Critical = 2;
    public const long ContentType = 3;
    public const long KeyId = 4;
    public const long Claims = 15;
    public const long Type = 16;
    public const long PayloadHashAlgorithm = 258;
    public const long PreimageContentType = 259;
    public const long Receipts = 394;
    public const long VerifiableDataStructure = 395;
    public const long VerifiableDataProof = 396;

    public const long ClaimIssuer = 1;
    public const long ClaimSubject = 2;

    public const long Es256 = -7;
    public const long Sha256 = -16;
    public const long Rfc9162Sha256 = 1;
    public const long InclusionProof = -1;
    public const long ConsistencyProof = -2;

    /// <summary>The initial byte of tag 18, COSE_Sign1.</summary>
    public const byte Sign1Tag = 0xD2;

    /// <summary>The initial byte of an array of four.</summary>
    public const byte ArrayOfFour = 0x84;

    /// <summary>The empty map.</summary>
    public const byte EmptyMap = 0xA0;
}
