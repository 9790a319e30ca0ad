using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>An authority as <c>concord init</c> founds it.</summary>
public sealed class RealAuthorityTests
{
    [Fact]
    public async Task The_server_starts_and_takes_acts_without_roots_and_officers_keys()
    {
        await using var house = await RealHouse.FoundAsync(TimeProvider.System);
        Directory.Delete(house.Roots.Path, recursive: true);
        Directory.Delete(house.Officers.Path, recursive: true);

        await using var server = await SandboxServer.StartAsync(house.Data);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));

        Assert.False((await server.ReadAsync("/authority")).GetProperty("sandbox").GetBoolean());
        Assert.Equal(1, server.Authority.Intake.Current.World.Registry.Models.Count);
    }

    [Fact]
    public async Task No_key_but_the_servers_own_is_in_the_data_folder_and_all_are_the_owners()
    {
        await using var house = await RealHouse.FoundAsync(TimeProvider.System);

        var keys = Directory.GetFiles(Path.Combine(house.Data, "keys"));

        Assert.Equal(
            KeyFolder.OfServer.Order(StringComparer.Ordinal),
            keys.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
        );
        string[] all =
        [
            .. keys,
            .. Directory.GetFiles(house.Roots.Path),
            .. Directory.GetFiles(house.Officers.Path),
        ];
        Assert.Equal(6 + 3 + 6, all.Length);
        Assert.All(
            all,
            file =>
                Assert.True(
                    OperatingSystem.IsWindows()
                        || File.GetUnixFileMode(file)
                            is (UnixFileMode.UserRead | UnixFileMode.UserWrite),
                    file
                )
        );
    }

    [Fact]
    public async Task A_founding_that_broke_off_is_named_and_nothing_of_it_is_touched()
    {
        var path = SandboxServer.NewFolder();
        var folder = new DataFolder(path);
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        File.Delete(folder.AuthorityFile);
        var before = Directory.GetFiles(path, "*", SearchOption.AllDirectories);

        var refused = await Assert.ThrowsAsync<IOException>(() =>
            Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None)
        );

        Assert.Contains("authority.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("empty the folder", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(path, "*", SearchOption.AllDirectories));
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task Roots_and_officers_keys_are_not_written_into_the_data_folder()
    {
        var path = SandboxServer.NewFolder();
        var fault = await Assert.ThrowsAsync<ArgumentException>(() =>
            Founding.InitAsync(
                new DataFolder(path),
                new()
                {
                    Origin = "register.example.org/log",
                    Authority = new() { Name = "Model Register Office", Country = "CH" },
                    Sandbox = false,
                    Roots = 3,
                    RootsNeeded = 2,
                    Institutions = SandboxKeys.Institutions,
                    OfficersEach = 2,
                    InstitutionsNeeded = 2,
                    RootKeys = Path.Combine(path, "roots"),
                    OfficerKeys = Path.Combine(path, "..", "officers"),
                },
                TimeProvider.System,
                CancellationToken.None
            )
        );

        Assert.Contains(
            "do not belong into the data folder",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFileSystemEntries(path));
        Directory.Delete(path);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_does_not_start()
    {
        await using var server = await SandboxServer.StartAsync();

        await Assert.ThrowsAsync<DataFolderInUseException>(() =>
            SandboxServer.StartAsync(server.Path)
        );
    }
}
