using System.Diagnostics.CodeAnalysis;
using Concord.Ledger;

namespace Concord.Acts;

/// <summary>Opens what nobody has signed yet, for who asks before signing.</summary>
public static partial class Opening
{
    /// <summary>
    /// Opens an act that nobody has signed yet as if a key had, so that the law can be asked before
    /// a person signs.
    /// </summary>
    /// <param name="act">
    /// The act; its sealed part is filled in. What its attachments name need not be there yet.
    /// </param>
    /// <param name="sealedPart">The sealed part of a split act; null: there is none.</param>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="key">The key that will sign.</param>
    /// <param name="signed">The act as it will be signed.</param>
    /// <param name="fault">The one problem.</param>
    public static bool TryForesee(
        Act act,
        SealedPart? sealedPart,
        string issuer,
        PublicKey key,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        var (unsigned, document, part) = Drafting.Prepare(act, issuer, key, sealedPart);
        return TryForesee(unsigned, document, part, key, out signed, out fault, apart: true);
    }

    /// <summary>
    /// Opens the bytes of an act that others have signed, as if a key had signed them too.
    /// </summary>
    /// <param name="statement">The statement of another signer.</param>
    /// <param name="sealedPart">The sealed part of a split act; null: there is none.</param>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="key">The key that will sign.</param>
    /// <param name="signed">The act as it will be signed.</param>
    /// <param name="fault">The one problem.</param>
    public static bool TryForesee(
        Statement statement,
        ReadOnlyMemory<byte>? sealedPart,
        string issuer,
        PublicKey key,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(key);
        var unsigned = new UnsignedStatement(
            key,
            new(issuer, statement.Subject, statement.ContentType),
            statement.Payload,
            statement.IsEnvelope
        );
        return TryForesee(unsigned, null, sealedPart, key, out signed, out fault);
    }

    /// <summary>Opens the row of a file as if a key had signed it.</summary>
    /// <param name="row">The row, which has no attachments.</param>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="key">The key that will sign.</param>
    /// <param name="signed">The act as it will be signed.</param>
    /// <param name="fault">The one problem.</param>
    public static bool TryForesee(
        ActRow row,
        string issuer,
        PublicKey key,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(key);
        ReadOnlyMemory<byte>? document =
            row.Type.Form == ActForm.Sealed ? row.Bytes : (ReadOnlyMemory<byte>?)null;
        var unsigned = row.StatementOf(issuer, key.Id, key.Kind);
        return TryForesee(unsigned, document, row.SealedPart, key, out signed, out fault);
    }

    private static bool TryForesee(
        UnsignedStatement unsigned,
        ReadOnlyMemory<byte>? document,
        ReadOnlyMemory<byte>? sealedPart,
        PublicKey key,
        [NotNullWhen(true)] out Signed? signed,
        [NotNullWhen(false)] out OpeningFault? fault,
        bool apart = false
    )
    {
        Span<byte> nobodys = stackalloc byte[64];
        var bytes = unsigned.With(
            key.Kind == SignerKind.Webauthn ? WebauthnAssertion.Compose([], [], nobodys) : nobodys
        );
        if (!Statement.TryParse(bytes, out var statement, out var gate))
        {
            signed = null;
            fault = OpeningFault.From(OpeningStep.Statement, gate);
            return false;
        }

        return TryOpen(
            new(bytes, document, sealedPart, []),
            statement,
            _ => key,
            isForeseen: true,
            out signed,
            out fault,
            apart
        );
    }
}
