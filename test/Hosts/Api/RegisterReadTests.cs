using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Authority.Web.Tables;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>The register as data, and where the page of an act leads.</summary>
public sealed class RegisterReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What the page of the register can be asked, the same address as data can.
    [Fact]
    public async Task The_register_as_data_answers_by_law_answer_status_and_order()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), Cancel);
        foreach (var name in (string[])["Tern C", "Tern A", "Gull B"])
        {
            await server.FileAsync(server.Sign(party, key, Given.Model(party, name)));
        }

        async Task<List<string>> NamesAsync(string question) =>
            [
                .. (await server.ReadAsync("/register?search=tern+labs&" + question))
                    .GetProperty("models")
                    .EnumerateArray()
                    .Select(model => model.GetProperty("name").GetString()!),
            ];

        var answers = new List<string>();
        foreach (var answer in RegisterQuestion.AnswerWords.Keys)
        {
            answers.AddRange(await NamesAsync($"law=concord-default&answer={answer}"));
        }

        Assert.Equal(["Gull B", "Tern A", "Tern C"], await NamesAsync("sort=filed&limit=10"));
        Assert.Equal(["Gull B", "Tern A", "Tern C"], await NamesAsync("sort=name"));
        Assert.Equal(
            ["Tern A", "Tern C"],
            await NamesAsync("sort=filed&limit=2&before=" + await FirstAsync())
        );
        Assert.Empty(await NamesAsync("status=reported"));
        Assert.Equal(["Gull B", "Tern A", "Tern C"], answers.Order(StringComparer.Ordinal));

        async Task<string> FirstAsync() =>
            (await server.ReadAsync("/register?sort=filed&limit=1"))
                .GetProperty("models")[0]
                .GetProperty("id")
                .GetString()!;
    }

    [Fact]
    public async Task The_register_as_data_says_whether_models_are_only_near()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Guillemot Labs", PartyRole.Developer);
        await server.FileAsync(server.Sign(party, key, Given.Model(party, "Razorbill 2")));

        foreach (
            var (search, isNear, total) in (List<(string, bool, int)>)
                [
                    ("razorbill", false, 1),
                    ("2 labs guillemot", false, 1),
                    ("razorbil 2", false, 1),
                    ("rasorbill", true, 1),
                    ("Gillemot", true, 1),
                    ("puffin", false, 0),
                ]
        )
        {
            var found = await server.ReadAsync("/register?search=" + Uri.EscapeDataString(search));
            Assert.Equal(isNear, found.GetProperty("near").GetBoolean());
            Assert.Equal(total, found.GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task The_register_as_data_has_the_order_of_its_page()
    {
        await using var server = await SandboxServer.StartAsync();
        await Sandbox.FurnishAsync(server.Authority, new Progress<FurnishingStep>(), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/register");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await server.Client.SendAsync(request, Cancel);
        var page = await response.Content.ReadAsStringAsync(Cancel);

        async Task<List<string>> IdsAsync(string address) =>
            [
                .. (await server.ReadAsync(address))
                    .GetProperty("models")
                    .EnumerateArray()
                    .Select(model => model.GetProperty("id").GetString()!),
            ];

        var shown = Regex
            .Matches(page, "/models/(M-[0-9A-Z]{4}-[0-9A-Z]{4})")
            .Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var first = await server.ReadAsync("/register");
        Assert.Equal(RegisterQuestion.PageSize, shown.Count);
        Assert.Equal(shown, await IdsAsync("/register"));
        Assert.Equal(shown, await IdsAsync("/register?sort=compute"));
        Assert.Equal(
            await IdsAsync("/register?limit=100"),
            [.. shown, .. await IdsAsync(first.GetProperty("next").GetString()!)]
        );
    }

    // Whoever reads an act must see that it was taken back.
    [Fact]
    public async Task The_page_of_an_act_leads_to_what_was_filed_about_it_since()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        async Task<ActId> FileAsync(Act act) =>
            new(
                (await server.FileAsync(server.Sign(party, key, act)))
                    .GetProperty("index")
                    .GetInt64()
            );
        async Task<string> PageAsync(ActId act)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/acts/{act}");
            request.Headers.Accept.ParseAdd("text/html");
            using var page = await server.Client.SendAsync(request, Cancel);
            return await page.Content.ReadAsStringAsync(Cancel);
        }

        var model = await FileAsync(Given.Model(party, "Tern 1"));
        var before = await PageAsync(model);
        var withdrawn = await FileAsync(new Withdraw { Target = model, Reason = "Never trained." });

        Assert.DoesNotContain("Filed about it since", before, StringComparison.Ordinal);
        Assert.Contains(
            $"href=\"/acts/{withdrawn}\"",
            await PageAsync(model),
            StringComparison.Ordinal
        );
    }
}
