using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Concord.Authority.Api;

/// <summary>
/// Bounds the connections of one address: whoever opens many and says nothing keeps out itself.
/// </summary>
/// <param name="each">Connections of one address at most.</param>
/// <param name="proxies">Addresses that speak for many, and bound them.</param>
internal sealed class ConnectionLimit(int each, IReadOnlyList<IPAddress> proxies)
{
    private readonly Places _places = new(int.MaxValue, each);

    /// <summary>Hands a connection on, or closes it.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) =>
        async connection =>
        {
            var from = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (from is not null && proxies.Contains(from))
            {
                await next(connection);
                return;
            }

            var address = Asker.Of(from);
            if (!_places.TryTake(address))
            {
                connection.Abort();
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                _places.GiveBack(address);
            }
        };
}
