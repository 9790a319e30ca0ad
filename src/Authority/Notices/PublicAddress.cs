using System.Net;
using System.Net.Sockets;

namespace Concord.Authority.Notices;

/// <summary>
/// Which addresses of machines are reached by everybody. A server that asks where it is told to
/// ask must not be led to what stands behind its own walls.
/// </summary>
public static class PublicAddress
{
    // IANA's special-purpose registries: what is not globally reachable, and what is multicast.
    private static readonly IPNetwork[] s_private =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only what is given out is public, and of that not what carries IPv4 or is kept.
    private static readonly IPNetwork s_given = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_kept =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is reached by everybody.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork
            ? !s_private.Any(network => network.Contains(plain))
            : s_given.Contains(plain) && !s_kept.Any(network => network.Contains(plain));
    }
}
