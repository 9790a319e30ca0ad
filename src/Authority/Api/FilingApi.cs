using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>The one way in: <c>POST /acts</c>.</summary>
public static class FilingApi
{
    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    ) =>
        routes
            .MapPost(
                "/acts",
                (HttpContext context, CancellationToken _) => FileAsync(context, authority, options)
            )
            .WithName("file")
            .WithTags("Acts")
            .WithSummary("Files a signed act and answers with its receipt.")
            .WithDescription(
                "The body is a statement (application/cose), or multipart/form-data with the parts "
                    + "statement, act (a sealed act), sealed_part and attachment (16 random bytes "
                    + "and the file; several). The same act by the same issuer gets the first "
                    + "receipt and 200 instead of 201. With ?uploads=true attachments that are "
                    + "not in the body are taken from what was sent to /parties/{party}/uploads."
            )
            .Accepts<byte[]>("application/cose", "multipart/form-data")
            .Produces<Receipted>(201)
            .Produces<Receipted>(200)
            .ProducesProblem(400)
            .ProducesProblem(422)
            .ProducesProblem(503);

    /// <summary>The answer to a filing that is in the log.</summary>
    /// <param name="Index">The log index.</param>
    /// <param name="Id">The act's id.</param>
    /// <param name="StatementId">The id of the statement that is in the log.</param>
    /// <param name="Act">The wire name of the act.</param>
    /// <param name="Subject">The id of what the act made.</param>
    /// <param name="Receipt">The COSE receipt (RFC 9942), base64.</param>
    /// <param name="Proof">The C2SP tlog-proof.</param>
    /// <param name="Duplicate">True where the same issuer said the same before.</param>
    public sealed record Receipted(
        long Index,
        string Id,
        string StatementId,
        string Act,
        string? Subject,
        string Receipt,
        string Proof,
        bool? Duplicate
    );

    // Base64 and notes are full of «+» and «—», which JSON itself need not escape (RFC 8259 §7).
    internal static readonly JsonWriterOptions Unescaped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task FileAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options
    )
    {
        // A word that is misspelt must not let attachments be missing.
        var hasUploads = context.Request.QueryString.Value is "?uploads=true";
        if (context.Request.QueryString.HasValue && !hasUploads)
        {
            var unknown = new Problem(Problems.BadQuery, "the one parameter is uploads, true");
            await (unknown with { Where = "uploads" }).WriteAsync(context);
            return;
        }

        switch (await TakeAsync(context, authority, options, hasUploads))
        {
            case FilingOutcome.Filed filed:
                await WriteAsync(context, filed);
                break;
            case FilingOutcome.Refused refused:
                await Refusal(refused).WriteAsync(context);
                break;
            case FilingOutcome.NotTaken notTaken:
                await notTaken.Problem.WriteAsync(context);
                break;
        }
    }

    /// <summary>Reads what a request files, and files it.</summary>
    internal static async Task<FilingOutcome> TakeAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options,
        bool hasUploads = false
    )
    {
        if (!hasUploads && FilingBody.ReadAtOnce(context.Request) is { } whole)
        {
            return await FileAsync(whole, context, authority);
        }

        if (!hasUploads && !FilingBody.MayBeLarge(context.Request))
        {
            return await ReadAndFileAsync(context, authority, options);
        }

        var address = Asker.Of(context);
        var large = context.RequestServices.GetRequiredService<Places>();
        if (!large.TryTake(address))
        {
            await RequestLimits.LateAsync(context);
            return new FilingOutcome.NotTaken(
                new(Problems.TooManyRequests, "other large filings are being read")
                {
                    RetryAfter = TimeSpan.FromSeconds(2),
                }
            );
        }

        try
        {
            return await ReadAndFileAsync(context, authority, options, hasUploads);
        }
        finally
        {
            large.GiveBack(address);
        }
    }

    private static async Task<FilingOutcome> ReadAndFileAsync(
        HttpContext context,
        RunningAuthority authority,
        HostOptions options,
        bool hasUploads = false
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        var (received, problem) = await ReadAsync(context, authority.Intake, late.Token);
        return received is null
                ? new FilingOutcome.NotTaken(
                    problem ?? new(Problems.BadRequest, "there is no body")
                )
            : hasUploads ? await JoinAndFileAsync(received, context, authority)
            : await FileAsync(received, context, authority);
    }

    // Whose signature is wrong has nothing read for it.
    private static async Task<FilingOutcome> JoinAndFileAsync(
        Received received,
        HttpContext context,
        RunningAuthority authority
    )
    {
        var (named, problem) = authority.Intake.Named(received.Statement, received.Document);
        if (named is null)
        {
            return new FilingOutcome.NotTaken(problem!);
        }

        var owner = OwnerOf(received, authority);
        var names = named.Select(digest => new UploadName(owner, digest)).ToList();
        var (joined, missing) = authority.Uploads.Join(received, names);
        if (joined is null)
        {
            return new FilingOutcome.NotTaken(missing!);
        }

        var outcome = await FileAsync(joined, context, authority);
        if (outcome is FilingOutcome.Filed)
        {
            names.ForEach(authority.Uploads.Release);
        }

        return outcome;
    }

    // Whose key signed, whatever the issuer is said to be; nobody has the index -1.
    private static long OwnerOf(Received received, RunningAuthority authority) =>
        Statement.TryParse(received.Statement, out var statement, out _)
        && authority.Intake.Current.World.Network.Keys.Find(statement.Key)
            is { Speaker: Speaker.Party party }
            ? party.Id.Index
            : -1;

    private static async Task<FilingOutcome> FileAsync(
        Received received,
        HttpContext context,
        RunningAuthority authority
    )
    {
        var outcome = await authority.Intake.FileAsync(received, context.RequestAborted);
        if (outcome is FilingOutcome.NotTaken { Problem.Type.Status: 429 })
        {
            await RequestLimits.LateAsync(context);
        }

        return outcome;
    }

    private static async Task<(Received?, Problem?)> ReadAsync(
        HttpContext context,
        Intake intake,
        CancellationToken cancel
    )
    {
        try
        {
            return await FilingBody.ReadAsync(context.Request, intake.Named, cancel);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, new(Problems.BadRequest, "the body did not come in time"));
        }
        catch (Exception e)
            when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return (null, new(Problems.BadMultipart, "the parts break off or are not well formed"));
        }
    }

    /// <summary>The problem of a refusal.</summary>
    internal static Problem Refusal(FilingOutcome.Refused refused) =>
        ProblemOf(refused.Refusal) with
        {
            SignedRefusal = refused.Signed,
        };

    /// <summary>The problem of a refusal that nobody has signed.</summary>
    internal static Problem ProblemOf(Concord.Rooms.Refusal refusal) =>
        new(Problems.OfRefusal(refusal.Code), refusal.Detail)
        {
            Fault = refusal.Code,
            Rule = refusal.Rule,
            Source = refusal.Source,
            Where = refusal.Where,
            Remedy = refusal.Remedy,
            Facts = refusal.Facts,
        };

    private static async Task WriteAsync(HttpContext context, FilingOutcome.Filed filed)
    {
        var response = context.Response;
        response.StatusCode = filed.IsDuplicate ? 200 : 201;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Location = $"/acts/{filed.Id}";
        response.Headers.CacheControl = "no-store";

        // Nothing is sent before the flush, so the length is known when the headers go.
        response.ContentLength = Write(response.BodyWriter, filed);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static long Write(IBufferWriter<byte> body, FilingOutcome.Filed filed)
    {
        using var json = new Utf8JsonWriter(body, Unescaped);
        json.WriteStartObject();
        WriteMembers(json, filed);
        if (filed.IsDuplicate)
        {
            json.WriteBoolean("duplicate", true);
        }

        json.WriteEndObject();
        json.Flush();
        return json.BytesCommitted;
    }

    /// <summary>Writes what says where an act is in the log, and proves it.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, FilingOutcome.Filed filed)
    {
        json.WriteNumber("index", filed.Index);
        json.WriteString("id", filed.Id.ToString());
        json.WriteString("statement_id", filed.StatementId.ToString());
        json.WriteString("act", filed.Act);
        if (filed.Subject is { } subject)
        {
            json.WriteString("subject", subject);
        }

        json.WriteBase64String("receipt", filed.Receipt.Span);
        json.WriteString("proof", filed.Proof.ToString());
    }
}
