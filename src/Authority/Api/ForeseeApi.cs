using System.Buffers;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Web;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Network;
using Microsoft.AspNetCore.Http.Features;

namespace Concord.Authority.Api;

/// <summary>
/// What a file of acts would be told that nobody has signed yet: a line of answer for each row,
/// with the act as it would be signed. Nothing is logged, and nothing is kept.
/// </summary>
public static class ForeseeApi
{
    private const string Table = "text/csv";
    private const int RowsMax = 10_000;
    private const int BodyBytesMax = 16 << 20;
    private const int RequestsMax = 4;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        var places = new Places(RequestsMax, each: 1);
        routes
            .MapPost(
                "/acts/foresee",
                (HttpContext context, CancellationToken _) =>
                    JudgeAsync(context, authority, options, places)
            )
            .WithName("foresee")
            .WithTags("Acts")
            .WithSummary("Says of many unsigned acts what each would be told, a line for each.")
            .WithDescription(
                "The body is JSON Lines (an act, or an object with act and sealed_part, a line) or "
                    + "a table with commas, whose first record names the members. party and key "
                    + "say who would sign. Each row is judged as if those before it had been "
                    + "logged; the answer has the act's text and the id of its statement. At most "
                    + "10,000 rows and 16 MiB, one request of an address at a time."
            )
            .Accepts<byte[]>(BulkApi.MediaType, Table)
            .Produces(200, contentType: BulkApi.MediaType)
            .ProducesProblem(400)
            .ProducesProblem(415)
            .ProducesProblem(429);
    }

    private static async Task JudgeAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options,
        Places places
    )
    {
        var world = authority.Intake.Current.World;
        if (FaultIn(context, world, out var issuer, out var key) is { } fault)
        {
            await fault.WriteAsync(context);
            return;
        }

        await places.RunAsync(
            context,
            "other files are being judged",
            async () =>
            {
                var (lines, problem) = await ReadAsync(context, options);
                if (problem is not null)
                {
                    await problem.WriteAsync(context);
                    return;
                }

                context.Response.ContentType = BulkApi.MediaType;
                context.Response.Headers.CacheControl = "no-store";
                var run = new SupposedRun(world, issuer, key!);
                var rows = IsTable(context) ? ActRows.OfTable(lines) : ActRows.OfLines(lines);
                await AnswerAsync(context, run, rows);
            }
        );
    }

    private static bool IsTable(HttpContext context) =>
        context.Request.ContentType?.StartsWith(Table, StringComparison.OrdinalIgnoreCase) == true;

    private static Problem? FaultIn(
        HttpContext context,
        World world,
        out string issuer,
        out PublicKey? key
    )
    {
        (issuer, key) = ("", null);
        // No other site can send these here: a browser would ask first, and is told nothing.
        var type = context.Request.ContentType ?? "";
        if (!IsTable(context) && !type.StartsWith(BulkApi.MediaType, StringComparison.Ordinal))
        {
            return new(
                Problems.UnsupportedMediaType,
                $"rows come as {BulkApi.MediaType} or {Table}"
            );
        }

        var query = context.Request.Query;
        if (
            !ShortId.TryParse(query["party"], PartyId.Letter, out var index)
            || world.Network.Parties.Find(new(index)) is not { } party
        )
        {
            return new(Problems.BadQuery, "party is the id of a party") { Where = "party" };
        }

        if (
            !KeyId.TryParse(query["key"], out var id)
            || !party.Keys.Contains(id)
            || !world.Network.Keys[id].IsActive(world.At)
        )
        {
            return new(Problems.BadQuery, "key is the thumbprint of a key of the party")
            {
                Where = "key",
            };
        }

        issuer = world.Network.IssuerOf(new Speaker.Party(party.Id));
        key = world.Network.Keys[id].Key;
        return null;
    }

    private static async Task<(List<string> Lines, Problem? Problem)> ReadAsync(
        HttpContext context,
        HostOptions options
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = BodyBytesMax;
        var lines = new List<string>();
        var rows = 0;
        var isTable = IsTable(context);
        try
        {
            using var reader = new StreamReader(context.Request.Body, s_strict);
            while (rows <= RowsMax && await reader.ReadLineAsync(late.Token) is { } line)
            {
                lines.Add(line);
                // A record of a table may have many lines: its records are counted below.
                rows += isTable || string.IsNullOrWhiteSpace(line) ? 0 : 1;
            }
        }
        catch (DecoderFallbackException)
        {
            return ([], new(Problems.BadRequest, "the body is not UTF-8"));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return ([], new(Problems.BadRequest, "the body did not come in time"));
        }

        rows = isTable ? CsvRecords.Read(lines).Take(RowsMax + 2).Count() - 1 : rows;
        return rows is > 0 and <= RowsMax
            ? (lines, null)
            : ([], new(Problems.BadRequest, $"there are 1 to {RowsMax} rows in a file"));
    }

    private static async Task AnswerAsync(
        HttpContext context,
        SupposedRun run,
        IEnumerable<(int Line, ActRow? Row, ActFault? Fault)> rows
    )
    {
        foreach (var (line, row, fault) in rows)
        {
            Supposed supposed;
            await BulkApi.Judging.WaitAsync(context.RequestAborted);
            try
            {
                supposed = row is null ? Unread(fault!) : run.Judge(row);
            }
            finally
            {
                BulkApi.Judging.Release();
            }

            var buffer = new ArrayBufferWriter<byte>(2 << 10);
            Write(buffer, line, row, supposed, context.TraceIdentifier);
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }

    private static Supposed Unread(ActFault fault) =>
        new("unread", null)
        {
            Problem = new(Problems.BadAct, fault.Detail) { Fault = fault.Rule, Where = fault.Path },
        };

    private static void Write(
        ArrayBufferWriter<byte> buffer,
        int line,
        ActRow? row,
        Supposed supposed,
        string request
    )
    {
        using (var json = new Utf8JsonWriter(buffer, FilingApi.Unescaped))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("verdict", supposed.Word);
            if (row is not null)
            {
                json.WriteString("act", row.Type.Name);
                json.WriteString("does", row.Type.Says);
            }

            if (supposed.Act is { } act)
            {
                json.WriteString("filed", act.ToString());
            }

            if (supposed.Problem is { } problem)
            {
                json.WritePropertyName("problem");
                json.WriteRawValue(problem.ToJson(request).Span);
            }
            else if (supposed.Signed is { } signed)
            {
                WriteSigned(json, row!, signed, supposed);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    private static void WriteSigned(
        Utf8JsonWriter json,
        ActRow row,
        Signed signed,
        Supposed supposed
    )
    {
        json.WriteString("subject", signed.Statement.Subject);
        json.WriteString("id", signed.Statement.Id.ToHex());
        json.WriteString("text", row.Bytes.Span);
        if (signed.Statement.IsEnvelope)
        {
            json.WriteBoolean("sealed", value: true);
        }

        if (row.SealedPart is { } part)
        {
            json.WriteString("sealed_part", part.Span);
        }

        if (supposed is { Entry: { } entry, After: { } after })
        {
            json.WriteString(
                "says",
                ActSentence.Of(new Names(after, isLinked: false), entry).Plain()
            );
        }
    }
}
