using Microsoft.AspNetCore.Builder;

namespace Concord.Cli;

/// <summary>Starts a server on this machine.</summary>
internal static class Serving
{
    /// <summary>Starts it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="port">The port that it was built for.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <returns>Its address.</returns>
    /// <exception cref="CommandFault">The port is taken.</exception>
    public static async Task<string> StartAsync(
        WebApplication server,
        int port,
        CancellationToken cancel
    )
    {
        try
        {
            await server.StartAsync(cancel);
        }
        catch (IOException e)
            when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"The port {port} is taken by another program.",
                "Choose another with --port N, or any free one with --port 0."
            );
        }

        return server.Urls.First();
    }
}
