using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Crash;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// A new build gets the pen when it folds the stored log to the stored digests, and not before.
/// </summary>
public sealed class UpgradeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_whose_fold_was_changed_is_denied_the_pen_and_writes_nothing()
    {
        var folder = await ServedAsync();
        var (before, note) = (ViewPin.Read(new(folder))!, Note(folder));
        var program = ChangedProgram();

        var (code, said) = await RunAsync(program, folder);

        Assert.True(code == 7, $"exit {code}\n{said}");
        Assert.Contains("folds the log otherwise", said, StringComparison.Ordinal);
        Assert.Contains("concord replay --keep", said, StringComparison.Ordinal);
        Assert.Equal(note, Note(folder));
        Assert.Equal(before.Build, ViewPin.Read(new(folder))!.Build);
    }

    [Fact]
    public async Task A_new_build_that_folds_alike_gets_the_pen_and_keeps_its_own_digests()
    {
        var folder = await ServedAsync();
        var data = new DataFolder(folder);
        var pin = ViewPin.Read(data)!;
        (pin with { Build = "another build" }).Write(data);

        await using (await SandboxServer.StartAsync(folder))
        {
            var kept = ViewPin.Read(data)!;
            Assert.Equal(ViewPin.ThisBuild, kept.Build);
            Assert.True(kept.Size >= pin.Size);
        }
    }

    [Fact]
    public async Task Digests_that_the_log_does_not_give_keep_another_build_from_the_pen()
    {
        var folder = await ServedAsync();
        var data = new DataFolder(folder);
        var pin = ViewPin.Read(data)!;
        var changed = pin.Views[0] with { Digest = Digest.Of("otherwise"u8).ToString() };
        (pin with { Build = "another build", Views = [changed, .. pin.Views.Skip(1)] }).Write(data);

        await Assert.ThrowsAsync<PenRefusedException>(() => SandboxServer.StartAsync(folder));
        var (kept, _) = await ServerProcess.RunAsync(Cancel, "replay", "--keep", "--data", folder);
        Assert.Equal(0, kept);
        await using var server = await SandboxServer.StartAsync(folder);
        Assert.Equal(ViewPin.ThisBuild, ViewPin.Read(data)!.Build);
    }

    // An older copy of everything that is looked at first, and the digests of a later run.
    [Fact]
    public async Task A_log_shorter_than_the_last_run_saw_it_is_not_gone_on_with()
    {
        var folder = await ServedAsync();
        var data = new DataFolder(folder);
        var pin = ViewPin.Read(data)!;
        (pin with { Size = pin.Size + 1 }).Write(data);

        var refused = await Assert.ThrowsAsync<PenRefusedException>(() =>
            SandboxServer.StartAsync(folder)
        );

        Assert.Contains("entries are missing", refused.Message, StringComparison.Ordinal);
        pin.Write(data);
        await using var server = await SandboxServer.StartAsync(folder);
    }

    // A sandbox that served and stopped, with a certificate among its acts.
    private static async Task<string> ServedAsync()
    {
        var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", Acts.Network.PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Tern 1")));
        await server.StopAsync();
        return server.Authority.Folder.Path;
    }

    private static string Note(string folder) =>
        File.ReadAllText(Path.Combine(folder, "log", "checkpoint"));

    // The program with one instruction of one fold changed: registered models count as reported.
    private static string ChangedProgram()
    {
        var program = Directory.CreateTempSubdirectory("concord-changed-").FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        foreach (var name in Directory.EnumerateDirectories(AppContext.BaseDirectory))
        {
            Directory.CreateSymbolicLink(Path.Combine(program, Path.GetFileName(name)), name);
        }

        var rooms = Path.Combine(program, "Concord.Rooms.dll");
        var bytes = File.ReadAllBytes(rooms);
        var (start, length) = BodyOf(bytes, "Model", "get_Standing");
        var place = bytes.AsSpan(start, length).IndexOf(s_bornRegistered);
        Assert.True(place >= 0, "the standing of a model is not read as it was");
        bytes[start + place] = LoadReported;
        File.WriteAllBytes(rooms, bytes);
        return program;
    }

    // ldc.i4.0 loads Reported, ldc.i4.1 Registered (ECMA-335 III.3.40); callvirt follows.
    private const byte LoadReported = 0x16;
    private static readonly byte[] s_bornRegistered = [0x17, 0x6f];

    private static (int Start, int Length) BodyOf(byte[] assembly, string type, string method)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        var metadata = reader.GetMetadataReader();
        var definition = metadata
            .TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Single(one => metadata.GetString(one.Name) == type)
            .GetMethods()
            .Select(metadata.GetMethodDefinition)
            .First(one => metadata.GetString(one.Name) == method);
        var address = definition.RelativeVirtualAddress;
        var section = reader.PEHeaders.SectionHeaders[
            reader.PEHeaders.GetContainingSectionIndex(address)
        ];
        var start = address - section.VirtualAddress + section.PointerToRawData;
        return (start, reader.GetMethodBody(address).Size);
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string folder)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var word in (string[])
                [
                    Path.Combine(program, "Concord.Cli.dll"),
                    "up",
                    "--data",
                    folder,
                    "--port",
                    "0",
                    "--no-open",
                    "--no-witnesses",
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await said + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "it took the pen");
        }
    }
}
