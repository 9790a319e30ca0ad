using System.Xml.Linq;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Whoever follows a feed hears of every public act once, and of nothing sealed.</summary>
public sealed class FeedTests
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_is_atom_with_whole_addresses_and_ids_that_stay()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern & Sons <Labs>", PartyRole.Developer);
        var model = await FileAsync(server, party, key, Given.Model(party, "Tern 1"));

        foreach (
            var path in (string[])
                [
                    "/feeds/acts",
                    "/feeds/register",
                    $"/feeds/models/{new ModelId(model)}",
                    $"/feeds/parties/{party}",
                ]
        )
        {
            var feed = await ReadAsync(server, path);

            Assert.Equal(s_atom + "feed", feed.Name);
            Assert.Equal($"https://{server.Origin}{path}", One(feed, "id"));
            Assert.Equal(Whole(server, path), Link(feed, "self"));
            Assert.StartsWith(Whole(server, "/"), Link(feed, "alternate"), Ordinal);
            Assert.NotEmpty(feed.Element(s_atom + "author")!.Element(s_atom + "name")!.Value);
            var newest = feed.Elements(s_atom + "entry").First();
            Assert.Equal($"https://{server.Origin}/acts/{new ActId(model)}", One(newest, "id"));
            Assert.Equal("Tern & Sons <Labs> registered Tern 1", One(newest, "title"));
            Assert.Equal(One(newest, "updated"), One(feed, "updated"));
            Assert.Equal(
                server.Authority.Index.TickOf(model)!.Value.ToDateTimeOffset(),
                DateTimeOffset.Parse(
                    One(newest, "updated"),
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
            Assert.Equal(Whole(server, $"/acts/{new ActId(model)}"), Link(newest, "alternate"));
        }
    }

    [Fact]
    public async Task What_is_due_within_a_week_is_in_a_feed_and_what_is_due_later_is_not()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var near = new ModelId(await FileAsync(server, party, key, Given.Model(party, "Tern 1")));
        var far = new ModelId(await FileAsync(server, party, key, Given.Model(party, "Tern 2")));
        var now = server.Authority.Intake.Current.World.At;
        var end = now + TimeSpan.FromDays(3);
        foreach (
            var (model, until) in ((ModelId, Measures.Instant)[])
                [(near, end), (far, now + TimeSpan.FromDays(30))]
        )
        {
            foreach (var (institution, number, name) in SandboxKeys.Deciding.Take(2))
            {
                using var officer = server.Authority.Keys.Read(name);
                await server.Authority.FileAsync(
                    new Rooms.Network.Speaker.Officer(institution, SandboxKeys.OfficerName(number)),
                    new Certify
                    {
                        Joint = new()
                        {
                            Kind = JointKind.Officers,
                            K = 2,
                            Epoch = 1,
                        },
                        Target = SubjectId.Of(model),
                        Reason = "The case was accepted",
                        Conditions = [],
                        Until = until,
                    },
                    officer,
                    Cancel
                );
            }
        }

        var feed = await ReadAsync(server, "/feeds/due");
        Assert.Equal(Whole(server, "/due"), Link(feed, "alternate"));
        var entry = Assert.Single(
            feed.Elements(s_atom + "entry"),
            one => One(one, "title").Contains("certificate", Ordinal)
        );
        Assert.EndsWith("The certificate of Tern 1 ends", One(entry, "title"), Ordinal);
        Assert.Equal(Whole(server, $"/standing/{near}"), Link(entry, "alternate"));
        Assert.Equal(
            (end - TimeSpan.FromDays(7)).ToDateTimeOffset(),
            DateTimeOffset.Parse(
                One(entry, "updated"),
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
    }

    [Fact]
    public async Task Pages_of_a_feed_tell_every_act_but_the_clocks_once_newest_first()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        for (var i = 0; i < 60; i++)
        {
            await FileAsync(server, party, key, Given.Model(party, $"Tern {i}"));
        }

        var size = server.Authority.Intake.Current.Size;
        var index = server.Authority.Index;
        var acts = Enumerable
            .Range(0, (int)size - 1)
            .Where(i => index.TypeOf(i).Record != typeof(Tick))
            .Reverse()
            .Select(i => $"https://{server.Origin}/acts/{new ActId(i)}")
            .ToList();
        var told = new List<string>();
        var pages = 0;
        string? next = $"/feeds/acts?before={new ActId(size - 1)}";
        while (next is not null)
        {
            var feed = await ReadAsync(server, next);
            told.AddRange(feed.Elements(s_atom + "entry").Select(entry => One(entry, "id")));
            Assert.Equal(Whole(server, "/feeds/acts"), Link(feed, "first"));
            next = LinkOr(feed, "next") is { } at ? new Uri(at).PathAndQuery : null;
            pages++;
        }

        Assert.True(pages >= 2);
        Assert.Equal(acts, told);
    }

    [Fact]
    public async Task The_register_s_feed_tells_of_changes_and_of_nothing_else()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (other, _) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var model = await FileAsync(server, party, key, Given.Model(party, "Tern 1"));
        var withdrawn = await FileAsync(
            server,
            party,
            key,
            new Withdraw { Target = new(model), Reason = "Never trained." }
        );

        var told = (await ReadAsync(server, "/feeds/register")).Elements(s_atom + "entry").ToList();

        Assert.Equal(
            [withdrawn, model],
            told.Select(entry =>
                ShortId.TryParse(One(entry, "id").Split('/')[^1], ActId.Letter, out var index)
                    ? index
                    : -1
            )
        );
        Assert.Equal("Never trained.", One(told[0], "summary"));
        Assert.Equal(Whole(server, $"/models/{new ModelId(model)}"), Link(told[0], "related"));
        Assert.Single(
            (await ReadAsync(server, $"/feeds/parties/{other}")).Elements(s_atom + "entry")
        );
    }

    [Theory]
    [InlineData("/feeds/models/M-0000-0000", 404)]
    [InlineData("/feeds/parties/nobody", 404)]
    [InlineData("/feeds/laws/none-such", 404)]
    [InlineData("/feeds/acts?before=yesterday", 400)]
    public async Task What_is_not_there_has_no_feed(string address, int status)
    {
        await using var server = await SandboxServer.StartAsync();

        using var response = await server.Client.GetAsync(address, Cancel);

        Assert.Equal(status, (int)response.StatusCode);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static async Task<long> FileAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        Act act
    ) => (await server.FileAsync(server.Sign(party, key, act))).GetProperty("index").GetInt64();

    private static async Task<XElement> ReadAsync(SandboxServer server, string path) =>
        XElement.Parse(await server.Client.GetStringAsync(path, Cancel));

    private static string Whole(SandboxServer server, string path) =>
        new Uri(server.Client.BaseAddress!, path).ToString();

    private static string One(XElement of, string name) =>
        Assert.Single(of.Elements(s_atom + name)).Value;

    private static string Link(XElement of, string relation) =>
        LinkOr(of, relation) ?? throw new InvalidOperationException($"there is no link {relation}");

    private static string? LinkOr(XElement of, string relation) =>
        of.Elements(s_atom + "link")
            .SingleOrDefault(link => (string?)link.Attribute("rel") == relation)
            ?.Attribute("href")
            ?.Value;
}
