using Concord.Authority.Foundation;
using Concord.Ledger;

namespace Concord.Authority.Witnesses;

/// <summary>
/// Where a witness keeps what is its own: its key, and what it cosigned last of each log.
/// </summary>
/// <param name="path">The folder, which need not exist yet.</param>
public sealed class WitnessFolder(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    /// <summary>What was cosigned last.</summary>
    public string Database => Path.Combine(_path, "witness.db");

    /// <summary>The verifier key, which says the witness's name.</summary>
    public string VerifierKeyFile => Path.Combine(_path, "witness.vkey");

    /// <summary>The private key.</summary>
    public string KeyFile => Path.Combine(_path, "keys", "witness.pem");

    /// <summary>The name that the witness was given on its first start; null before it.</summary>
    public string? Name =>
        File.Exists(VerifierKeyFile) ? File.ReadAllText(VerifierKeyFile).Split('+', 2)[0] : null;

    /// <summary>The witness's key, which is made on the first start.</summary>
    /// <param name="name">The name of the witness.</param>
    /// <exception cref="ArgumentException">
    /// The name is none, or not the one that the witness was given before.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is no key.</exception>
    public NoteSigner OpenKey(string name)
    {
        DataFolder.CreatePrivate(_path);
        if (File.Exists(KeyFile))
        {
            return ReadKey(name);
        }

        var key = NoteSigner.GenerateWitness(name);
        DataFolder.CreatePrivate(Path.GetDirectoryName(KeyFile)!);
        DataFolder.WritePrivate(KeyFile, key.ExportPem());
        File.WriteAllText(VerifierKeyFile, $"{key.Verifier}\n");
        return key;
    }

    private NoteSigner ReadKey(string name)
    {
        // A cosignature does not cover the name: under two names one witness would count twice.
        if (Name is { } given && !string.Equals(given, name, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The witness in {_path} is {given}, and a witness's key has one name "
                    + $"(C2SP tlog-cosignature). Leave out the name, or choose another folder.",
                nameof(name)
            );
        }

        try
        {
            var key = NoteSigner.WitnessFromPem(name, File.ReadAllText(KeyFile));
            File.WriteAllText(VerifierKeyFile, $"{key.Verifier}\n");
            return key;
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(
                $"{KeyFile} is not an Ed25519 private key in PKCS #8 PEM. Put the right file back.",
                e
            );
        }
    }
}
