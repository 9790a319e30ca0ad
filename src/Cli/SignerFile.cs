using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>
/// The public key of who signed a statement: out of a private key's file, or out of the signed act
/// that added it, which also says where a passkey may sign.
/// </summary>
internal static class SignerFile
{
    /// <summary>Reads the key.</summary>
    /// <exception cref="CommandFault">The file has none.</exception>
    public static PublicKey Read(string path)
    {
        if (!path.EndsWith(ReceiptFiles.Statement, StringComparison.Ordinal))
        {
            using var key = Session.ReadKeyFile(path);
            return key.PublicKey;
        }

        return
            File.Exists(path)
            && Statement.TryParse(File.ReadAllBytes(path), out var statement, out _)
            && ActBytes.TryParse(
                statement.ContentType,
                statement.Payload,
                out _,
                out var act,
                out _
            )
            && act is AddKey added
            ? added.Key.Key
            : throw new CommandFault(
                ExitCode.Usage,
                $"{path} is no signed network/add-key.",
                "Name the statement by which the signer's key was added: /acts/ID/statement"
            );
    }
}
