using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// The private keys of the server, every one that lies in its key folder. Which of them signs is
/// what the key set in force says: every key of the log that it names and that is here, and of each
/// other purpose the last one that it names, that is here and that nobody has revoked. Any thread
/// may ask.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private static readonly KeyPurpose[] s_needed =
    [
        KeyPurpose.Tick,
        KeyPurpose.Receipt,
        KeyPurpose.Refusal,
    ];

    private readonly KeyFolder _folder;
    private readonly string _origin;
    private readonly Lock _reading = new();
    private volatile Held _held = new([], []);

    private KeyRing(KeyFolder folder, string origin) => (_folder, _origin) = (folder, origin);

    /// <summary>Reads the keys of a folder.</summary>
    /// <exception cref="FileNotFoundException">A purpose that the server cannot be without has no
    /// key.</exception>
    /// <exception cref="InvalidDataException">A file is no key.</exception>
    public static KeyRing Open(KeyFolder folder, string origin)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var ring = new KeyRing(folder, origin);
        ring.Reload();
        foreach (var purpose in s_needed.Select(KeyFolder.FileOf).Prepend(KeyFolder.Log))
        {
            if (folder.NamesOf(purpose).Count == 0)
            {
                ring.Dispose();
                throw folder.Missing(purpose);
            }
        }

        return ring;
    }

    /// <summary>The verifiers of all keys of the log that are here.</summary>
    public IEnumerable<NoteVerifier> LogKeys => _held.Log.Select(one => one.Key.Verifier);

    /// <summary>Reads the files that were put into the folder since.</summary>
    /// <exception cref="InvalidDataException">A file is no key.</exception>
    public void Reload()
    {
        lock (_reading)
        {
            var held = _held;
            var log = held.Log.ToList();
            foreach (var name in _folder.NamesOf(KeyFolder.Log))
            {
                if (!log.Exists(one => IsNamed(one.Name, name)))
                {
                    log.Add((name, _folder.ReadLog(_origin, name)));
                }
            }

            var others = held.Others.ToList();
            foreach (var purpose in Enum.GetValues<KeyPurpose>())
            {
                foreach (var name in _folder.NamesOf(KeyFolder.FileOf(purpose)))
                {
                    if (!others.Exists(one => IsNamed(one.Name, name)))
                    {
                        others.Add((name, purpose, _folder.Read(name)));
                    }
                }
            }

            _held = new(log, others);
        }
    }

    /// <summary>
    /// The keys that sign checkpoints; before the founding the first one, none where the key set
    /// names none that is here.
    /// </summary>
    public IReadOnlyList<NoteSigner> LogOf(NetworkView network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var held = _held.Log;
        return network.KeySet is not { } set
            ? [held[0].Key]
            :
            [
                .. set
                    .LogKeys.Select(text => held.Find(one => IsOf(one.Key, text)).Key)
                    .OfType<NoteSigner>(),
            ];
    }

    /// <summary>The key that signs for a purpose; null: none that is named is here.</summary>
    public StatementSigner? Find(KeyPurpose purpose, NetworkView network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var here = Named(purpose, network).Where(one => one.Signer is not null).ToList();

        // One that was revoked signs when there is no other, or the key set that replaces it could
        // not be filed: everybody knows from the log what its signature is worth.
        var chosen = here.FindLast(one => network.Keys.Find(one.Key)?.RevokedAt is null);
        return chosen.Signer ?? (here.Count > 0 ? here[^1].Signer : null);
    }

    /// <summary>The key that signs for a purpose.</summary>
    /// <exception cref="InvalidOperationException">None that is named is here.</exception>
    public StatementSigner Of(KeyPurpose purpose, NetworkView network) =>
        Find(purpose, network)
        ?? throw new InvalidOperationException($"No key for {KeyFolder.FileOf(purpose)} is here.");

    /// <summary>
    /// The first purpose for which the key set names no key that is here, of those that the server
    /// cannot be without; null: none. Files that were put into the folder since are read first.
    /// </summary>
    public string? LackOf(NetworkView network)
    {
        try
        {
            Reload();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // What cannot be read is not there.
        }

        return Lack(network);
    }

    /// <summary>Refuses to go on without a key that nothing can be signed without.</summary>
    /// <exception cref="FileNotFoundException">None that the key set names is here.</exception>
    public void Demand(NetworkView network)
    {
        if (LackOf(network) is { } purpose)
        {
            throw new FileNotFoundException(
                $"Of the keys of the purpose {purpose} that the key set in force names "
                    + $"({string.Join(", ", NamesOf(purpose, network))}), none is in "
                    + $"{_folder.Path}. Put its file back, as {_folder.File(purpose)} or "
                    + $"{purpose}-2.pem and so on, and restart; the server has no other copy.",
                _folder.File(purpose)
            );
        }
    }

    /// <summary>
    /// Which keys the key set names that are not here, or are revoked and sign all the same, in
    /// sentences; null: all is well.
    /// </summary>
    public string? FindingOf(NetworkView network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var missing = (network.KeySet?.LogKeys ?? [])
            .Where(text => !_held.Log.Exists(one => IsOf(one.Key, text)))
            .Select(text => $"the log key {text.Split('+')[1]}");
        var others = Enum.GetValues<KeyPurpose>()
            .SelectMany(purpose =>
                Named(purpose, network)
                    .Where(one => one.Signer is null)
                    .Select(one => $"the {KeyFolder.FileOf(purpose)} key {one.Key}")
            );
        var list = string.Join(", ", missing.Concat(others));
        var revoked = string.Join(
            ", ",
            Enum.GetValues<KeyPurpose>()
                .Where(purpose =>
                    Find(purpose, network) is { } key
                    && network.Keys.Find(key.PublicKey.Id)?.RevokedAt is not null
                )
                .Select(KeyFolder.FileOf)
        );
        var said =
            (
                list.Length > 0
                    ? $"The key set names keys that are not in the key folder: {list}. Put their "
                        + "files there and restart, or have the roots sign a key set without them. "
                    : ""
            )
            + (
                revoked.Length > 0
                    ? $"The only key here for {revoked} was revoked: what it signs is contested. "
                        + "Have the roots sign a key set with another (concord key rotate)."
                    : ""
            );
        return said.Length > 0 ? said.TrimEnd() : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var held = _held;
        held.Log.ForEach(one => one.Key.Dispose());
        held.Others.ForEach(one => one.Signer.Dispose());
    }

    private static bool IsNamed(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal);

    private static bool IsOf(NoteSigner key, string text) =>
        string.Equals(key.Verifier.ToString(), text, StringComparison.Ordinal);

    private static IEnumerable<string> NamesOf(string purpose, NetworkView network) =>
        string.Equals(purpose, KeyFolder.Log, StringComparison.Ordinal)
            ? network.KeySet?.LogKeys ?? []
            : (network.KeySet?.AuthorityKeys ?? [])
                .Where(key =>
                    string.Equals(KeyFolder.FileOf(key.Purpose), purpose, StringComparison.Ordinal)
                )
                .Select(key => key.Key.Id.ToString());

    private string? Lack(NetworkView network) =>
        LogOf(network).Count == 0
            ? KeyFolder.Log
            : s_needed
                .Where(purpose => Find(purpose, network) is null)
                .Select(KeyFolder.FileOf)
                .FirstOrDefault();

    private IEnumerable<(KeyId Key, StatementSigner? Signer)> Named(
        KeyPurpose purpose,
        NetworkView network
    )
    {
        var here = _held.Others.Where(one => one.Purpose == purpose).Select(one => one.Signer);
        return network.KeySet is { } set
            ? set
                .AuthorityKeys.Where(key => key.Purpose == purpose)
                .Select(key =>
                    (key.Key.Id, here.FirstOrDefault(one => one.PublicKey.Id == key.Key.Id))
                )
            : here.Select(one => (one.PublicKey.Id, (StatementSigner?)one)).Take(1);
    }

    private sealed record Held(
        List<(string Name, NoteSigner Key)> Log,
        List<(string Name, KeyPurpose Purpose, StatementSigner Signer)> Others
    );
}
