using Concord.Ledger;

namespace Concord.Acts;

/// <summary>
/// What came in, unread: bytes of a statement and of the documents that go with it.
/// </summary>
/// <param name="Statement">The COSE_Sign1.</param>
/// <param name="Document">The act of a sealed statement; null for open and split ones.</param>
/// <param name="SealedPart">The sealed part of a split act, when there is one.</param>
/// <param name="Attachments">16 random bytes and the file, each.</param>
public sealed record Received(
    ReadOnlyMemory<byte> Statement,
    ReadOnlyMemory<byte>? Document,
    ReadOnlyMemory<byte>? SealedPart,
    IReadOnlyList<ReadOnlyMemory<byte>> Attachments
);

/// <summary>
/// An act whose form is right and whose signature is its key's: it is known who says it.
/// </summary>
public sealed record Signed
{
    internal Signed() { }

    /// <summary>The statement.</summary>
    public required Statement Statement { get; init; }

    /// <summary>The row of the act's type.</summary>
    public required ActType Type { get; init; }

    /// <summary>The act.</summary>
    public required Act Act { get; init; }

    /// <summary>The SHA-256 of the act's bytes.</summary>
    public required Digest ActDigest { get; init; }

    /// <summary>The sealed part, when there is one.</summary>
    public SealedPart? SealedPart { get; init; }

    /// <summary>The key that signed.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>
    /// Whether nobody has signed it yet: the law can be asked, and admits it to nothing.
    /// </summary>
    public bool IsForeseen { get; internal init; }

    /// <summary>What goes into the content store: sealed act, sealed part, attachments.</summary>
    public required IReadOnlyList<Content> Contents { get; init; }
}

/// <summary>A document of the content store, found by its digest.</summary>
/// <param name="Digest">The SHA-256 of the bytes.</param>
/// <param name="Bytes">The bytes, salt included.</param>
public sealed record Content(Digest Digest, ReadOnlyMemory<byte> Bytes);

/// <summary>An act at its place in the log.</summary>
/// <param name="Index">The log index.</param>
/// <param name="StatementId">The SHA-256 of the Sig_structure.</param>
/// <param name="Key">The key that signed.</param>
/// <param name="Issuer">Who says it, as the statement has it.</param>
/// <param name="Type">The row of the act's type.</param>
/// <param name="Act">The act.</param>
/// <param name="ActDigest">The SHA-256 of the act's bytes.</param>
/// <param name="SealedPart">The sealed part, when there is one and it is at hand.</param>
public sealed record Logged(
    long Index,
    Digest StatementId,
    KeyId Key,
    string Issuer,
    ActType Type,
    Act Act,
    Digest ActDigest,
    SealedPart? SealedPart
);
