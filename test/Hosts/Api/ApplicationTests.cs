using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Admission;
using Concord.Authority.Foundation;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Concord.Measures;
using Concord.Stores;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>
/// Applications that wait: turned down with a reason, let go after 30 days, and bounded, for each
/// address and in all.
/// </summary>
public sealed class ApplicationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_registrar_turns_one_down_by_a_signed_request_and_its_status_says_why()
    {
        await using var server = await SandboxServer.StartAsync();
        var status = await ApplyAsync(server);
        var before = await PageAsync(server, status);
        Assert.Contains("waits to be admitted", before, StringComparison.Ordinal);

        var work = Directory.CreateTempSubdirectory("concord-close-").FullName;
        string[] how =
        [
            "--key",
            server.Authority.Keys.File(server.Authority.Keys.NamesOf(KeyFolder.Registrar)[^1]),
            "--authority",
            server.Client.BaseAddress!.ToString(),
        ];
        var shown = await ConcordProgram.RunAsync(work, ["party", "applications", .. how]);
        Assert.Contains("1 Gull Labs, CH", shown.Done().Output, StringComparison.Ordinal);
        string[] words = ["party", "close", "1", "--why", "the <b>seat</b> is not there", .. how];
        (await ConcordProgram.RunAsync(work, words)).Done();
        var again = await ConcordProgram.RunAsync(work, words);
        Assert.Equal(1, again.Code);
        Assert.Contains("application-answered", again.Error, StringComparison.Ordinal);
        Directory.Delete(work, recursive: true);

        var page = await PageAsync(server, status);
        Assert.Contains("Gull Labs is not admitted", page, StringComparison.Ordinal);
        Assert.Contains(
            "The &lt;b&gt;seat&lt;/b&gt; is not there.",
            page,
            StringComparison.Ordinal
        );
        Assert.Empty(Waiting(server));
    }

    [Fact]
    public async Task Nobody_else_closes_one_and_a_request_is_good_once_for_its_address()
    {
        await using var server = await SandboxServer.StartAsync();
        await ApplyAsync(server);
        await ApplyAsync(server);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        using var registrar = server.Authority.Keys.Read(KeyFolder.Registrar);
        using var officer = server.Authority.Keys.Read(SandboxKeys.Deciding[0].KeyName);
        var authority = $"{server.Origin}#authority";
        var (house, number, _) = SandboxKeys.Deciding[0];
        var desk = $"{server.Origin}#officer/{house}/{SandboxKeys.OfficerName(number)}";

        var request = Request(server, "/applications/1/close", "no seat");
        await ExpectAsync(server, request.Sign($"{server.Origin}#{party}", own), 404);
        await ExpectAsync(server, request.Sign(authority, own), 401);
        var other = Request(server, "/applications/2/close", "no seat");
        await ExpectAsync(server, other.Sign(authority, registrar), 401, "/applications/1/close");
        var old = request with { At = server.Authority.Now - TimeSpan.FromMinutes(3) };
        await ExpectAsync(server, old.Sign(authority, registrar), 401);
        var none = request with { Said = new Dictionary<string, string>() };
        await ExpectAsync(server, none.Sign(authority, registrar), 400);
        var longer = Request(server, "/applications/1/close", new string('a', 301));
        await ExpectAsync(server, longer.Sign(authority, registrar), 400);
        Assert.Equal(2, Waiting(server).Count);

        var signed = request.Sign(desk, officer);
        await ExpectAsync(server, signed, 200);
        await ExpectAsync(server, signed, 401);
        Assert.Equal(2, Assert.Single(Waiting(server)).Number);
        await ExpectAsync(
            server,
            Request(server, "/applications/7/close", "x").Sign(desk, officer),
            404,
            "/applications/7/close"
        );
    }

    [Fact]
    public async Task One_address_leaves_five_and_a_closed_one_makes_room_after_a_restart_too()
    {
        var path = SandboxServer.NewFolder();
        var first = await SandboxServer.StartAsync(path);
        for (var i = 0; i < ApplicationDesk.MostOfAddress; i++)
        {
            await ApplyAsync(first);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(first));
        await first.StopAsync();

        // Started again, the server has no bucket of the address, and still knows what waits.
        await using var server = await SandboxServer.StartAsync(path);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server));
        var world = server.Authority.Intake.Current.World;
        Assert.True(server.Authority.Applications.Close(world, 3, "twice"));
        await ApplyAsync(server);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(server));
    }

    [Fact]
    public async Task The_form_is_shut_at_so_many_that_wait_and_open_again_after_thirty_days()
    {
        await using var server = await SandboxServer.StartAsync();
        var world = server.Authority.Intake.Current.World;
        var act = Act(server);
        var time = new GivenTime(DateTimeOffset.UnixEpoch.AddYears(60));
        var file = Path.Combine(SandboxServer.NewFolder(), "applications.db");
        using var store = new ApplicationStore(file);
        var desk = new ApplicationDesk(store, time);
        string Network(int i) => $"n{i / ApplicationDesk.MostOfNetwork}";

        for (var i = 0; i < ApplicationDesk.Most; i++)
        {
            Assert.True(desk.TryKeep(world, act, ($"a{i}", Network(i)), out _, out _));
        }

        Assert.False(desk.TryKeep(world, act, ("b1", "m1"), out _, out var after));
        Assert.Equal(TimeSpan.FromDays(1), after);
        Assert.True(desk.Close(world, 7, "no"));
        Assert.False(desk.TryKeep(world, act, ("b2", "n1"), out _, out _));
        Assert.True(desk.TryKeep(world, act, ("b3", "m1"), out var token, out _));
        Assert.False(desk.TryKeep(world, act, ("b4", "m1"), out _, out _));

        time.Now += ApplicationDesk.Kept - TimeSpan.FromSeconds(1);
        Assert.Equal(ApplicationDesk.Most, desk.Waiting(world).Count);
        Assert.NotNull(desk.OfStatus(token));
        time.Now += TimeSpan.FromSeconds(2);
        Assert.Empty(desk.Waiting(world));
        Assert.Null(desk.OfStatus(token));
        Assert.Null(desk.Find(7));
        Assert.True(desk.TryKeep(world, act, ("b5", "m1"), out _, out _));
    }

    private static IReadOnlyList<Application> Waiting(SandboxServer server) =>
        server.Authority.Applications.Waiting(server.Authority.Intake.Current.World);

    private static PostRequest Request(SandboxServer server, string path, string why) =>
        new(path, server.Authority.Now, new Dictionary<string, string> { ["why"] = why });

    private static async Task ExpectAsync(
        SandboxServer server,
        ReadOnlyMemory<byte> signed,
        int status,
        string path = "/applications/1/close"
    )
    {
        using var content = new ReadOnlyMemoryContent(signed);
        content.Headers.ContentType = new("application/cose");
        using var answer = await server.Client.PostAsync(path, content, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static async Task<string> ApplyAsync(SandboxServer server)
    {
        using var content = new ReadOnlyMemoryContent(Act(server));
        content.Headers.ContentType = new("application/json");
        using var answer = await server.Client.PostAsync("/applications", content, Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var said = await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel);
        return said!["status"]!.GetValue<string>();
    }

    private static async Task<HttpStatusCode> StatusAsync(SandboxServer server)
    {
        using var content = new ReadOnlyMemoryContent(Act(server));
        content.Headers.ContentType = new("application/json");
        using var answer = await server.Client.PostAsync("/applications", content, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> PageAsync(SandboxServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static ReadOnlyMemory<byte> Act(SandboxServer server)
    {
        using var key = StatementSigner.Create();
        return ActJson.Write(
            new AdmitParty
            {
                Name = "Gull Labs",
                Country = "CH",
                Roles = [PartyRole.Developer],
                Keys =
                [
                    new()
                    {
                        Key = PublicKey.Webauthn(
                            key.PublicKey.X.Span,
                            key.PublicKey.Y.Span,
                            "localhost",
                            [server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)]
                        ),
                        Holder = "compliance",
                        Role = KeyRole.Administrator,
                    },
                ],
            }
        );
    }

    private sealed class GivenTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
