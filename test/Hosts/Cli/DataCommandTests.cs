using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Concord.Hosts.Stories;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>
/// What is read out of a data folder beside a running server: exports, checks, keys, schemas.
/// </summary>
public sealed class DataCommandTests(SandboxOnce sandbox) : IClassFixture<SandboxOnce>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_register_is_exported_alike_in_three_formats_that_others_read()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);
        foreach (var ending in (string[])["jsonl", "csv", "parquet"])
        {
            (await RunAsync(stage, "export", "register." + ending)).Done();
        }

        var lines = (await ReadAsync(stage, "register.jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToList();
        var table = await ThroughPythonAsync(stage, "register.csv");
        var columns = await ThroughNodeAsync(stage, "register.parquet");

        Assert.Equal(659, lines.Count);
        Assert.Equal(Cells(lines), Cells(table));
        Assert.Equal(Cells(lines), Cells(columns));
    }

    [Fact]
    public async Task The_register_goes_to_standard_output_when_no_file_is_named()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);

        var run = (await RunAsync(stage, "export", "--format", "csv")).Done();

        Assert.StartsWith("id,name,", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(stage, "export", "register.xlsx")).Code);
    }

    [Fact]
    public async Task A_flipped_byte_is_named_by_fsck_and_repaired_once_the_server_is_stopped()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);
        var data = Path.Combine(stage.Work, "concord-data");
        (await RunAsync(stage, "fsck")).Done();
        await stage.StopAsync();
        var tile = Directory
            .EnumerateFiles(Path.Combine(data, "log", "tile", "0"), "*", EveryFolder)
            .Order(StringComparer.Ordinal)
            .First();
        var bytes = await File.ReadAllBytesAsync(tile, Cancel);
        bytes[77] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes, Cancel);

        var damaged = await RunAsync(stage, "fsck", "--json");
        var repaired = await RunAsync(stage, "fsck", "--repair");

        Assert.Equal(7, damaged.Code);
        Assert.Contains(
            "tile/0/" + Path.GetFileName(tile),
            damaged.Json.GetProperty("findings")[0].GetProperty("place").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, repaired.Code);
        (await RunAsync(stage, "fsck")).Done();
    }

    [Fact]
    public async Task Replay_prints_the_digests_of_the_running_server_and_judges_as_it_judged()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);

        var run = (await RunAsync(stage, "replay", "--judge", "--json")).Done().Json;
        var earlier = (await RunAsync(stage, "replay", "--size", "20", "--json")).Done().Json;

        Assert.True(run.GetProperty("same_as_server").GetBoolean());
        Assert.Equal(0, run.GetProperty("judged_otherwise").GetArrayLength());
        Assert.NotEqual(
            run.GetProperty("views")[0].GetProperty("digest").GetString(),
            earlier.GetProperty("views")[0].GetProperty("digest").GetString()
        );
    }

    [Fact]
    public async Task The_verifier_key_is_the_same_from_the_folder_and_from_the_server()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);
        var url = (await RunAsync(stage, "log", "vkey", "--json")).Done().Json;
        using var file = JsonDocument.Parse(await ReadAsync(stage, "concord-data/authority.json"));
        var server = file.RootElement.GetProperty("url").GetString()!;

        var asked = await RunAsync(stage, "log", "vkey", "--json", "--authority", server);

        Assert.Equal(url.ToString(), asked.Done().Json.ToString());
    }

    [Fact]
    public async Task Every_act_has_a_schema_under_its_wire_name_and_its_short_one()
    {
        await using var stage = Stage.Create();
        var acts = (await RunAsync(stage, "schema", "--json")).Done().Json;
        var names = acts.EnumerateArray()
            .Select(act => act.GetProperty("act").GetString()!)
            .ToList();

        Assert.Contains("registry/register-model/1", names);
        var schema = (await RunAsync(stage, "schema", "registry/register-model")).Done().Json;
        Assert.Equal("registry/register-model/1", schema.GetProperty("title").GetString());
        Assert.Equal(4, (await RunAsync(stage, "schema", "registry/forget")).Code);
    }

    [Fact]
    public async Task A_joint_act_signed_by_two_keys_is_one_JSON_document()
    {
        await using var stage = await Stage.CopyAsync(sandbox.Stage, Cancel);
        (await RunAsync(stage, "key", "new", "tern")).Done();
        (
            await RunAsync(
                stage,
                [.. "party new Tern --country CH --role developer --key tern.pem".Split(' ')]
            )
        ).Done();
        var model = (
            await RunAsync(
                stage,
                [.. "register Tern --modality text --key tern.pem --json".Split(' ')]
            )
        )
            .Done()
            .Json.GetProperty("subject")
            .GetString()!;

        var run = await RunAsync(stage, "suspend", model, "--reason", "Found open", "--json");

        Assert.Equal(2, run.Done().Json.GetProperty("filed").GetArrayLength());
        Assert.Equal(1, (await RunAsync(stage, "standing", model)).Code);
    }

    private static EnumerationOptions EveryFolder { get; } = new() { RecurseSubdirectories = true };

    private static Task<ConcordProgram.Run> RunAsync(Stage stage, params string[] words) =>
        ConcordProgram.RunAsync(stage.Work, words);

    private static Task<string> ReadAsync(Stage stage, string file) =>
        File.ReadAllTextAsync(Path.Combine(stage.Work, file), Cancel);

    /// <summary>Every cell as text; what is absent is empty.</summary>
    private static List<string> Cells(IEnumerable<JsonElement> rows) =>
        [
            .. rows.Select(row =>
                string.Join(
                    '|',
                    row.EnumerateObject()
                        .Select(member => (Name: Plain(member.Name), Text: TextOf(member.Value)))
                        .Where(member => member.Text.Length > 0)
                        .OrderBy(member => member.Name, StringComparer.Ordinal)
                        .Select(member => $"{member.Name}={member.Text}")
                )
            ),
        ];

    private static string Plain(string name) => name.ToLowerInvariant();

    private static string TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };

    private static Task<List<JsonElement>> ThroughPythonAsync(Stage stage, string file) =>
        ReaderAsync(
            stage.Work,
            "python3",
            "-c",
            "import csv, json, sys\n"
                + "print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='')))))",
            Path.Combine(stage.Work, file)
        );

    private static Task<List<JsonElement>> ThroughNodeAsync(Stage stage, string file) =>
        ReaderAsync(
            Repository.Root,
            "node",
            "--input-type=module",
            "-e",
            "import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';\n"
                + "const file = await asyncBufferFromFile(process.argv[1]);\n"
                + "console.log(JSON.stringify(await parquetReadObjects({ file })));",
            Path.Combine(stage.Work, file)
        );

    private static async Task<List<JsonElement>> ReaderAsync(
        string folder,
        string program,
        params string[] words
    )
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        return JsonSerializer.Deserialize<List<JsonElement>>(output)!;
    }
}
