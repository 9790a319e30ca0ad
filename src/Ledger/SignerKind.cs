namespace Concord.Ledger;

/// <summary>How a signature of a key is made, fixed by the act that adds the key.</summary>
public enum SignerKind
{
    /// <summary>
    /// A P-256 key of an organisation, machine or officer's token; plain COSE ES256.
    /// </summary>
    Cose,

    /// <summary>
    /// A person's passkey: the assertion is over a challenge bound to the statement.
    /// </summary>
    Webauthn,
}
