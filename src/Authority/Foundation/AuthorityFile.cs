using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// <c>DIR/authority.json</c>: how the command line finds a running authority and knows its log
/// without opening the store.
/// </summary>
public sealed record AuthorityFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A verifier key has plus signs, and people copy it out of here.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where the server last listened; absent before its first start.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// The web origin at which people use their passkeys, such as
    /// <c>https://register.example.org</c>; absent: a sandbox has <c>localhost</c>, another
    /// authority none.
    /// </summary>
    public string? Web { get; init; }

    /// <summary>The origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// The verifier key of the log (C2SP signed-note vkey): of several, the one that goes on.
    /// </summary>
    public required string VerifierKey { get; init; }

    /// <summary>Every key that the log ever had; none in a file that was never served
    /// from.</summary>
    public IReadOnlyList<PublishedLogKey> VerifierKeys { get; init; } = [];

    /// <summary>The keys that sign receipts, or did, each with the trees that it signs.</summary>
    public IReadOnlyList<PublishedKey> ReceiptKeys { get; init; } = [];

    /// <summary>The keys that sign refusals.</summary>
    public IReadOnlyList<PublishedKey> RefusalKeys { get; init; } = [];

    /// <summary>The keys that sign answers on standing.</summary>
    public IReadOnlyList<PublishedKey> StandingKeys { get; init; } = [];

    /// <summary>The log that this one succeeds; null: none.</summary>
    public PublishedPredecessor? Predecessor { get; init; }

    /// <summary>Whether this is a sandbox.</summary>
    public required bool Sandbox { get; init; }

    /// <summary>The authority's name as people know it.</summary>
    public required string Name { get; init; }

    /// <summary>The keys of the log, each with the trees that it signs.</summary>
    /// <exception cref="InvalidDataException">One is none.</exception>
    public LogKeys LogKeys()
    {
        var named = VerifierKeys.Count > 0 ? VerifierKeys : [new(VerifierKey)];
        try
        {
            return new([.. named.Select(key => key.Read())]);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The verifier keys are damaged: {e.Message}", e);
        }
    }

    /// <summary>The file with the keys that the key sets of a world name.</summary>
    /// <param name="world">The world.</param>
    /// <param name="ring">The keys that the server holds.</param>
    /// <param name="index">The ticks of the log.</param>
    internal AuthorityFile Naming(World world, KeyRing ring, ActIndex index)
    {
        if (world.Network is not { KeySets: { Last: not null } sets } network)
        {
            return this;
        }

        return (sets.LogKeys() is { } log ? Naming(log) : this) with
        {
            VerifierKey = ring.LogOf(network) is [.., var newest]
                ? newest.Verifier.ToString()
                : VerifierKey,
            ReceiptKeys = Published(KeyPurpose.Receipt),
            RefusalKeys = Published(KeyPurpose.Refusal),
            StandingKeys = Published(KeyPurpose.Standing),
        };

        IReadOnlyList<PublishedKey> Published(KeyPurpose purpose) =>
            [.. sets.KeysOf(purpose).Select(key => PublishedKey.Of(key, network, index))];
    }

    /// <summary>The file with the keys that the log names.</summary>
    public AuthorityFile Naming(LogKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return this with
        {
            VerifierKey = keys.Newest.ToString(),
            VerifierKeys = [.. keys.Keys.Select(PublishedLogKey.Of)],
        };
    }

    /// <summary>Reads the file of a data folder.</summary>
    /// <exception cref="FileNotFoundException">No authority was founded there.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public static AuthorityFile Read(DataFolder folder)
    {
        if (!folder.IsFounded)
        {
            throw new FileNotFoundException(
                $"No authority was founded in {folder.Path}. Found a sandbox with `concord up "
                    + "--data DIR`, a real one with `concord init --data DIR`.",
                folder.AuthorityFile
            );
        }

        try
        {
            return JsonSerializer.Deserialize<AuthorityFile>(
                    File.ReadAllBytes(folder.AuthorityFile),
                    s_json
                ) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{folder.AuthorityFile} is damaged ({e.Message}). It holds url, origin, "
                    + "verifier_key, sandbox and name; origin and key are also in the log's "
                    + "genesis.",
                e
            );
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(DataFolder folder)
    {
        var draft = folder.AuthorityFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, s_json) + "\n");
        File.Move(draft, folder.AuthorityFile, overwrite: true);
    }
}
