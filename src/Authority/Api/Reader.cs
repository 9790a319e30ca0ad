using System.Diagnostics.CodeAnalysis;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Who reads what is not public, by a signature over the request.</summary>
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

        var network = authority.Intake.Current.World.Network;
        var asked = context.Request.Path.Value + context.Request.QueryString;
        problem =
            network.Keys.Find(statement.Key) is not { } key
                ? Unsigned($"nobody here has the key {statement.Key}")
            : !key.IsActive(network.At) ? Unsigned("the key has expired or was revoked")
            : !statement.Verify(key.Key, out var fault) ? Unsigned(fault.Detail)
            : !string.Equals(
                statement.Issuer,
                network.IssuerOf(key.Speaker),
                StringComparison.Ordinal
            )
                ? Unsigned($"the key speaks for {network.IssuerOf(key.Speaker)}")
            : !string.Equals(request.Read, asked, StringComparison.Ordinal)
                ? Unsigned($"the request was signed for {request.Read}")
            : (authority.Now - request.At).Duration() > s_apartMax
                ? Unsigned(
                    $"the request was signed at {request.At}, more than two minutes from now"
                )
            : null;
        if (problem is not null)
        {
            return false;
        }

        var known = network.Keys[statement.Key];
        reader = new(known.Speaker, known.Role, request.Why);
        return true;
    }

    private static Problem Unsigned(string detail) =>
        new(Problems.SignatureNeeded, detail) { Where = "Authorization" };
}
