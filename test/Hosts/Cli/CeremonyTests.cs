using Concord.Hosts.Stories;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>What goes wrong in a ceremony; docs/CEREMONY.md shows how it goes right.</summary>
public sealed class CeremonyTests
{
    private const string Draft =
        "concord ceremony genesis --data register --origin register.example.org/log "
        + "--name Register --country CH --root root-1.public.json --root root-2.public.json "
        + "--root root-3.public.json --institution a=A --officer a=alice.public.json "
        + "--institution b=B --officer b=ben.public.json";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_was_changed_afterwards_ends_the_ceremony()
    {
        await using var stage = Stage.Create();
        await DoneAsync(stage, "concord ceremony key root-1 --new --key root-1.pem");
        await DoneAsync(stage, "concord ceremony key root-2 --new --key root-2.pem");
        await DoneAsync(stage, "concord ceremony transcript");
        await stage.RunAsync("sed -i 's/root-1 is made/root-9 is made/' ceremony.txt", Cancel);

        foreach (
            var command in (string[])
                [
                    "concord ceremony transcript",
                    "concord ceremony key root-3 --new --key root-3.pem",
                ]
        )
        {
            await SaysAsync(stage, command, "step 1 does not fit what stands above it", 1);
        }

        Assert.False(File.Exists(Path.Combine(stage.Work, "root-3.pem")));
    }

    [Fact]
    public async Task A_step_that_was_left_out_or_added_by_hand_does_not_fit()
    {
        await using var stage = Stage.Create();
        await DoneAsync(stage, "concord ceremony key root-1 --new --key root-1.pem");
        await DoneAsync(stage, "concord ceremony key root-2 --new --key root-2.pem");
        await stage.RunAsync("cp ceremony.txt whole.txt; sed -i '3,9d' ceremony.txt", Cancel);
        await SaysAsync(stage, "concord ceremony transcript", "does not fit", 1);
        await stage.RunAsync("cp whole.txt ceremony.txt; echo '3. More' >> ceremony.txt", Cancel);
        await SaysAsync(stage, "concord ceremony transcript", "step 3 does not fit", 1);
        await DoneAsync(stage, "concord ceremony transcript --transcript whole.txt");
    }

    [Fact]
    public async Task As_many_roots_as_the_genesis_says_found_the_log_and_no_fewer()
    {
        await using var stage = await DraftedAsync();
        await DoneAsync(stage, "concord ceremony sign genesis.json --key root-1.pem --yes");
        await SaysAsync(stage, Complete("root-1"), "1 signatures do not found a log", 1);
        await SaysAsync(stage, Complete("root-1", "root-1"), "stands there twice", 1);
        Assert.False(File.Exists(Path.Combine(stage.Work, "register", "authority.json")));

        await DoneAsync(stage, "concord ceremony sign genesis.json --key root-3.pem --yes");
        await DoneAsync(stage, Complete("root-1", "root-3"));
        await SaysAsync(stage, Complete("root-1", "root-3"), "holds a log already", 1);
        await DoneAsync(stage, "concord fsck --data register");
    }

    [Fact]
    public async Task A_signature_of_a_draft_that_was_swapped_founds_nothing()
    {
        await using var stage = await DraftedAsync();
        await stage.RunAsync("cp genesis.json kept.json", Cancel);
        await stage.RunAsync("sed -i 's/\"Register\"/\"Registar\"/' genesis.json", Cancel);
        await DoneAsync(stage, "concord ceremony sign genesis.json --key root-1.pem --yes");
        await DoneAsync(stage, "concord ceremony sign genesis.json --key root-2.pem --yes");
        await stage.RunAsync("mv kept.json genesis.json", Cancel);

        await SaysAsync(stage, Complete("root-1", "root-2"), "signs another act than the draft", 1);
    }

    [Fact]
    public async Task A_key_that_the_genesis_does_not_name_signs_nothing()
    {
        await using var stage = await DraftedAsync();

        await SaysAsync(
            stage,
            "concord ceremony sign genesis.json --key alice.pem --yes",
            "does not name the key",
            1
        );
        await SaysAsync(
            stage,
            "concord ceremony sign genesis.json --key root-1.pem",
            "Nobody is there to be asked",
            2
        );
    }

    [Fact]
    public async Task What_somebody_may_have_signed_is_not_written_anew()
    {
        await using var stage = await DraftedAsync();

        await SaysAsync(stage, Draft, "genesis.json is there already", 1);
        await SaysAsync(stage, $"{Draft} --to other.json", "holds keys or a log", 1);
        await SaysAsync(
            stage,
            "concord ceremony key root-1 --new --key again.pem",
            "root-1.public.json is there already",
            1
        );
    }

    private static async Task<Stage> DraftedAsync()
    {
        var stage = Stage.Create();
        foreach (var name in (string[])["root-1", "root-2", "root-3", "alice", "ben"])
        {
            await DoneAsync(stage, $"concord ceremony key {name} --new --key {name}.pem");
        }

        await DoneAsync(stage, Draft);
        return stage;
    }

    private static string Complete(params string[] roots) =>
        $"concord ceremony complete genesis.json {Statements(roots)} --data register";

    private static string Statements(string[] roots) =>
        string.Join(' ', roots.Select(root => $"genesis.{root}.statement.cose"));

    private static async Task DoneAsync(Stage stage, string command)
    {
        var said = await stage.RunAsync(command, Cancel);
        Assert.DoesNotContain("[exit", said, StringComparison.Ordinal);
    }

    private static async Task SaysAsync(Stage stage, string command, string says, int code)
    {
        var said = await stage.RunAsync(command, Cancel);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.EndsWith($"[exit {code}]\n", said, StringComparison.Ordinal);
    }
}
