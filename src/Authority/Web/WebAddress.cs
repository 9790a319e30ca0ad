using System.Diagnostics.CodeAnalysis;

namespace Concord.Authority.Web;

/// <summary>
/// Where people use their passkeys: a web origin, and the relying party that passkeys made there
/// are for (Web Authentication). A passkey signs there and nowhere else.
/// </summary>
/// <param name="Origin">Scheme, host and port, as browsers write it.</param>
/// <param name="RelyingParty">The host: a domain in lower case.</param>
public sealed record WebAddress(string Origin, string RelyingParty)
{
    private const string Local = "localhost";

    /// <summary>
    /// Reads an origin: <c>https</c> and a domain, or <c>http://localhost</c>, with a port where
    /// it is not the usual one.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebAddress? address)
    {
        address = null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.HostNameType != UriHostNameType.Dns
            || uri is not ({ Scheme: "https" } or { Scheme: "http", Host: Local })
        )
        {
            return false;
        }

        // Compared byte for byte with what a browser signs: written as browsers do, or not taken.
        var origin = $"{uri.Scheme}://{uri.Authority}";
        if (!string.Equals(origin, text, StringComparison.Ordinal))
        {
            return false;
        }

        address = new(origin, uri.Host);
        return true;
    }

    /// <summary>
    /// Where a request's person may use a passkey: at the address that the authority names, at
    /// <c>localhost</c> in a sandbox that names none; null: nowhere here.
    /// </summary>
    /// <param name="named">The address that the authority names; null: none.</param>
    /// <param name="isSandbox">Whether it is a sandbox.</param>
    /// <param name="request">The request.</param>
    public static WebAddress? Of(string? named, bool isSandbox, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var local = isSandbox && request.Host.Host is Local ? $"http://{request.Host}" : null;
        return TryParse(named ?? local, out var address) ? address : null;
    }
}
