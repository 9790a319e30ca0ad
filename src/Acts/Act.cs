namespace Concord.Acts;

/// <summary>
/// One thing said by a party, an immutable record of a named, versioned type. On the wire it is a
/// strict JSON object whose first-read member <c>act</c> names the type; the act is the bytes that
/// were filed, and nothing is ever re-encoded.
/// </summary>
public abstract record Act
{
    /// <summary>
    /// Files that hang on the act by salted digest. No law and no view reads inside them, and they
    /// alone can be erased.
    /// </summary>
    [Items(0, 16)]
    public IReadOnlyList<Attachment> Attachments
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>An act that takes effect with the k-th signature of distinct signers.</summary>
public abstract record JointAct : Act
{
    /// <summary>Who must sign, and how many of them.</summary>
    public required JointTerms Joint { get; init; }
}

/// <summary>
/// The second document of a split act: read by law and by the <c>full</c> views, not by the public
/// ones. It rests in the content store; the act carries its digest.
/// </summary>
public abstract record SealedPart
{
    /// <summary>16 random bytes, base64url: without them the digest could be guessed.</summary>
    [Text(22, Least = 22, Form = TextForm.Salt)]
    public required string Salt { get; init; }
}
