using System.Net;
using System.Text.Json;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

public sealed class FilingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filed_act_gets_a_receipt_that_verifies_offline_and_is_seen_on_every_read()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var received = server.Sign(party, key, Given.Model(party, "Tern 1"));

        using var response = await server.PostAsync(received.Statement);

        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        using var json = JsonDocument.Parse(text);
        var answer = json.RootElement;
        var subject = answer.GetProperty("subject").GetString();
        Assert.True(
            TlogProof.TryParse(answer.GetProperty("proof").GetString(), out var proof, out _)
        );
        Assert.True(NoteVerifier.TryParse(server.Authority.File.VerifierKey, out var log, out _));
        Assert.True(
            proof.Verify(received.Statement.Span, log, out var checkpoint, out var fault),
            fault
        );
        Assert.Equal(server.Origin, checkpoint.Origin);

        var model = await server.ReadAsync($"/models/{subject}");
        Assert.Equal("Tern 1", model.GetProperty("name").GetString());
        var act = await server.ReadAsync($"/acts/{answer.GetProperty("id").GetString()}");
        Assert.Equal("registry/register-model/1", act.GetProperty("act").GetString());
        var register = await server.ReadAsync("/register");
        Assert.Equal(1, register.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_furnished_sandbox_holds_the_rulebooks_and_the_public_reports_once()
    {
        await using var server = await SandboxServer.StartAsync();
        var steps = new List<FurnishingStep>();
        await Sandbox.FurnishAsync(server.Authority, new Steps(steps), Cancel);
        var size = server.Authority.Intake.Current.Size;

        await Sandbox.FurnishAsync(server.Authority, new Steps(steps), Cancel);

        var world = server.Authority.Intake.Current.World;
        Assert.Equal(659, world.Registry.Models.Count);
        Assert.InRange(world.Size - size, 0, 10);
        Assert.Contains(steps, step => step.Done == 659 && step.Of == 659);
    }

    internal sealed class Steps(List<FurnishingStep> steps) : IProgress<FurnishingStep>
    {
        public void Report(FurnishingStep value) => steps.Add(value);
    }
}
