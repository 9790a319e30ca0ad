using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Hosts.Api;
using Concord.Hosts.Crash;
using Concord.Hosts.Witnesses;
using Concord.Ledger;
using Concord.Stores;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// One data folder and what is done to it, in an order that its seed gives. It keeps every
/// checkpoint that a client or the witness ever saw; a folder that was served must hold them all.
/// </summary>
internal sealed partial class Trial : IAsyncDisposable
{
    private const int Steps = 4;

    private readonly FoundedFolder _founded;
    private readonly Random _random;
    private readonly string _root;
    private readonly ServedWitness _witness;
    private readonly CancellationToken _cancel;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _models;

    private Trial(FoundedFolder founded, int seed, ServedWitness witness, CancellationToken cancel)
    {
        (_founded, _witness, _cancel) = (founded, witness, cancel);
        _random = new(seed);
        _root = SandboxServer.NewFolder();
        founded.CopyTo(Data);
        WitnessPolicy.Write(
            new(Data),
            $"log {founded.Log}\nwitness w {witness.Verifier} {witness.Url}\nquorum w\n"
        );
    }

    /// <summary>What was done, and how often.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    private string Data => Path.Combine(_root, "data");

    private string Older => Path.Combine(_root, "older");

    private string Whole => Path.Combine(_root, "whole");

    private RunningOptions Options => new() { FreeBytesMin = 0 };

    public static async Task<Trial> StartAsync(
        FoundedFolder founded,
        int seed,
        CancellationToken cancel
    ) => new(founded, seed, await ServedWitness.StartAsync("w.example", founded.Log), cancel);

    public async Task RunAsync()
    {
        await ServeAsync(Data);
        for (var step = 0; step < Steps; step++)
        {
            Replace(Data, Older);
            await ServeAsync(Data);
            Replace(Data, Whole);
            await (
                _random.Next(7) switch
                {
                    0 => SetBackAsync(),
                    1 => ServeUnmarkedAsync(),
                    2 => ServeCopyAsync(),
                    3 => WriteByTwoAsync(),
                    4 => KillAsync(),
                    _ => TearAsync(),
                }
            );
        }

        await ServeAsync(Data);
    }

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    // A disk that was set back as a whole: lock and mark are those of then, and right.
    private async Task SetBackAsync()
    {
        Replace(Older, Data);
        PlaceMark.Write(new(Data));
        await RefusedAsync("set back as a whole");
        GoOn();
    }

    private async Task ServeUnmarkedAsync()
    {
        Replace(_random.Next(2) == 0 ? Older : Whole, Data);
        Unlock(Data);
        File.Delete(new DataFolder(Data).Place);
        await RefusedAsync("a copy without lock and mark");
        GoOn();
    }

    // The copy is given a mark of its own: it goes on while the original stands, which must then
    // stop.
    private async Task ServeCopyAsync()
    {
        var copy = Path.Combine(_root, "copy");
        Replace(Data, copy);
        Unlock(copy);
        PlaceMark.Write(new(copy));
        await ServeAsync(copy);
        await RefusedAsync("the original after its copy went on");
        Directory.Delete(Data, recursive: true);
        Directory.Move(copy, Data);
        PlaceMark.Write(new(Data));
    }

    private async Task WriteByTwoAsync()
    {
        Count("two servers, the locks deleted");
        var first = await StartAsync(Data);
        await FileAsync(first.Client, _random.Next(1, 3));
        Unlock(Data);
        var second = await StartAsync(Data);
        var both = new[] { first, second };
        for (var i = 0; i < 4; i++)
        {
            await TryFileAsync(both[_random.Next(2)].Client);
        }

        await Task.WhenAll(both.Select(one => TryFileAsync(one.Client)));
        await second.Authority.Witnesses.RoundAsync(_cancel);
        foreach (var one in _random.Next(2) == 0 ? both : both.Reverse())
        {
            await one.StopAsync();
        }

        Check(Data);
    }

    private async Task KillAsync()
    {
        Count("killed");
        var (process, url) = await ServerProcess.UpAsync(Data, _cancel);
        using var _ = process;
        using (var client = new HttpClient { BaseAddress = url })
        {
            await FileAsync(client, 1);
        }

        var filing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryFileAsync(url)));
        await Task.Delay(_random.Next(0, 40), _cancel);
        await ServerProcess.KillAsync(process);
        await filing;
        await ServeAsync(Data);
    }

    private async Task TearAsync()
    {
        var what = _random.Next(5) switch
        {
            0 => Truncate("authority.db"),
            1 => Zero(new DataFolder(Data).Database),
            2 => PutBack("authority.db"),
            3 => PutBack("authority.db", "authority.db.seal", "witnessed", "views.json"),
            _ => await TearLogAheadAsync(),
        };
        if (await TryServeAsync(Data))
        {
            Count($"{what}: served on");
            return;
        }

        Count($"{what}: refused");
        GoOn();
    }

    private string Truncate(string name)
    {
        using var file = File.OpenWrite(Path.Combine(Data, name));
        file.SetLength(_random.NextInt64(file.Length));
        return $"{Path.GetExtension(name)[1..]} cut short";
    }

    private string Zero(string path)
    {
        using var file = File.OpenWrite(path);
        var pages = file.Length / 8192;
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            file.Position = _random.NextInt64(pages) * 8192;
            file.Write(new byte[8192]);
        }

        return "pages of zeros";
    }

    private string PutBack(params string[] names)
    {
        foreach (var name in names.Where(name => File.Exists(Path.Combine(Older, name))))
        {
            File.Copy(Path.Combine(Older, name), Path.Combine(Data, name), overwrite: true);
        }

        return names.Length == 1 ? "an older db" : "an older db with all beside it";
    }

    // Killed with its write-ahead log on the disk, which is then cut, zeroed or another's.
    private async Task<string> TearLogAheadAsync()
    {
        var (process, url) = await ServerProcess.UpAsync(Data, _cancel);
        using var _ = process;
        using var client = new HttpClient { BaseAddress = url };
        await FileAsync(client, 2);
        var ahead = new DataFolder(Data).Database + "-wal";
        var early = await File.ReadAllBytesAsync(ahead, _cancel);
        await FileAsync(client, 2);
        await ServerProcess.KillAsync(process);
        Replace(Data, Whole);
        switch (_random.Next(3))
        {
            case 0:
                Truncate("authority.db-wal");
                return "db-wal cut short";
            case 1:
                Zero(ahead);
                return "db-wal with zeros";
            default:
                await File.WriteAllBytesAsync(ahead, early, _cancel);
                return "an older db-wal";
        }
    }

    // Witnesses ask for the newest before anything is done to the folder: what nobody else ever
    // saw, nobody can hold against a disk that was set back.
    private async Task ServeAsync(string path)
    {
        var server = await StartAsync(path);
        await FileAsync(server.Client, _random.Next(1, 5));
        await server.Authority.Witnesses.RoundAsync(_cancel);
        await server.StopAsync();
        await SeeWitnessAsync();
        Check(path);
    }

    private async Task<SandboxServer> StartAsync(string path)
    {
        var server = await SandboxServer.StartAsync(path, Options);
        server.Authority.Witnesses.Take(WitnessPolicy.Read(new(path))!);
        return server;
    }

    private async Task<bool> TryServeAsync(string path)
    {
        try
        {
            await ServeAsync(path);
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            SeePublished(path);
            return false;
        }
    }

    private async Task RefusedAsync(string what)
    {
        Assert.False(await TryServeAsync(Data), $"{what}: served");
        Count($"{what}: refused");
    }

    // What RunningAuthority answers to a folder that it does not write.
    private static bool IsRefusal(Exception e) =>
        e
            is PenRefusedException
                or CopiedFolderException
                or SequencerException
                or InvalidDataException
                or SqliteException
                or UnreadableEntryException
                or MissingDocumentException;

    private async Task TryFileAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        await TryFileAsync(client);
    }

    private async Task TryFileAsync(HttpClient client)
    {
        try
        {
            await FileAsync(client, 1);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException)
        {
            // A server that lost the pen, or its life, says so by not filing.
        }
    }

    private async Task FileAsync(HttpClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref _models);
            var act = Given.Model(_founded.Party, $"Tern {number}");
            var issuer = $"{_founded.Log.Name}#{_founded.Party}";
            var statement = Drafting.Compose(act, issuer, _founded.Key).Statement;
            using var content = new ReadOnlyMemoryContent(statement);
            content.Headers.ContentType = new("application/cose");
            using var answer = await client.PostAsync("/acts", content, _cancel);
            var text = await answer.Content.ReadAsStringAsync(_cancel);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(text);
            }

            See(await client.GetStringAsync("/log/checkpoint", _cancel));
            SeeProof(SandboxServer.Json(text).GetProperty("proof").GetString()!);
        }
    }

    private void GoOn()
    {
        Replace(Whole, Data);
        PlaceMark.Write(new(Data));
    }

    private void Count(string what) => Done[what] = Done.GetValueOrDefault(what) + 1;

    private static void Replace(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        Filed.Copy(from, to);
    }

    private static void Unlock(string path)
    {
        File.Delete(Path.Combine(path, "lock"));
        File.Delete(new DataFolder(path).Database + ".pen");
    }
}
