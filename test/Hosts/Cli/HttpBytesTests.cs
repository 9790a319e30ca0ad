using System.IO.Compression;
using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>Weights on a server, by ranges, from a real one.</summary>
public sealed class HttpBytesTests : IAsyncLifetime
{
    private const int Length = 1 << 20;

    private static readonly byte[] s_file = WeightsOpenerTests.Tensor("a", Length);

    private static readonly byte[] s_model = SafetensorsFile.Write(
        Untrained.Llama(1, width: 128, hidden: 256)
    );

    private readonly HttpClient _http = HttpBytes.Client();
    private readonly WebApplication _server = Server();
    private string _tag = "\"one\"";

    public async ValueTask InitializeAsync()
    {
        _server.MapGet(
            "/m/a.safetensors",
            () =>
                Results.Bytes(
                    s_file,
                    entityTag: new EntityTagHeaderValue(_tag),
                    enableRangeProcessing: true
                )
        );
        _server.MapGet(
            "/m/model.safetensors.index.json",
            () =>
                Results.Bytes(
                    """{"weight_map":{"a":"a.safetensors"}}"""u8.ToArray(),
                    enableRangeProcessing: true
                )
        );
        _server.MapGet(
            "/n/a.safetensors",
            () => Results.Bytes(s_model, enableRangeProcessing: true)
        );
        _server.MapGet("/whole", () => Results.Bytes(s_file));
        _server.MapGet("/moved", () => Results.Redirect("/m/a.safetensors"));
        _server.MapGet("/round", () => Results.Redirect("/round"));
        _server.MapGet("/out", () => Results.Redirect("file:///etc/passwd"));
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/m/a.safetensors")]
    [InlineData("/moved")]
    [InlineData("/m/model.safetensors.index.json")]
    public void A_file_on_a_server_is_read_by_ranges(string path)
    {
        var budget = Budget();
        using var model = Open(path, budget);

        var tensor = Assert.Single(model.Contents!.Tensors);
        Assert.InRange(budget.BytesRead, 1, 600_000);
        var bytes = new byte[tensor.ByteLength];
        tensor.Source.Fill(tensor.Offset, bytes);
        Assert.All(bytes, value => Assert.Equal((byte)'a', value));
    }

    [Theory]
    [InlineData("/whole", "the server does not serve ranges of files")]
    [InlineData("/round", "the server sends on more than 5 times")]
    [InlineData("/out", "the server sends on to file:, which is not followed")]
    [InlineData("/nothing", "the server does not have it")]
    public void What_is_not_served_by_ranges_is_refused_with_the_reason(string path, string reason)
    {
        using var model = Open(path, Budget());

        Assert.StartsWith(reason, model.Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_noticed()
    {
        using var model = Open("/m/a.safetensors", Budget());
        var tensor = Assert.Single(model.Contents!.Tensors);

        _tag = "\"two\"";

        var fault = Assert.Throws<WeightsFault>(() =>
            tensor.Source.Fill(tensor.Offset, new byte[Length])
        );
        Assert.Contains("the file was changed while it was read", fault.Reason);
    }

    [Fact]
    public async Task An_address_and_an_archive_are_scanned_like_a_folder()
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("scanned-").FullName;
        var model = Path.Combine(folder, "m", "a.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(model)!);
        await File.WriteAllBytesAsync(model, s_model, cancel);
        var archive = Path.Combine(folder, "m.zip");
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(folder, "m"), archive, cancel);

        var here = await ScanAsync(folder, model);
        var there = await ScanAsync(folder, _server.Urls.Single() + "/n/a.safetensors");
        var packed = await ScanAsync(folder, archive);
        var nothing = await ConcordProgram.RunAsync(
            folder,
            ["scan", _server.Urls.Single() + "/nothing.safetensors"]
        );

        Assert.Equal(here.Weights, there.Weights);
        Assert.Equal(here.Weights, packed.Weights);
        Assert.Equal(here.Files, there.Files);
        Assert.Equal(here.Files, packed.Files);
        Assert.EndsWith("/n/a.safetensors", there.Name, StringComparison.Ordinal);
        Assert.EndsWith("m.zip/a.safetensors", packed.Name, StringComparison.Ordinal);
        Assert.Equal(10, nothing.Code);
        Assert.Contains(
            "the server does not have it",
            nothing.Output + nothing.Error,
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(string Name, string Weights, string Files)> ScanAsync(
        string folder,
        string what
    )
    {
        var run = await ConcordProgram.RunAsync(folder, ["scan", what, "--json"]);
        var model = run.Json.GetProperty("models")[0];
        return (
            model.GetProperty("name").GetString()!,
            model.GetProperty("weights").GetRawText(),
            model.GetProperty("files")[0].GetProperty("sha256").GetString()!
        );
    }

    private OpenedWeights Open(string path, ReadingBudget budget) =>
        Assert.Single(new WeightsOpener(_http, budget).Open(_server.Urls.Single() + path));

    private static ReadingBudget Budget() => ReadingBudget.Ample(TimeProvider.System);

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        return server;
    }
}
