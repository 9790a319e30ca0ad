using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Hosts.Witnesses;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Hosts.Python;

/// <summary>
/// An outage that officers sign with the command line: the page says it, and the second verifier
/// folds the same standing.
/// </summary>
public sealed class OutageStandingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_that_officers_file_moves_a_certificate_alike_in_both_verifiers()
    {
        await using var watched = await WatchedAuthority.StartAsync(TimeSpan.FromMinutes(150));
        for (var hour = 0; hour < 4; hour++)
        {
            watched.Truth.Passed += TimeSpan.FromHours(1);
            await watched.FileAsync();
        }

        Assert.Equal(StandingState.Registered, watched.Standing);
        var work = SandboxServer.NewFolder();
        var outage = new Outage
        {
            Joint = ClockResume.Terms(watched.Server.Authority.Intake.Current.World.Network),
            From = watched.Tick - TimeSpan.FromHours(2),
            To = watched.Tick,
            Reason = "The line was cut.",
        };
        await File.WriteAllBytesAsync(
            Path.Combine(work, "outage.json"),
            ActJson.Write(outage),
            Cancel
        );
        var id = "";
        foreach (var (_, _, name) in SandboxKeys.Deciding)
        {
            var filed = await ConcordProgram.RunAsync(
                work,
                "file",
                "outage.json",
                "--json",
                "--key",
                watched.Server.Authority.Keys.File(name),
                "--authority",
                watched.Server.Client.BaseAddress!.ToString()
            );
            id = filed.Done().Json.GetProperty("id").GetString();
        }

        Assert.Equal(StandingState.Certified, watched.Standing);
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/acts/{id}");
        ask.Headers.Accept.ParseAdd("text/html");
        using var page = await watched.Server.Client.SendAsync(ask, Cancel);
        Assert.Contains(
            "let the clocks that run for a party stand still from",
            await page.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );

        var (code, said) = await SecondVerifierTests.RunAsync(
            SecondVerifierTests.Interpreter,
            [],
            "-m",
            "mutation.standings",
            "--data",
            watched.Server.Path,
            "--url",
            watched.Server.Client.BaseAddress!.ToString().TrimEnd('/')
        );
        Assert.True(code == 0, said);
        Assert.Contains("\"subjects\": 1", said, StringComparison.Ordinal);
        Directory.Delete(work, recursive: true);
    }
}
