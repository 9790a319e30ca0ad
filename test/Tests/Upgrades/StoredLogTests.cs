using Concord.Acts;
using Xunit;

namespace Concord.Tests.Upgrades;

/// <summary>
/// Every build folds what earlier builds logged to the digests that they gave for it: decoders and
/// folds of every act stay for ever (DESIGN §5).
/// </summary>
public sealed class StoredLogTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("concord-stored-").FullName;

    public static TheoryData<string> Names =>
        [
            .. Directory
                .EnumerateFiles(StoredLog.Folder, "*.jsonl")
                .Select(file => Path.GetFileNameWithoutExtension(file)),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_log_of_an_earlier_build_folds_to_the_digests_that_it_gave(string name)
    {
        var (stored, own) = await StoredLog.ReplayAsync(name, _scratch);

        Assert.NotEmpty(stored);
        Assert.Equal(stored, own);
    }

    [Fact]
    public void The_logs_are_small_enough_to_be_kept() =>
        Assert.True(
            new DirectoryInfo(StoredLog.Folder).EnumerateFiles().Sum(file => file.Length)
                < 2_000_000
        );

    [Fact]
    public void A_log_in_which_an_act_of_every_type_is_in_force_can_be_written()
    {
        var given = FormsOfActs.Filed();
        if (Environment.GetEnvironmentVariable("CONCORD_STORE_LOG") is { Length: > 0 } name)
        {
            StoredLog.Write(name, given);
        }

        var filed = given.Filed.Select(signed => signed.Type.Name).ToHashSet();
        Assert.Equal(ActTable.Rows.Select(row => row.Name).Except(filed), []);
    }

    [Fact]
    public void The_trunks_log_has_every_act_of_its_day() =>
        Assert.Equal(23, StoredLog.TypesOf("trunk").Count);

    [Fact]
    public void The_log_of_endurance_has_every_act_of_its_day() =>
        Assert.Equal(36, StoredLog.TypesOf("endurance").Count);

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
