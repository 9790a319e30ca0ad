using System.Text;
using Concord.Acts.Network;
using Concord.Authority.Witnesses;
using Concord.Hosts.Api;
using Concord.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Concord.Hosts.Witnesses;

/// <summary>
/// What a log makes of each answer that a witness may give (C2SP tlog-witness): nothing is
/// witnessed by what is no cosignature, the fault is public, and filing goes on.
/// </summary>
public sealed class WitnessAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "", "without a cosignature")]
    [InlineData(200, "\u2014 w.example AAAAAAAA\n", "without a cosignature")]
    [InlineData(400, "", "the request is not as it expects")]
    [InlineData(403, "", "does not know the key")]
    [InlineData(404, "", "does not witness this log")]
    [InlineData(409, "", "without a size")]
    [InlineData(409, "no number\n", "without a size")]
    [InlineData(409, "1\n", "another size each time")]
    [InlineData(409, "99999\n", "it was taken back")]
    [InlineData(422, "", "a tree that this one does not contain")]
    [InlineData(429, "", "429")]
    [InlineData(500, "", "500")]
    [InlineData(503, "", "503")]
    public async Task No_answer_but_a_cosignature_witnesses_a_log(
        int status,
        string body,
        string fault
    )
    {
        await using var server = await SandboxServer.StartAsync();
        await using var witness = await AnsweringAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, Cancel);
        });

        var state = await AskedAsync(server, witness);

        Assert.Contains(fault, state.Fault, StringComparison.Ordinal);
        Assert.Null(server.Authority.Witnesses.Newest);
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);
    }

    [Fact]
    public async Task A_witness_that_never_answers_is_given_up_and_filing_goes_on()
    {
        await using var server = await SandboxServer.StartAsync();
        var never = new TaskCompletionSource();
        await using var witness = await AnsweringAsync(_ => never.Task);

        var state = await AskedAsync(server, witness);
        never.SetResult();
        await server.AdmitAsync("Tern Labs", PartyRole.Developer);

        Assert.Contains("did not answer", state.Fault, StringComparison.Ordinal);
    }

    private static async Task<WitnessState> AskedAsync(SandboxServer server, WebApplication witness)
    {
        using var key = NoteSigner.GenerateWitness("w.example");
        var text =
            $"log {server.Authority.File.VerifierKey}\n"
            + $"witness w {key.Verifier} {witness.Urls.First()}\nquorum w\n";
        Assert.True(
            TlogPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var fault),
            fault
        );
        server.Authority.Witnesses.Take(policy);
        await server.Authority.Witnesses.RoundAsync(Cancel);
        return server.Authority.Witnesses.Witnesses[0].State;
    }

    private static async Task<WebApplication> AnsweringAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(Cancel);
        return app;
    }
}
