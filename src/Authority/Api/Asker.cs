using System.Net;
using System.Net.Sockets;

namespace Concord.Authority.Api;

/// <summary>Whom bounds are for: an address, or the network that one home or office has.</summary>
internal static class Asker
{
    // What a provider gives one customer at least (RFC 6177): each has 2^64 addresses of its own.
    private const int CustomerBytes = 8;

    // What a provider gives one site (RFC 6177), and the smallest network that is announced.
    private const int SiteBytes = 6;
    private const int AnnouncedBytes = 3;

    /// <summary>The name of whoever asks.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The name of the network around whoever asks.</summary>
    public static string NetworkOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var kept =
            address.AddressFamily is AddressFamily.InterNetworkV6 ? SiteBytes : AnnouncedBytes;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{8 * kept}";
    }

    /// <summary>The name of an address.</summary>
    /// <param name="address">The address; null: of something that has none.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(CustomerBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
