using System.Text.Json;
using Concord.Acts;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>What others signed with a party, and what files hung on, is filed anew too.</summary>
public sealed partial class SuccessionTests
{
    [Fact]
    public async Task What_was_signed_jointly_and_what_files_hung_on_is_filed_anew_too()
    {
        await LiveAndEndAsync(SellAsync);
        (await InitAsync()).Done();
        await using var server = await SandboxServer.StartAsync(Second);
        await AdmitAsync(server);
        await AdmitAsync(server, "Gull Works", "gull.pem");
        var gull = PartyOf(server, "Gull Works");
        var buyer = await File.ReadAllTextAsync(Path.Combine(_work, "gull.id"), Cancel);

        // Nothing says where the file is, and who the buyer is here.
        var first = Verdicts(await RefileAsync(server));
        Assert.Contains("is not here (sha256:", first[2].Why, Ordinal);
        Assert.Contains("--documents", first[2].Why, Ordinal);
        Assert.Contains($"--called {buyer}=NEW", first[3].Why, Ordinal);
        Assert.Contains($"it was filed for {buyer}", first[4].Why, Ordinal);
        string[] more = ["--documents", _work, "--called", $"{buyer}={gull}"];
        var run = Verdicts(await RefileAsync(server, more: more));
        var acts = server.Acts;

        Assert.Equal(
            [true, true, true, true, false, false],
            run.Select(one => one.Now is not null)
        );
        Assert.Equal([false, true], ArePublic(server, run[2].Now!));
        Assert.StartsWith("1 of 2 signed", run[3].Joint, Ordinal);
        var second = Verdicts(await RefileAsync(server, "gull.pem", "receipts-gull", more));
        Assert.Contains("a signature on what", Assert.Single(second).Why, Ordinal);
        Assert.Equal(acts, server.Acts);

        // The buyer signs what the seller has proposed anew, with the file that hangs on it.
        var kept = Kept();
        string[] part = ["--sealed-part", $"receipts-2/{run[3].Now}.sealed.json"];
        (
            await RunAsync(server, ["sign", run[3].Now!, .. part, "--key", "gull.pem", "--yes"])
        ).Done();
        var world = server.Authority.Intake.Current.World;
        Assert.Equal(2, world.Registry.Models.Count);
        Assert.Equal(gull, Assert.Single(world.Registry.Transfers.Values).To.ToString());

        // What the new log brings has ids that the old one gave too, and is kept beside it.
        for (var number = 2; number < 8; number++)
        {
            string[] another = ["register", $"Gull {number}", "--modality", "text"];
            (await RunAsync(server, [.. another, "--key", "gull.pem"])).Done();
        }

        Assert.All(kept, file => Assert.Equal(file.Bytes, File.ReadAllBytes(file.Path)));
        Assert.Equal(kept.Count + 7, Kept().Count);

        // A run that was killed before it wrote down what it filed files nothing twice.
        acts = server.Acts;
        File.Delete(Path.Combine(_work, "receipts", "refiled.json"));
        var again = Verdicts(await RefileAsync(server, more: more));
        Assert.Equal(run.Select(one => one.Now), again.Select(one => one.Now));
        Assert.Equal(acts, server.Acts);
    }

    [Fact]
    public async Task What_was_filed_anew_at_one_log_is_not_taken_for_filed_at_another()
    {
        await LiveAndEndAsync();
        (await InitAsync()).Done();
        await using var server = await SandboxServer.StartAsync(Second);
        await AdmitAsync(server);
        var journal = Path.Combine(_work, "receipts", "refiled.json");
        await File.WriteAllTextAsync(
            journal,
            """{"Log": "third.example.org/log", "Ids": {}}""",
            Cancel
        );

        var run = await RefileAsync(server);

        Assert.Equal(1, run.Code);
        Assert.Contains("third.example.org/log", run.Output + run.Error, Ordinal);
        await File.WriteAllTextAsync(journal, "{}", Cancel);
        Assert.Equal(1, (await RefileAsync(server)).Code);
        File.Delete(Directory.GetFiles(Path.Combine(_work, "receipts"), "*.receipt.cose")[0]);
        File.Delete(journal);
        var bare = Verdicts(await RefileAsync(server));
        Assert.Contains(bare, one => one.Why?.Contains("is not beside it", Ordinal) is true);
    }

    /// <summary>
    /// A model with a file for its parties, a sale that the buyer has signed, and a model that the
    /// buyer has let the seller register.
    /// </summary>
    private async Task SellAsync(SandboxServer server)
    {
        (await RunAsync(server, "key", "new", "gull")).Done();
        await AdmitAsync(server, "Gull Works", "gull.pem");
        var (tern, gull) = (PartyOf(server, "Tern Labs"), PartyOf(server, "Gull Works"));
        var developer = ShortId.TryParse(tern, 'P', out var place) ? new PartyId(place) : default;
        await File.WriteAllTextAsync(Path.Combine(_work, "gull.id"), gull, Cancel);
        await File.WriteAllTextAsync(Path.Combine(_work, "letter.pdf"), "A letter.", Cancel);
        var salted = (await RunAsync(server, "attach", "letter.pdf", "--json")).Done().Json;
        var model = Given.Model(developer, "Tern 3") with
        {
            Attachments =
            [
                new()
                {
                    Digest = Digest.TryParse(salted.GetProperty("digest").GetString(), out var read)
                        ? read
                        : default,
                    MediaType = "application/pdf",
                    Visibility = Visibility.Parties,
                    Name = "letter.pdf",
                },
            ],
        };
        await File.WriteAllBytesAsync(
            Path.Combine(_work, "model.json"),
            ActJson.Write(model),
            Cancel
        );
        string[] file = ["file", "model.json", "--attach", "letter.pdf.salted"];
        (await RunAsync(server, [.. file, "--key", "tern.pem"])).Done();
        var release = server.Authority.Intake.Current.World.Registry.Releases.Keys.Single();
        string[] sale = ["transfer", release.ToString(), "--to", gull, "--key", "tern.pem"];
        var id = (await RunAsync(server, [.. sale, "--json"]))
            .Done()
            .Json.GetProperty("id")
            .GetString()!;
        string[] sign = ["sign", id, "--sealed-part", $"receipts/{id}.sealed.json", "--yes"];
        (
            await RunAsync(server, [.. sign, "--key", "gull.pem", "--receipts", "receipts-gull"])
        ).Done();
        string[] let =
        [
            "party",
            "delegate",
            tern,
            "--act",
            "registry/register-model",
            "--key",
            "gull.pem",
        ];
        (await RunAsync(server, [.. let, "--receipts", "registrar"])).Done();
        string[] register = ["register", "Gull 1", "--modality", "text", "--key", "tern.pem"];
        (await RunAsync(server, [.. register, "--for", gull])).Done();
    }

    /// <summary>The statements where receipts are kept when nobody says so.</summary>
    private List<(string Path, byte[] Bytes)> Kept() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(_work, "receipts"), "*.cose")
                .Where(file => !file.EndsWith(".receipt.cose", Ordinal))
                .Select(file => (file, File.ReadAllBytes(file))),
        ];

    private static string PartyOf(SandboxServer server, string name) =>
        server.Authority.Intake.Current.World.Network.PartyNames[FoldedName.Of(name)].ToString();

    private static IEnumerable<bool> ArePublic(SandboxServer server, string id) =>
        server
            .Authority.Contents.Act(ShortId.TryParse(id, 'A', out var index) ? index : -1)
            .Act.Attachments.Select(one => one.Visibility == Visibility.Public);

    private static List<(string? Now, string? Why, string? Joint)> Verdicts(ConcordProgram.Run run)
    {
        Assert.True(run.Output.Length > 0, run.Error);
        return
        [
            .. run
                .Json.GetProperty("acts")
                .EnumerateArray()
                .Select(one =>
                    (
                        one.GetProperty("new").GetString(),
                        one.GetProperty("why").GetString(),
                        one.GetProperty("joint").GetString()
                    )
                ),
        ];
    }
}
