using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms.Network;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>A sandbox whose roots change the keys of the authority.</summary>
internal static class Rotated
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Has two roots sign the key set that follows the one in force.</summary>
    public static async Task ReplaceAsync(SandboxServer server, Func<KeySetBody, KeySetBody> change)
    {
        var network = server.Authority.Intake.Current.World.Network;
        var set = network.KeySet!;
        var act = new KeySet
        {
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = 2,
                Epoch = set.Epoch,
            },
            Previous = network.KeySetDigest,
            Body = change(set) with { Epoch = set.Epoch + 1 },
        };
        for (var n = 1; n <= 2; n++)
        {
            using var root = server.Authority.Keys.Read(SandboxKeys.Root(n));
            await server.Authority.FileAsync(
                new Speaker.Root(SandboxKeys.Root(n)),
                act,
                root,
                Cancel
            );
        }
    }

    /// <summary>Makes the next key of each purpose and has both named.</summary>
    public static async Task OverlapAsync(SandboxServer server, params KeyPurpose[] purposes)
    {
        using var log = server.Authority.Keys.CreateLog(
            server.Origin,
            server.Authority.Keys.NextOf(KeyFolder.Log)
        );
        var keys = purposes
            .Select(purpose => new AuthorityKey
            {
                Purpose = purpose,
                Key = Next(server.Authority.Keys, KeyFolder.FileOf(purpose)),
            })
            .ToList();
        var vkey = log.Verifier.ToString();
        await ReplaceAsync(
            server,
            set =>
                set with
                {
                    LogKeys = [.. set.LogKeys, vkey],
                    AuthorityKeys = [.. set.AuthorityKeys, .. keys],
                }
        );
    }

    /// <summary>Lets the older of two keys go, of every purpose.</summary>
    public static Task LetGoAsync(SandboxServer server) =>
        ReplaceAsync(
            server,
            set =>
                set with
                {
                    LogKeys = [set.LogKeys[^1]],
                    AuthorityKeys =
                    [
                        .. set
                            .AuthorityKeys.GroupBy(key => key.Purpose)
                            .Select(group => group.Last()),
                    ],
                }
        );

    /// <summary>Keeps statement, receipt and proof of what was filed.</summary>
    public static async Task KeepAsync(SandboxServer server, string folder, JsonElement filed)
    {
        var index = filed.GetProperty("index").GetInt64();
        var stem = Path.Combine(folder, filed.GetProperty("id").GetString()!);
        var statement = await server.Client.GetByteArrayAsync($"/acts/{index}/statement", Cancel);
        await File.WriteAllBytesAsync(stem + ".cose", statement, Cancel);
        var receipt = filed.GetProperty("receipt").GetBytesFromBase64();
        await File.WriteAllBytesAsync(stem + ".receipt.cose", receipt, Cancel);
        var proof = filed.GetProperty("proof").GetString();
        await File.WriteAllTextAsync(stem + ".tlog-proof", proof, Cancel);
    }

    /// <summary>The verifier of a log key in the folder.</summary>
    public static NoteVerifier LogKey(SandboxServer server, string name = KeyFolder.Log)
    {
        using var key = server.Authority.Keys.ReadLog(server.Origin, name);
        return key.Verifier;
    }

    private static PublicKey Next(KeyFolder folder, string purpose)
    {
        using var key = folder.Create(folder.NextOf(purpose));
        return key.PublicKey;
    }
}
