using System.Globalization;
using System.Security.Cryptography;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Authority.Foundation;

/// <summary>
/// Private keys in a folder, one file and one purpose each, readable by their owner alone. The
/// first key of a purpose is <c>PURPOSE.pem</c>, those that take over later are
/// <c>PURPOSE-2.pem</c> and so on; a file is never renamed and never written over.
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

    /// <summary>The names of the keys of a purpose that are there, the first one first.</summary>
    public IReadOnlyList<string> NamesOf(string purpose) =>
        Directory.Exists(Path)
            ?
            [
                .. Directory
                    .EnumerateFiles(Path, purpose + "*.pem")
                    .Select(System.IO.Path.GetFileNameWithoutExtension)
                    .OfType<string>()
                    .Where(name => NumberOf(purpose, name) > 0)
                    .OrderBy(name => NumberOf(purpose, name)),
            ]
            : [];

    /// <summary>The name of the next key of a purpose.</summary>
    public string NextOf(string purpose) =>
        NamesOf(purpose) is [.., var last] ? $"{purpose}-{NumberOf(purpose, last) + 1}" : purpose;

    /// <summary>The name of the file in which keys of a purpose begin.</summary>
    public static string FileOf(KeyPurpose purpose) =>
        purpose switch
        {
            KeyPurpose.Registrar => Registrar,
            KeyPurpose.Tick => Tick,
            KeyPurpose.Refusal => Refusal,
            KeyPurpose.Standing => Standing,
            _ => Receipt,
        };

    // 1 for the first, 0 for what is no key of the purpose.
    private static int NumberOf(string purpose, string name) =>
        string.Equals(name, purpose, StringComparison.Ordinal) ? 1
        : name.StartsWith(purpose + "-", StringComparison.Ordinal)
        && int.TryParse(
            name.AsSpan(purpose.Length + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number > 1
            ? number
        : 0;

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
    /// <param name="name">What the key is called.</param>
    public NoteSigner CreateLog(string origin, string name = Log)
    {
        DataFolder.CreatePrivate(Path);
        var key = NoteSigner.Generate(origin);
        DataFolder.WritePrivate(File(name), key.ExportPem());
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

    /// <summary>Reads a key of the log.</summary>
    /// <param name="origin">The origin of the log.</param>
    /// <param name="name">What the key is called.</param>
    /// <exception cref="FileNotFoundException">The folder has no such key.</exception>
    /// <exception cref="InvalidDataException">The file is no key.</exception>
    public NoteSigner ReadLog(string origin, string name = Log)
    {
        try
        {
            return NoteSigner.FromPem(origin, Text(name));
        }
        catch (FormatException e)
        {
            throw NotAKey(name, "an Ed25519 private key in PKCS #8 PEM", e);
        }
    }

    internal FileNotFoundException Missing(string name) =>
        new(
            $"The key {name} is missing: {File(name)}. Put it back from where you keep it; "
                + "the server has no other copy.",
            File(name)
        );

    private string Text(string name) =>
        Has(name) ? System.IO.File.ReadAllText(File(name)) : throw Missing(name);

    private InvalidDataException NotAKey(string name, string what, Exception inner) =>
        new($"{File(name)} is not {what}. Put the right file back.", inner);
}
