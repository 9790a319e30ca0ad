using System.Diagnostics;
using Concord.Authority;
using Concord.Hosts.Api;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// A disk that takes nothing more, as the kernel says it: a real small file system that is full, or
/// mounted for reading alone.
/// </summary>
public sealed class DiskFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_nearly_full_disk_takes_no_filing_says_so_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        await using var filed = await Filed.StartAsync(
            new() { FreeBytesMin = 4 << 20 },
            disk.At("data")
        );
        await filed.FileAsync(3);
        disk.Remount("size=24m");
        disk.Fill(leaving: 2 << 20);

        var full = await TryAsync(filed);
        disk.Clear();

        Assert.Contains("storage-full", full, StringComparison.Ordinal);
        await filed.FileAsync(3);
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_disk_that_fills_within_a_commit_forks_nothing_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        var options = new RunningOptions { FreeBytesMin = 0 };
        await using var filed = await Filed.StartAsync(options, disk.At("data"));
        await filed.FileAsync(3);
        disk.Remount("size=24m");
        disk.Fill(leaving: 0);

        string said;
        var tries = 0;
        do
        {
            said = await TryAsync(filed);
        } while (said.Length == 0 && ++tries < 2_000);

        Assert.Matches("storage-full|store-failed|log-stopped", said);
        disk.Clear();
        await filed.StopAsync();
        await filed.UpAsync(disk.At("data"), options);
        await filed.FileAsync(3);
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    [Fact]
    public async Task A_disk_for_reading_alone_refuses_to_open_and_to_file_and_goes_on_later()
    {
        using var disk = SmallDisk.Mount();
        var options = new RunningOptions { FreeBytesMin = 0 };
        await using var filed = await Filed.StartAsync(options, disk.At("data"));
        await filed.FileAsync(3);
        await filed.StopAsync();
        disk.Remount("ro");

        var up = await filed.RunAsync(
            "up",
            "--data",
            filed.Folder.Path,
            "--port",
            "0",
            "--no-open"
        );

        Assert.Equal(1, up.Code);
        Assert.Contains("Read-only file system", up.Error, StringComparison.OrdinalIgnoreCase);
        disk.Remount("rw");
        await filed.UpAsync(disk.At("data"), options);
        await filed.FileAsync(3);
        await filed.StopAsync();
        await filed.VerifyAsync();
    }

    /// <summary>What the server says to a filing that it does not take; empty where it
    /// does.</summary>
    private static async Task<string> TryAsync(Filed filed)
    {
        try
        {
            await filed.FileAsync(1);
            return string.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            return e.Message;
        }
    }

    /// <summary>A file system of its own in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _path = SandboxServer.NewFolder();

        /// <summary>Mounts one with the room that founding asks for.</summary>
        public static SmallDisk Mount()
        {
            var disk = new SmallDisk();
            var code = Run("mount", "-t", "tmpfs", "-o", "size=400m", "none", disk._path);
            Assert.SkipWhen(
                code != 0,
                "Only who may mount a file system can fill one: run as root."
            );
            return disk;
        }

        public string At(string name) => Path.Combine(_path, name);

        public void Fill(long leaving)
        {
            using var file = File.Create(At("filler"));
            var block = new byte[4096];
            var drive = new DriveInfo(_path);
            try
            {
                while (drive.AvailableFreeSpace > leaving)
                {
                    file.Write(block);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Full, as was asked.
            }
        }

        public void Clear() => File.Delete(At("filler"));

        public void Remount(string how) =>
            Assert.Equal(0, Run("mount", "-o", $"remount,{how}", _path));

        public void Dispose()
        {
            Run("umount", "-l", _path);
            Directory.Delete(_path, recursive: true);
        }

        private static int Run(string program, params string[] words)
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, words)
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
