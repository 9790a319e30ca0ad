using Concord.Authority.Foundation;

namespace Concord.Hosts.Api;

/// <summary>
/// A real authority, founded as <c>concord init</c> does: data here, roots' keys and officers' keys
/// in folders of their own.
/// </summary>
internal sealed class RealHouse : IAsyncDisposable
{
    private readonly string _path;

    private RealHouse(string path) => _path = path;

    public string Data => Path.Combine(_path, "data");

    public KeyFolder Roots => new(Path.Combine(_path, "roots"));

    public KeyFolder Officers => new(Path.Combine(_path, "officers"));

    public static async Task<RealHouse> FoundAsync(TimeProvider time)
    {
        var house = new RealHouse(SandboxServer.NewFolder());
        await Founding.InitAsync(
            new DataFolder(house.Data),
            new()
            {
                Origin = "register.example.org/log",
                Authority = new() { Name = "Model Register Office", Country = "CH" },
                Sandbox = false,
                Roots = 3,
                RootsNeeded = 2,
                Institutions =
                [
                    ("regulator", "Model Register Office"),
                    ("institute", "AI Safety Institute"),
                    ("board", "Oversight Board"),
                ],
                OfficersEach = 2,
                InstitutionsNeeded = 2,
                RootKeys = house.Roots.Path,
                OfficerKeys = house.Officers.Path,
            },
            time,
            CancellationToken.None
        );
        return house;
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
