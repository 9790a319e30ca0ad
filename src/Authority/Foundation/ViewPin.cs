using System.Runtime.InteropServices;
using System.Text.Json;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Authority.Foundation;

/// <summary>
/// The views' digests that the last build gave for the log, kept beside it (DESIGN §5): a build
/// that folds the same log to others does not get the pen, or yesterday's register would be
/// another one today and nobody would know.
/// </summary>
/// <param name="Build">The program that made them: <see cref="ViewPin.ThisBuild"/>.</param>
/// <param name="Size">The number of entries.</param>
/// <param name="Views">The digests.</param>
public sealed record ViewPin(string Build, long Size, IReadOnlyList<StateApi.DigestLine> Views)
{
    private static readonly Lazy<string> s_build = new(HashOfBuild);

    /// <summary>
    /// What decides how a log is folded: the digest of the program's own parts that parse and fold,
    /// and the version of the runtime below them.
    /// </summary>
    public static string ThisBuild => s_build.Value;

    /// <summary>Whether this build made it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfThisBuild => string.Equals(Build, ThisBuild, StringComparison.Ordinal);

    /// <summary>The pin of a world by this build.</summary>
    public static ViewPin Of(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new(ThisBuild, world.Size, StateApi.DigestsOf(world));
    }

    /// <summary>Reads the pin of a data folder; null where none was kept yet.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public static ViewPin? Read(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.Views))
        {
            return null;
        }

        try
        {
            return
                JsonSerializer.Deserialize<ViewPin>(
                    File.ReadAllBytes(folder.Views),
                    ApiJson.Options
                )
                    is { Views.Count: > 0 } pin
                ? pin
                : throw new JsonException("It names no view.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{folder.Views} is damaged ({e.Message}). Compare the views with those of a "
                    + "mirror (concord replay), then keep them anew: concord replay --keep.",
                e
            );
        }
    }

    /// <summary>Keeps the pin in a data folder, whole or not at all.</summary>
    public void Write(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var next = folder.Views + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options));
        File.Move(next, folder.Views, overwrite: true);
    }

    /// <summary>What is wrong with the same log folded by this build; null: nothing.</summary>
    /// <param name="world">The world at <see cref="Size"/>.</param>
    public string? FaultOf(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var own = StateApi.DigestsOf(world);
        var wrong = Views.FirstOrDefault(view => !own.Contains(view));
        return wrong is null
            ? null
            : $"The {wrong.Audience} view of {wrong.View} at size {Size} was {wrong.Digest} "
                + $"(version {wrong.Version}), and this build gives "
                + own.FirstOrDefault(one => IsOfThe(wrong, one))?.Digest
                + '.';
    }

    private static bool IsOfThe(StateApi.DigestLine view, StateApi.DigestLine other) =>
        view.Audience == other.Audience
        && string.Equals(view.View, other.View, StringComparison.Ordinal);

    private static string HashOfBuild()
    {
        var parts = new[]
        {
            typeof(Digest),
            typeof(Measures.Instant),
            typeof(Acts.Act),
            typeof(World),
            typeof(ViewPin),
        };
        var hashes = parts.Select(part =>
            Digest.Of(File.ReadAllBytes(part.Assembly.Location)).ToHex()
        );
        return Digest
            .Of(
                System.Text.Encoding.UTF8.GetBytes(
                    $"{RuntimeInformation.FrameworkDescription}\n{string.Join('\n', hashes)}"
                )
            )
            .ToString();
    }
}
