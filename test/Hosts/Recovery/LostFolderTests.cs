using System.Net;
using System.Text.Json;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>
/// A data folder that is deleted under its running server, which writes into nobody else's.
/// </summary>
public sealed class LostFolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_whose_folder_is_gone_says_so_and_answers_for_nothing_more()
    {
        var filed = await Filed.StartAsync();
        await filed.FileAsync(3);
        Directory.Delete(filed.Folder.Path, recursive: true);

        var (status, health) = await HealthAsync(filed.Server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("data folder", health.GetProperty("why").GetString()!, Ordinal);
        await RefusedAsync(filed);
        await filed.StopAsync();
        Assert.False(Directory.Exists(filed.Folder.Path));
        await filed.DisposeAsync();
    }

    [Fact]
    public async Task A_server_writes_nothing_into_a_folder_that_was_restored_in_the_place_of_its_own()
    {
        var filed = await Filed.StartAsync();
        await filed.FileAsync(3);
        Filed.Copy(filed.Folder.Path, filed.At("copy"));
        Directory.Delete(filed.Folder.Path, recursive: true);
        Directory.Move(filed.At("copy"), filed.Folder.Path);
        PlaceMark.Write(filed.Folder);
        var before = Contents(filed.Folder.Path);

        await RefusedAsync(filed);
        await filed.StopAsync();

        Assert.Equal(before, Contents(filed.Folder.Path));
        await filed.UpAsync(filed.Folder.Path);
        await filed.FileAsync(1);
        await filed.StopAsync();
        await filed.VerifyAsync();
        await filed.DisposeAsync();
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static async Task RefusedAsync(Filed filed)
    {
        using var answer = await filed.Server.PostAsync(filed.Sign().Statement);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("/problems/log-stopped", text, Ordinal);
        Assert.Contains("\"logged\":false", text, Ordinal);
    }

    // It is looked at every second; how long that takes here is nobody's business.
    private static async Task<(HttpStatusCode, JsonElement)> HealthAsync(SandboxServer server)
    {
        while (true)
        {
            using var answer = await server.Client.GetAsync("/healthz", Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (answer.StatusCode, SandboxServer.Json(text));
            }

            await Task.Delay(100, Cancel);
        }
    }

    private static string[] Contents(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file} {Convert.ToHexString(Hash(file))}"),
        ];

    private static byte[] Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return System.Security.Cryptography.SHA256.HashData(stream);
    }
}
