using System.Security.Cryptography;
using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>
/// Private keys in a folder, one file and one purpose each, readable by their owner alone.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class KeyFolder(string path)
{
    /// <summary>The names of the keys that a server needs.</summary>
    public static IReadOnlyList<string> OfServer { get; } =
    [Log, Receipt, Tick, Refusal, Registrar, Standing];

    /// <summary>Signs checkpoints (Ed25519).</summary>
    public const string Log = "log";

    /// <summary>Signs receipts.</summary>
    public const string Receipt = "receipt";

    /// <summary>Signs ticks.</summary>
    public const string Tick = "tick";

    /// <summary>Signs refusals.</summary>
    public const string Refusal = "refusal";

    /// <summary>Signs answers on standing.</summary>
    public const string Standing = "standing";

    /// <summary>Signs acts whose row in ACTS says <em>authority</em>.</summary>
    public const string Registrar = "registrar";

    /// <summary>The institute that reports models from public sources, in a sandbox.</summary>
    public const string Desk = "desk";

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The file of a key.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name + ".pem");

    /// <summary>Whether the folder has a key.</summary>
    public bool Has(string name) => System.IO.File.Exists(File(name));

    /// <summary>Makes a new key that signs statements; refuses to overwrite one.</summary>
    public StatementSigner Create(string name)
    {
        DataFolder.CreatePrivate(Path);
        var key = StatementSigner.Create();
        DataFolder.WritePrivate(File(name), key.ToPem());
        return key;
    }

    /// <summary>Makes a new key of a log; refuses to overwrite one.</summary>
    /// <param name="origin">The origin of the log.</param>
    public NoteSigner CreateLog(string origin)
    {
        DataFolder.CreatePrivate(Path);
        var key = NoteSigner.Generate(origin);
        DataFolder.WritePrivate(File(Log), key.ExportPem());
        return key;
    }

    /// <summary>Reads a key that signs statements.</summary>
    /// <exception cref="FileNotFoundException">The folder has no such key.</exception>
    /// <exception cref="InvalidDataException">The file is no key.</exception>
    public StatementSigner Read(string name)
    {
        try
        {
            return StatementSigner.FromPem(Text(name));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw NotAKey(name, "a P-256 private key in PKCS #8 PEM", e);
        }
    }

    /// <summary>Reads the key of the log.</summary>
    /// <exception cref="FileNotFoundException">The folder has no such key.</exception>
    /// <exception cref="InvalidDataException">The file is no key.</exception>
    public NoteSigner ReadLog(string origin)
    {
        try
        {
            return NoteSigner.FromPem(origin, Text(Log));
        }
        catch (FormatException e)
        {
            throw NotAKey(Log, "an Ed25519 private key in PKCS #8 PEM", e);
        }
    }

    private string Text(string name) =>
        Has(name)
            ? System.IO.File.ReadAllText(File(name))
            : throw new FileNotFoundException(
                $"The key {name} is missing: {File(name)}. Put it back from where you keep it; "
                    + "the server has no other copy.",
                File(name)
            );

    private InvalidDataException NotAKey(string name, string what, Exception inner) =>
        new($"{File(name)} is not {what}. Put the right file back.", inner);
}
