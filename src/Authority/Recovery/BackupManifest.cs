using System.Security.Cryptography;
using System.Text.Json;
using Concord.Measures;

namespace Concord.Authority.Recovery;

/// <summary>What a backup holds, in its <c>manifest.json</c>.</summary>
public sealed record BackupManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A file of the backup.</summary>
    /// <param name="Name">Its path in the backup, with forward slashes.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
    public sealed record Part(string Name, long Bytes, string Sha256)
    {
        /// <summary>A file as it lies there.</summary>
        public static Part Of(string folder, string name)
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            return new(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        }
    }

    /// <summary>The origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>The log's verifier key.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>The number of entries.</summary>
    public required long Size { get; init; }

    /// <summary>The root over them, base64.</summary>
    public required string Root { get; init; }

    /// <summary>The signed checkpoint that says so.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>When the backup was made, by this machine's clock.</summary>
    public required string MadeAt { get; init; }

    /// <summary>Whether the server's private keys are in it.</summary>
    public required bool HasKeys { get; init; }

    /// <summary>Every other file of the backup.</summary>
    public required IReadOnlyList<Part> Files { get; init; }

    /// <summary>Reads the manifest of a backup and compares every file with it.</summary>
    /// <exception cref="RecoveryException">A file is not as it was.</exception>
    public static BackupManifest Check(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw Damaged($"{folder} is not a backup: it has no {FileName}.");
        }

        BackupManifest manifest;
        try
        {
            manifest =
                JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), s_json)
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw Damaged($"The manifest of the backup is damaged: {e.Message}");
        }

        foreach (var part in manifest.Files)
        {
            if (!IsInside(folder, part.Name) || !File.Exists(Path.Combine(folder, part.Name)))
            {
                throw Damaged($"The backup has no {part.Name}, and its manifest names it.");
            }

            if (Part.Of(folder, part.Name) != part)
            {
                throw Damaged(
                    $"{part.Name} in the backup is not as it was when the backup was made."
                );
            }
        }

        return manifest;
    }

    /// <summary>Writes the manifest into a backup.</summary>
    public void Write(string folder) =>
        File.WriteAllText(
            Path.Combine(folder, FileName),
            JsonSerializer.Serialize(this, s_json) + "\n"
        );

    /// <summary>The text of a time.</summary>
    public static string TimeOf(TimeProvider time) => Instant.From(time.GetUtcNow()).ToString();

    private static bool IsInside(string folder, string name) =>
        Path.GetFullPath(Path.Combine(folder, name))
            .StartsWith(
                Path.GetFullPath(folder) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );

    private static RecoveryException Damaged(string what) =>
        new(what, "Take another backup, or go on from a mirror: docs/WAYS-BACK.md.");
}
