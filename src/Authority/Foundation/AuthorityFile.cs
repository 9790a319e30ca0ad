using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>The origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>The verifier key of the log (C2SP signed-note vkey).</summary>
    public required string VerifierKey { get; init; }

    /// <summary>The keys that sign receipts, by the key set in force.</summary>
    public IReadOnlyList<PublishedKey> ReceiptKeys { get; init; } = [];

    /// <summary>The keys that sign refusals.</summary>
    public IReadOnlyList<PublishedKey> RefusalKeys { get; init; } = [];

    /// <summary>The keys that sign answers on standing.</summary>
    public IReadOnlyList<PublishedKey> StandingKeys { get; init; } = [];

    /// <summary>Whether this is a sandbox.</summary>
    public required bool Sandbox { get; init; }

    /// <summary>The authority's name as people know it.</summary>
    public required string Name { get; init; }

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
