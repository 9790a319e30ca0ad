using Concord.Ledger;

namespace Concord.Acts.Network;

/// <summary>
/// What a party stated in confidence is public from here on, by its administrator. The opening of a
/// sealed act or part is in the log with it; an attachment stays beside the log, where it can be
/// erased. Wire name <c>network/reveal/1</c>.
/// </summary>
public sealed record Reveal : Act
{
    /// <summary>The act whose sealed content it is.</summary>
    public required ActId Target { get; init; }

    /// <summary>
    /// The sealed act or sealed part, byte for byte, base64url: its SHA-256 is the digest that the
    /// log has; or else <see cref="Attachment"/>.
    /// </summary>
    [Text(56_000, Form = TextForm.Bytes)]
    public string? Document { get; init; }

    /// <summary>The digest of an attachment that anybody may read from here on.</summary>
    public Digest? Attachment { get; init; }

    /// <summary>Why.</summary>
    [Text(1000)]
    public required string Reason { get; init; }
}
