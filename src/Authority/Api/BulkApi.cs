using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Microsoft.AspNetCore.Http.Features;

namespace Concord.Authority.Api;

/// <summary>
/// Many filings in one request, a line each, with a line of answer for each in the same order; or,
/// with <c>?dry=true</c>, what each would be told. It goes the one way in: every row is a filing of
/// its own, and one that was taken before gets its first receipt, so a file that broke off is sent
/// again whole.
/// </summary>
public static class BulkApi
{
    /// <summary>The media type of questions and answers.</summary>
    public const string MediaType = "application/jsonl";

    private const int RowsMax = 10_000;
    private const int BodyBytesMax = 32 << 20;
    private const int Together = 256;
    private const int RequestsMax = 4;
    private const int WrongMax = 1_000;

    /// <summary>
    /// One row of all files at a time: dry runs together take one processor at most.
    /// </summary>
    internal static SemaphoreSlim Judging { get; } = new(1, 1);

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        // Each file in hand is held in memory whole; who sends slowly keeps out nobody else.
        var places = new Places(RequestsMax, each: 1);
        routes
            .MapPost(
                "/acts/bulk",
                (HttpContext context, CancellationToken _) =>
                    FileAsync(context, authority, options, places)
            )
            .WithName("file-bulk")
            .WithTags("Acts")
            .WithSummary("Files many signed acts, a JSON line each, and answers a line for each.")
            .WithDescription(
                "A line has statement and, where they belong, act, sealed_part and attachments, "
                    + "in base64. At most 10,000 lines and 32 MiB, one request of an address at a "
                    + "time. With ?dry=true nothing is logged, and each row is judged as if those "
                    + "before it had been."
            )
            .Accepts<byte[]>(MediaType)
            .Produces(200, contentType: MediaType)
            .ProducesProblem(400)
            .ProducesProblem(429);
    }

    private static async Task FileAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options,
        Places places
    )
    {
        // A word that is misspelt must not file what was to be judged alone.
        if (!TryReadDry(context.Request.Query, out var isDry))
        {
            var unknown = new Problem(Problems.BadQuery, "the one parameter is dry, true or false");
            await (unknown with { Where = "dry" }).WriteAsync(context);
            return;
        }

        await places.RunAsync(
            context,
            "other files are being filed",
            async () =>
            {
                var (rows, problem) = await ReadAsync(context, options);
                if (problem is not null)
                {
                    await problem.WriteAsync(context);
                    return;
                }

                context.Response.ContentType = MediaType;
                context.Response.Headers.CacheControl = "no-store";
                var wrong = new WrongRows(WrongMax);
                context.Features.Set(wrong);
                await (
                    isDry
                        ? JudgeAsync(context, authority, rows, wrong)
                        : TakeAsync(context, authority, rows, wrong)
                );
            }
        );
    }

    private static bool TryReadDry(IQueryCollection query, out bool isDry)
    {
        isDry = query.TryGetValue("dry", out var word) && word == "true";
        return query.Keys.All(name => name is "dry")
            && (query.Count == 0 || isDry || word == "false");
    }

    private static async Task<(List<ReadOnlyMemory<byte>> Rows, Problem? Problem)> ReadAsync(
        HttpContext context,
        HostOptions options
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = BodyBytesMax;
        var rows = new List<ReadOnlyMemory<byte>>();
        try
        {
            await ReadRowsAsync(context.Request.BodyReader, rows, late.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return ([], new(Problems.BadRequest, "the body did not come in time"));
        }

        return rows.Count is > 0 and <= RowsMax
            ? (rows, null)
            : ([], new(Problems.BadRequest, $"there are 1 to {RowsMax} rows in a file"));
    }

    // Each row in memory of its own: a file in one piece would be a large object, and of large
    // objects the collector holds everybody up.
    private static async Task ReadRowsAsync(
        PipeReader body,
        List<ReadOnlyMemory<byte>> rows,
        CancellationToken cancel
    )
    {
        // How much of the row that is still coming has no end in it: it is looked at once.
        var seen = 0L;
        while (rows.Count <= RowsMax)
        {
            var read = await body.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rows.Count <= RowsMax && rest.Slice(seen).PositionOf((byte)'\n') is { } end)
            {
                Add(rest.Slice(0, end), rows);
                rest = rest.Slice(rest.GetPosition(1, end));
                seen = 0;
            }

            seen = rest.Length;

            if (read.IsCompleted)
            {
                Add(rest, rows);
                rest = rest.Slice(rest.End);
            }

            body.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static void Add(ReadOnlySequence<byte> line, List<ReadOnlyMemory<byte>> rows)
    {
        var bytes = line.ToArray();
        if (!bytes.AsSpan().Trim(" \r\t"u8).IsEmpty)
        {
            rows.Add(bytes);
        }
    }

    private static async Task JudgeAsync(
        HttpContext context,
        RunningAuthority authority,
        List<ReadOnlyMemory<byte>> rows,
        WrongRows wrong
    )
    {
        var run = authority.Intake.Dry();
        for (var row = 0; row < rows.Count; row++)
        {
            var verdict =
                wrong.TooMany is { } over ? new(null, over, null)
                : BulkRow.TryParse(rows[row], out var received, out var problem)
                    ? await JudgeAsync(run, received, authority, context.RequestAborted)
                : new(null, problem, null);
            wrong.Count(verdict.Problem);
            await WriteAsync(context, row + 1, verdict);
        }
    }

    private static async Task<DryVerdict> JudgeAsync(
        DryRun run,
        Received received,
        RunningAuthority authority,
        CancellationToken cancel
    )
    {
        while (true)
        {
            DryVerdict verdict;
            await Judging.WaitAsync(cancel);
            try
            {
                verdict = run.Judge(received);
            }
            finally
            {
                Judging.Release();
            }

            if (!WaitsItsTurn(verdict.Problem, out var after))
            {
                return verdict;
            }

            await Task.Delay(after, authority.Time, cancel);
        }
    }

    // One key's bound is not a fault of the row.
    private static bool WaitsItsTurn(Problem? problem, out TimeSpan after)
    {
        after = problem?.RetryAfter ?? TimeSpan.Zero;
        return problem is { RetryAfter: not null, Type.Status: 429 };
    }

    private static async Task TakeAsync(
        HttpContext context,
        RunningAuthority authority,
        List<ReadOnlyMemory<byte>> rows,
        WrongRows wrong
    )
    {
        // So many at once that commits are full, in order, so that a row may build on those before.
        var waiting = new Queue<Task<FilingOutcome>>();
        var answered = 0;
        foreach (var row in rows)
        {
            waiting.Enqueue(
                wrong.TooMany is { } over
                    ? Task.FromResult<FilingOutcome>(new FilingOutcome.NotTaken(over))
                    : RowAsync(authority, row, context.RequestAborted)
            );
            if (waiting.Count == Together)
            {
                await WriteNextAsync(await waiting.Dequeue());
            }
        }

        while (waiting.TryDequeue(out var last))
        {
            await WriteNextAsync(await last);
        }

        Task WriteNextAsync(FilingOutcome outcome)
        {
            wrong.Count((outcome as FilingOutcome.NotTaken)?.Problem);
            return WriteAsync(context, ++answered, outcome);
        }
    }

    private static async Task<FilingOutcome> RowAsync(
        RunningAuthority authority,
        ReadOnlyMemory<byte> row,
        CancellationToken cancel
    )
    {
        if (!BulkRow.TryParse(row, out var received, out var problem))
        {
            return new FilingOutcome.NotTaken(problem);
        }

        while (true)
        {
            var outcome = await authority.Intake.FileAsync(received, cancel);
            if (!WaitsItsTurn((outcome as FilingOutcome.NotTaken)?.Problem, out var after))
            {
                return outcome;
            }

            await Task.Delay(after, authority.Time, cancel);
        }
    }

    private static Task WriteAsync(HttpContext context, int row, DryVerdict verdict) =>
        WriteAsync(
            context,
            row,
            json =>
            {
                if (verdict.Act is { } act)
                {
                    json.WriteString("act", act);
                }

                if (verdict.Problem is { } problem)
                {
                    WriteProblem(json, problem, context, isRefused: verdict.Act is not null);
                }
                else
                {
                    json.WriteString("verdict", verdict.Word);
                }
            }
        );

    private static Task WriteAsync(HttpContext context, int row, FilingOutcome outcome) =>
        WriteAsync(
            context,
            row,
            json =>
            {
                switch (outcome)
                {
                    case FilingOutcome.Filed filed:
                        json.WriteString("verdict", filed.IsDuplicate ? "duplicate" : "filed");
                        FilingApi.WriteMembers(json, filed);
                        break;
                    case FilingOutcome.Refused refused:
                        WriteProblem(json, FilingApi.Refusal(refused), context, isRefused: true);
                        break;
                    case FilingOutcome.NotTaken notTaken:
                        WriteProblem(json, notTaken.Problem, context, isRefused: false);
                        break;
                }
            }
        );

    private static async Task WriteAsync(
        HttpContext context,
        int row,
        Action<Utf8JsonWriter> members
    )
    {
        var buffer = new ArrayBufferWriter<byte>(4 << 10);
        using (var json = new Utf8JsonWriter(buffer, FilingApi.Unescaped))
        {
            json.WriteStartObject();
            json.WriteNumber("row", row);
            members(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void WriteProblem(
        Utf8JsonWriter json,
        Problem problem,
        HttpContext context,
        bool isRefused
    )
    {
        json.WriteString("verdict", isRefused ? "refused" : "not-taken");
        json.WritePropertyName("problem");
        json.WriteRawValue(problem.ToJson(context.TraceIdentifier).Span);
    }
}
