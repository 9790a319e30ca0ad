using System.Globalization;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>
/// Attachments that are sent for a party before their act, in parts, after the core of tus 1.0.0
/// with its extensions creation, expiration and termination; what a file will be is said by its
/// digest (RFC 9530).
/// </summary>
public static class UploadsApi
{
    private const string All = "/parties/{party}/uploads";
    private const string One = All + "/{digest}";
    private const string Type = "application/offset+octet-stream";
    private const string Offset = "Upload-Offset";
    private const string Length = "Upload-Length";
    private const string Version = "1.0.0";

    /// <summary>Maps it.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        RunningAuthority authority,
        HostOptions options
    )
    {
        var desk = authority.Uploads;
        routes
            .MapPost(All, (string party, HttpContext context) => Begin(party, context, authority))
            .WithName("begin-upload")
            .WithTags("Acts")
            .WithSummary("Begins to send a party's attachment in parts, or says how much is here.")
            .WithDescription(
                "Repr-Digest has the SHA-256 of 16 random bytes and the file (RFC 9530, "
                    + "sha-256=:BASE64:), Upload-Length how many bytes they have. Location says "
                    + "where the parts go, Upload-Offset how many bytes are here. File the act "
                    + "with POST /acts?uploads=true within seven days of the last part."
            )
            .Produces(201)
            .Produces(200)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(429);
        routes
            .MapMethods(
                One,
                [HttpMethods.Head],
                (string party, string digest, HttpContext context) =>
                    Say(party, digest, context, desk)
            )
            .WithName("upload")
            .WithTags("Acts")
            .WithSummary("How many bytes of an attachment are here: Upload-Offset.")
            .Produces(200)
            .ProducesProblem(404);
        routes
            .MapPatch(
                One,
                (string party, string digest, HttpContext context, CancellationToken _) =>
                    AppendAsync(party, digest, context, desk, options)
            )
            .WithName("send-upload")
            .WithTags("Acts")
            .WithSummary("Sends the next bytes of an attachment.")
            .WithDescription(
                "Upload-Offset says how many bytes are here. Those that came before a break are "
                    + "kept: ask how many they are, and go on from there."
            )
            .Accepts<byte[]>(Type)
            .Produces(204)
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(413);
        routes
            .MapDelete(
                One,
                (string party, string digest, HttpContext context) =>
                    Delete(party, digest, context, desk)
            )
            .WithName("delete-upload")
            .WithTags("Acts")
            .WithSummary("Lets what was sent of an attachment go.")
            .Produces(204)
            .ProducesProblem(404);
    }

    private static IResult Begin(string party, HttpContext context, RunningAuthority authority)
    {
        if (
            !ShortId.TryParse(party, PartyId.Letter, out var index)
            || authority.Intake.Current.World.Network.Parties.Find(new(index)) is null
        )
        {
            return context.Fail(new(Problems.NotFound, $"no party has the id {party}"));
        }

        var headers = context.Request.Headers;
        if (!TryReadDigest(headers["Repr-Digest"].ToString(), out var digest))
        {
            return context.Fail(
                new(Problems.BadRequest, "the digest is asked as sha-256=:BASE64: (RFC 9530)")
                {
                    Where = "Repr-Digest",
                }
            );
        }

        if (!TryReadCount(headers[Length].ToString(), out var length))
        {
            return context.Fail(Uncounted(Length));
        }

        var upload = authority.Uploads.Begin(
            new(index, digest),
            length,
            Asker.Of(context),
            out var isNew,
            out var problem
        );
        if (upload is null)
        {
            return context.Fail(problem!);
        }

        Tell(context, upload);
        context.Response.Headers.Location =
            $"/parties/{new PartyId(index)}/uploads/{digest.ToHex()}";
        return Results.StatusCode(isNew ? 201 : 200);
    }

    private static IResult Say(string party, string digest, HttpContext context, UploadDesk desk)
    {
        if (NameOf(party, digest) is not { } name || desk.Find(name) is not { } upload)
        {
            return context.Fail(None());
        }

        Tell(context, upload);
        return Results.StatusCode(200);
    }

    private static IResult Delete(
        string party,
        string digest,
        HttpContext context,
        UploadDesk desk
    ) =>
        NameOf(party, digest) is { } name && desk.Delete(name)
            ? Results.StatusCode(204)
            : context.Fail(None());

    private static async Task<IResult> AppendAsync(
        string party,
        string digest,
        HttpContext context,
        UploadDesk desk,
        HostOptions options
    )
    {
        var request = context.Request;
        if (!string.Equals(request.ContentType, Type, StringComparison.OrdinalIgnoreCase))
        {
            return context.Fail(FilingBody.NotThatType(request.ContentType));
        }

        if (!TryReadCount(request.Headers[Offset].ToString(), out var offset))
        {
            return context.Fail(Uncounted(Offset));
        }

        if (NameOf(party, digest) is not { } name)
        {
            return context.Fail(None());
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(options.BodyTimeout);
        try
        {
            var (step, now) = await desk.AppendAsync(name, offset, request.Body, late.Token);
            context.Response.Headers[Offset] = now.ToString(CultureInfo.InvariantCulture);
            return ResultOf(context, step, now, desk.Find(name));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return context.Fail(new(Problems.BadRequest, "the bytes did not come in time"));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return context.Fail(new(Problems.StorageFull, "the bytes could not be kept"));
        }
    }

    private static IResult ResultOf(HttpContext context, UploadStep step, long now, Upload? upload)
    {
        switch (step)
        {
            case UploadStep.Taken:
                Tell(context, upload);
                return Results.StatusCode(204);
            case UploadStep.Elsewhere:
                return context.Fail(
                    new(Problems.UploadElsewhere, $"{now} bytes are here") { Where = Offset }
                );
            case UploadStep.TooMuch:
                return context.Fail(
                    new(Problems.BodyTooLarge, "more bytes came than Upload-Length says")
                );
            case UploadStep.Wrong:
                return context.Fail(
                    new(
                        Problems.BadDocuments,
                        "what came has another digest, and is not kept. Begin anew"
                    )
                    {
                        Fault = "wrong-document",
                        Where = "Repr-Digest",
                    }
                );
            default:
                return context.Fail(None());
        }
    }

    private static void Tell(HttpContext context, Upload? upload)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Tus-Resumable"] = Version;
        if (upload is not null)
        {
            headers[Offset] = upload.Offset.ToString(CultureInfo.InvariantCulture);
            headers[Length] = upload.Length.ToString(CultureInfo.InvariantCulture);
            headers["Upload-Expires"] = (upload.At + UploadDesk.Kept).ToString(
                "R",
                CultureInfo.InvariantCulture
            );
        }
    }

    private static UploadName? NameOf(string party, string digest) =>
        ShortId.TryParse(party, PartyId.Letter, out var index)
        && Digest.TryParseHex(digest, out var named)
            ? new(index, named)
            : null;

    private static bool TryReadDigest(string header, out Digest digest)
    {
        const string Start = "sha-256=:";
        digest = default;
        var bytes = new byte[Digest.Size];
        if (
            !header.StartsWith(Start, StringComparison.Ordinal)
            || !header.EndsWith(':')
            || !Convert.TryFromBase64String(header[Start.Length..^1], bytes, out var read)
            || read != bytes.Length
        )
        {
            return false;
        }

        digest = new(bytes);
        return true;
    }

    private static bool TryReadCount(string header, out long count) =>
        long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static Problem None() =>
        new(Problems.NotFound, "nothing of this digest was sent, or it went since");

    private static Problem Uncounted(string header) =>
        new(Problems.BadRequest, "a number of bytes is asked") { Where = header };
}
