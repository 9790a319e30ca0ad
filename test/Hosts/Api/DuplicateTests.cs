using System.Collections.Concurrent;
using System.Net;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>The same issuer says the same twice: one entry, the first receipt.</summary>
public sealed class DuplicateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_act_signed_again_gets_the_first_receipt_also_after_a_restart()
    {
        var first = await SandboxServer.StartAsync();
        var (party, key) = await first.AdmitAsync("Tern Labs", PartyRole.Developer);
        var act = Given.Model(party, "Tern 1");
        var statement = first.Sign(party, key, act);
        var again = first.Sign(party, key, act);
        Assert.NotEqual(statement.Statement.ToArray(), again.Statement.ToArray());
        using var created = await first.PostAsync(statement.Statement);
        await first.FileAsync(first.Sign(party, key, Given.Model(party, "Tern 2")));
        using var known = await first.PostAsync(again.Statement);
        await first.StopAsync();
        await using var server = await SandboxServer.StartAsync(first.Path);
        using var later = await server.PostAsync(again.Statement);

        var (one, two, three) = (
            SandboxServer.Json(await created.Content.ReadAsStringAsync(Cancel)),
            SandboxServer.Json(await known.Content.ReadAsStringAsync(Cancel)),
            SandboxServer.Json(await later.Content.ReadAsStringAsync(Cancel))
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.True(two.GetProperty("duplicate").GetBoolean());
        foreach (
            var member in (string[])["index", "id", "statement_id", "subject", "receipt", "proof"]
        )
        {
            Assert.Equal(one.GetProperty(member).ToString(), two.GetProperty(member).ToString());
            Assert.Equal(one.GetProperty(member).ToString(), three.GetProperty(member).ToString());
        }
    }

    [Fact]
    public async Task Ten_thousand_at_once_make_one_entry_and_get_one_receipt()
    {
        await using var server = await SandboxServer.StartAsync(
            running: new() { Limits = new() { SignerBurst = 1e9 } }
        );
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var act = Given.Model(party, "Tern 1");
        var signed = Enumerable.Range(0, 50).Select(_ => server.Sign(party, key, act)).ToArray();
        var outcomes = new ConcurrentBag<FilingOutcome.Filed>();

        await Parallel.ForAsync(
            0,
            10_000,
            new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = Cancel },
            async (i, cancel) =>
            {
                var outcome = await server.Authority.Intake.FileAsync(signed[i % 50], cancel);
                outcomes.Add(Assert.IsType<FilingOutcome.Filed>(outcome));
            }
        );

        Assert.Equal(10_000, outcomes.Count);
        Assert.Single(outcomes, outcome => !outcome.IsDuplicate);
        Assert.Single(
            outcomes
                .Select(one => (one.Index, one.StatementId, Convert.ToHexString(one.Receipt.Span)))
                .Distinct()
        );
        Assert.Single(
            outcomes.Select(one => one.Proof.ToString()).Distinct(StringComparer.Ordinal)
        );
        Assert.Equal(1, server.Authority.Intake.Current.World.Registry.Models.Count);
    }

    [Fact]
    public async Task Four_hundred_at_once_over_http_make_one_entry_and_get_one_receipt()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var act = Given.Model(party, "Tern 1");
        var answers = new ConcurrentBag<(HttpStatusCode Status, string Receipt)>();

        await Parallel.ForAsync(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel },
            async (_, cancel) =>
            {
                using var response = await server.PostAsync(server.Sign(party, key, act).Statement);
                var text = await response.Content.ReadAsStringAsync(cancel);
                var receipt = SandboxServer.Json(text).GetProperty("receipt").GetString();
                answers.Add((response.StatusCode, receipt!));
            }
        );

        Assert.Single(answers, one => one.Status == HttpStatusCode.Created);
        Assert.Equal(399, answers.Count(one => one.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(one => one.Receipt).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, server.Authority.Intake.Current.World.Registry.Models.Count);
    }
}
