using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Python;

/// <summary>
/// The second verifier reads out of a real log which key signs which trees, and takes nothing from
/// a thief who has a key that was let go.
/// </summary>
public sealed class ChainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_followed_by_what_roots_signed_and_a_thief_with_an_old_one_is_not()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = SandboxServer.NewFolder();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var before = await KeepAsync(server, work, Given.Model(party, "Tern 1"));
        var known = Path.Combine(work, "known");
        await File.WriteAllTextAsync(
            known,
            await server.Client.GetStringAsync("/log/checkpoint", Cancel),
            Cancel
        );
        using var oldKey = server.Authority.Keys.Read(KeyFolder.Receipt);
        using var oldLog = server.Authority.Keys.ReadLog(server.Origin);
        await Rotated.OverlapAsync(server, KeyPurpose.Receipt);
        var between = await KeepAsync(server, work, Given.Model(party, "Tern 2"));
        await Rotated.LetGoAsync(server);
        var after = await KeepAsync(server, work, Given.Model(party, "Tern 3"));
        var forged = await ForgeAsync(server, after, oldKey, oldLog);
        string[] trust =
        [
            "--vkey",
            $"{oldLog.Verifier}",
            "--chain",
            $"{server.Client.BaseAddress}log",
            "--known",
            known,
        ];

        foreach (var stem in (string[])[before, between, after])
        {
            Assert.Equal("holds", await SayAsync("receipt", stem, trust));
            Assert.Equal("holds", await SayAsync("proof", stem, trust));
        }

        Assert.Equal("key-not-in-force", await SayAsync("receipt", forged, trust));
        Assert.Equal("key-not-in-force", await SayAsync("proof", forged, trust));

        // The old key leads nowhere without a tree that it signed; the new one does by itself.
        Assert.Equal("unknown-key", await SayAsync("receipt", after, trust[..^2]));
        trust[1] = $"{Rotated.LogKey(server, "log-2")}";
        Assert.Equal("holds", await SayAsync("receipt", before, trust[..^2]));
        Directory.Delete(work, recursive: true);

        async Task<string> KeepAsync(SandboxServer at, string folder, Acts.Act act)
        {
            var filed = await at.FileAsync(at.Sign(party, key, act));
            await Rotated.KeepAsync(at, folder, filed);
            return Path.Combine(folder, filed.GetProperty("id").GetString()!);
        }
    }

    [Fact]
    public async Task What_a_revoked_key_signed_is_contested_from_when_it_was_in_other_hands()
    {
        await using var server = await SandboxServer.StartAsync();
        var work = SandboxServer.NewFolder();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Rotated.OverlapAsync(server, KeyPurpose.Receipt);
        using var stolen = server.Authority.Keys.Read("receipt-2");
        using var log = server.Authority.Keys.ReadLog(server.Origin);
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        await Rotated.KeepAsync(server, work, filed);
        var contested = Path.Combine(work, filed.GetProperty("id").GetString()!);
        using (var root = server.Authority.Keys.Read(SandboxKeys.Root(1)))
        {
            await server.Authority.FileAsync(
                new Speaker.Root(SandboxKeys.Root(1)),
                new RevokeKey
                {
                    Key = stolen.PublicKey.Id,
                    Reason = "The machine was broken into.",
                    CompromisedSince = server.Authority.Intake.Current.World.At,
                },
                root,
                Cancel
            );
        }

        var later = await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 2")));
        await Rotated.KeepAsync(server, work, later);
        var after = Path.Combine(work, later.GetProperty("id").GetString()!);
        var forged = await ForgeAsync(server, after, stolen, log);
        string[] trust = ["--vkey", $"{log.Verifier}", "--chain", Path.Combine(server.Path, "log")];

        Assert.Equal("contested", await SayAsync("receipt", contested, trust));
        Assert.Equal("holds", await SayAsync("proof", contested, trust));
        Assert.Equal("holds", await SayAsync("receipt", after, trust));
        Assert.Equal("key-not-in-force", await SayAsync("receipt", forged, trust));
        Directory.Delete(work, recursive: true);
    }

    /// <summary>What the verifier says: <c>holds</c>, or the code of its refusal.</summary>
    internal static async Task<string> SayAsync(string verb, string stem, params string[] trust)
    {
        var file = stem + (verb is "proof" ? ".tlog-proof" : ".receipt.cose");
        var (code, said) = await SecondVerifierTests.RunAsync(
            SecondVerifierTests.Interpreter,
            [],
            ["-m", "verifier", verb, file, "--entry", Entry(stem), .. trust]
        );
        Assert.True(code is 0 or 1, said);
        var answer = SandboxServer.Json(said);
        Assert.Equal(code == 0, answer.GetProperty("holds").GetBoolean());
        return code == 0 ? "holds" : answer.GetProperty("code").GetString()!;
    }

    private static string Entry(string stem) => stem + ".cose";

    /// <summary>
    /// The receipt and the proof that a thief makes of an entry in the tree of now, with keys that
    /// do not sign it any more.
    /// </summary>
    private static async Task<string> ForgeAsync(
        SandboxServer server,
        string stem,
        StatementSigner receiptKey,
        NoteSigner logKey
    )
    {
        var size = server.Authority.Intake.Current.Size;
        var tree = new MerkleTree();
        foreach (var entry in LogBundles.Read(new FileTiles(server.Authority.Folder.Log), 0, size))
        {
            tree.Append(MerkleTree.LeafHash(entry.Span));
        }

        var bytes = await File.ReadAllBytesAsync(Entry(stem), Cancel);
        var leaf = MerkleTree.LeafHash(bytes);
        var index = 0L;
        while (tree.Leaf(index) != leaf)
        {
            index++;
        }

        var (path, root) = (tree.InclusionProof(index, size), tree.Root(size));
        var forged = stem + "-forged";
        await File.WriteAllBytesAsync(Entry(forged), bytes, Cancel);
        await File.WriteAllBytesAsync(
            forged + ".receipt.cose",
            new ReceiptSigner(receiptKey, server.Origin).SignRoot(size, root).Receipt(index, path),
            Cancel
        );
        var note = new Checkpoint(server.Origin, size, root).Sign(logKey).ToString();
        await File.WriteAllTextAsync(
            forged + ".tlog-proof",
            new TlogProof(index, path, note).ToString(),
            Cancel
        );
        return forged;
    }
}
