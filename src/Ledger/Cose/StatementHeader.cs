namespace Concord.Ledger;

/// <summary>What a signer states beside the act.</summary>
/// <param name="Issuer">The CWT claim iss, <c>{origin}#{speaker}</c>.</param>
/// <param name="Subject">The CWT claim sub.</param>
/// <param name="ContentType">The media type of the act.</param>
public sealed record StatementHeader(string Issuer, string Subject, string ContentType);
