using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Authority.Web;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Applications for admission: anybody files one, registrar and officers read.</summary>
public static class ApplicationsApi
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapPost(
                "/applications",
                (HttpContext context, CancellationToken _) => ApplyAsync(context, authority)
            )
            .WithName("apply")
            .WithTags("Network")
            .WithSummary(
                "Applies for admission as a party; answers with the address of its status."
            )
            .WithDescription(
                "The body is the act network/admit-party/1 that would admit it, with one key: a "
                    + "passkey of its first administrator. An application is no act, is kept for "
                    + "30 days and read by the registrar and the officers."
            )
            .Accepts<byte[]>("application/json")
            .Produces<Applied>(201)
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(429);
        routes
            .MapGet("/applications", (HttpContext context) => All(context, authority))
            .WithName("applications")
            .WithTags("Network")
            .WithSummary("The applications that wait for an answer, the oldest first.")
            .WithDescription(
                "Read by a signed request (specs/reading.md) of the registrar or an officer."
            )
            .Produces<ApplicationsDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);
        routes
            .MapGet(
                "/applications/{number:long}",
                (HttpContext context, long number) => Read(context, authority, number)
            )
            .WithName("application")
            .WithTags("Network")
            .WithSummary("The act by which an application would be admitted.")
            .WithDescription(
                "Read by a signed request (specs/reading.md) of the registrar or an officer."
            )
            .ProducesProblem(401)
            .ProducesProblem(404);
        routes
            .MapPost(
                "/applications/{number:long}/close",
                (HttpContext context, long number) => CloseAsync(context, authority, number)
            )
            .WithName("close-application")
            .WithTags("Network")
            .WithSummary("Turns an application down, with a reason that its status shows.")
            .WithDescription(
                "The body is a signed request (specs/reading.md) of the registrar or an officer "
                    + "that says `why`, in 1 to 300 characters."
            )
            .Accepts<byte[]>("application/cose")
            .Produces<ClosedDocument>()
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .ProducesProblem(415);
    }

    /// <summary>An application that was taken.</summary>
    /// <param name="Status">The path of its status, which nobody else can guess.</param>
    public sealed record Applied(string Status);

    /// <summary>An application that was turned down.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Why">Why, as its status shows it.</param>
    public sealed record ClosedDocument(long Number, string Why);

    /// <summary>Applications.</summary>
    /// <param name="Applications">Those that wait, the oldest first.</param>
    public sealed record ApplicationsDocument(IReadOnlyList<ApplicationLine> Applications);

    /// <summary>An application.</summary>
    /// <param name="Number">Its number, by which the registrar admits it.</param>
    /// <param name="At">When it came.</param>
    /// <param name="Name">Who asks.</param>
    /// <param name="Country">Where it sits.</param>
    /// <param name="Lei">Its Legal Entity Identifier.</param>
    /// <param name="Ror">Its id in the Research Organization Registry.</param>
    /// <param name="Roles">As what it asks to be admitted.</param>
    /// <param name="Digest">The digest that it tells by another way.</param>
    public sealed record ApplicationLine(
        long Number,
        string At,
        string Name,
        string Country,
        string? Lei,
        string? Ror,
        IReadOnlyList<PartyRole> Roles,
        string Digest
    );

    private static async Task<IResult> ApplyAsync(HttpContext context, RunningAuthority authority)
    {
        // No other site can send JSON here: a browser would ask first, and is told nothing.
        if (!context.Request.HasJsonContentType())
        {
            return context.Fail(new(Problems.UnsupportedMediaType, "an application is JSON"));
        }

        if (context.Request.ContentLength is not (> 0 and <= ApplicationDesk.BytesMax))
        {
            return context.Fail(
                new(Problems.BodyTooLarge, $"it has at most {ApplicationDesk.BytesMax} bytes")
            );
        }

        var bytes = new byte[context.Request.ContentLength.Value];
        await context.Request.Body.ReadExactlyAsync(bytes, context.RequestAborted);
        if (FaultIn(context, authority, bytes) is { } problem)
        {
            return context.Fail(problem);
        }

        if (
            !authority.Applications.TryKeep(
                authority.Intake.Current.World,
                bytes,
                (Asker.Of(context), Asker.NetworkOf(context)),
                out var token,
                out var retryAfter
            )
        )
        {
            return context.Fail(
                new(Problems.TooManyRequests, "too many applications wait, or come from here")
                {
                    RetryAfter = retryAfter,
                }
            );
        }

        context.Response.Headers.CacheControl = "no-store";
        var status = $"/apply/{token}";
        return Results.Json(new Applied(status), ApiJson.Options, statusCode: 201);
    }

    private static Problem? FaultIn(HttpContext context, RunningAuthority authority, byte[] bytes)
    {
        if (!ActJson.TryParse(bytes, out var act, out var fault))
        {
            return new(Problems.BadAct, fault.Detail) { Where = fault.Path };
        }

        var address = WebAddress.Of(authority.File.Web, authority.File.Sandbox, context.Request);
        if (
            act is not AdmitParty { Keys: [{ Role: KeyRole.Administrator, Key: var key }] } admit
            || address is null
            || !string.Equals(key.RelyingParty, address.RelyingParty, StringComparison.Ordinal)
            || !key.Origins.SequenceEqual([address.Origin], StringComparer.Ordinal)
            || key.Id == ApplicationKey.Nobodys(address).Id
        )
        {
            return new(
                Problems.BadAct,
                "an application is network/admit-party/1 with one administrator's key, a passkey "
                    + "that was made here"
            );
        }

        return ApplicationDesk.FaultIn(authority.Intake.Current.World, admit) is var (where, says)
            ? new(Problems.BadAct, says) { Where = where }
            : null;
    }

    private static IResult All(HttpContext context, RunningAuthority authority)
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (!MayRead(reader))
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        context.Response.Headers.CacheControl = "no-store";
        var waiting = authority.Applications.Waiting(authority.Intake.Current.World);
        return Results.Json(new ApplicationsDocument([.. waiting.Select(Line)]), ApiJson.Options);
    }

    private static ApplicationLine Line(Application one) =>
        new(
            one.Number,
            one.At.ToString(),
            one.Act.Name,
            one.Act.Country,
            one.Act.Lei,
            one.Act.Ror,
            one.Act.Roles,
            one.Digest.ToString()
        );

    private static async Task<IResult> CloseAsync(
        HttpContext context,
        RunningAuthority authority,
        long number
    )
    {
        var (reader, request, problem) = await Reader.PostedAsync(context, authority);
        if (problem is not null)
        {
            return context.Fail(problem);
        }

        if (!MayClose(reader!) || authority.Applications.Find(number) is null)
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        if (
            request!.Said.Keys.SingleOrDefault() is not "why"
            || request.Said["why"].Trim() is not { Length: > 0 and <= ReadRequest.WhyMax } why
        )
        {
            return context.Fail(
                new(Problems.BadPost, $"why: 1 to {ReadRequest.WhyMax} characters, and no more")
                {
                    Where = "$.said.why",
                }
            );
        }

        return authority.Applications.Close(authority.Intake.Current.World, number, why)
            ? Results.Json(new ClosedDocument(number, why), ApiJson.Options)
            : context.Fail(
                new(Problems.ApplicationAnswered, $"the application {number} does not wait")
            );
    }

    private static bool MayRead(Reader reader) =>
        MayClose(reader) || reader.Speaker is Speaker.Staff { Role: StaffRole.Auditor };

    private static bool MayClose(Reader reader) =>
        reader.Speaker
            is Speaker.Officer
                or Speaker.Authority { Purpose: KeyPurpose.Registrar }
                or Speaker.Staff { Role: StaffRole.Clerk };

    private static IResult Read(HttpContext context, RunningAuthority authority, long number)
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (!MayRead(reader) || authority.Applications.Find(number) is not { Closed: null } found)
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(found.Bytes, "application/json");
    }
}
