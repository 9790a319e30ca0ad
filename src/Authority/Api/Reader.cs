using System.Diagnostics.CodeAnalysis;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>
/// Who reads what is not public, or asks for something to be done, by a signature over the request.
/// </summary>
/// <param name="Speaker">Whom the key speaks for.</param>
/// <param name="Role">What the key may do for its party.</param>
/// <param name="Why">The reason given.</param>
internal sealed record Reader(Speaker Speaker, KeyRole? Role, string? Why)
{
    private static readonly TimeSpan s_apartMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether it is an officer, a clerk, an auditor or a reader of this authority.
    /// </summary>
    public bool IsOfAuthority => Speaker is Speaker.Officer or Speaker.Staff;

    /// <summary>Finds out who asks.</summary>
    /// <param name="context">The request.</param>
    /// <param name="authority">The authority.</param>
    /// <param name="reader">Who asks.</param>
    /// <param name="problem">Why nobody is known to ask.</param>
    public static bool TryKnow(
        HttpContext context,
        RunningAuthority authority,
        [NotNullWhen(true)] out Reader? reader,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        reader = null;
        context.Response.Headers.WWWAuthenticate = ReadRequest.Scheme;
        if (
            !ReadRequest.TryParse(
                context.Request.Headers.Authorization,
                out var statement,
                out var request
            )
        )
        {
            problem = Unsigned("the header Authorization holds no signed request");
            return false;
        }

        problem = Fault(
            authority,
            statement,
            (request.Read, context.Request.Path.Value + context.Request.QueryString),
            request.At
        );
        if (problem is not null)
        {
            return false;
        }

        reader = Of(authority, statement, request.Why);
        return true;
    }

    /// <summary>Finds out who asks for something to be done, by the body of the request.</summary>
    /// <returns>Who asks and for what, or why nobody is known to ask.</returns>
    public static async Task<(Reader? Reader, PostRequest? Request, Problem? Problem)> PostedAsync(
        HttpContext context,
        RunningAuthority authority
    )
    {
        if (context.Request.ContentType is not "application/cose")
        {
            return (null, null, new(Problems.UnsupportedMediaType, "a signed request is asked"));
        }

        if (context.Request.ContentLength is not (> 0 and <= PostRequest.BytesMax))
        {
            var most = $"a signed request has at most {PostRequest.BytesMax} bytes";
            return (null, null, new(Problems.BodyTooLarge, most));
        }

        var body = new byte[context.Request.ContentLength.Value];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (!PostRequest.TryParse(body, out var statement, out var request))
        {
            return (null, null, Unsigned("the body holds no signed request"));
        }

        var problem =
            Fault(authority, statement, (request.Post, context.Request.Path.Value!), request.At)
            ?? (
                authority.Seen.TryTake(statement.Id, authority.Now)
                    ? null
                    : Unsigned("the request was sent before; sign another")
            );
        return problem is null
            ? (Of(authority, statement, why: null), request, null)
            : (null, null, problem);
    }

    private static Reader Of(RunningAuthority authority, Statement statement, string? why)
    {
        var known = authority.Intake.Current.World.Network.Keys[statement.Key];
        return new(known.Speaker, known.Role, why);
    }

    private static Problem? Fault(
        RunningAuthority authority,
        Statement statement,
        (string Signed, string Sent) address,
        Instant at
    )
    {
        var network = authority.Intake.Current.World.Network;
        return network.Keys.Find(statement.Key) is not { } key
                ? Unsigned($"nobody here has the key {statement.Key}")
            : !key.IsActive(network.At) ? Unsigned("the key has expired or was revoked")
            : !statement.Verify(key.Key, out var fault) ? Unsigned(fault.Detail)
            : !string.Equals(
                statement.Issuer,
                network.IssuerOf(key.Speaker),
                StringComparison.Ordinal
            )
                ? Unsigned($"the key speaks for {network.IssuerOf(key.Speaker)}")
            : !string.Equals(address.Signed, address.Sent, StringComparison.Ordinal)
                ? Unsigned($"the request was signed for {address.Signed}")
            : (authority.Now - at).Duration() > s_apartMax
                ? Unsigned($"the request was signed at {at}, more than two minutes from now")
            : null;
    }

    private static Problem Unsigned(string detail) =>
        new(Problems.SignatureNeeded, detail) { Where = "Authorization" };
}
