using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Concord.Hosts.Api;

/// <summary>nginx with the configuration of <c>docs/PROXY.md</c>, before a server.</summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly string _certificate;

    private Nginx(Process process, string folder, string certificate, int port) =>
        (_process, _folder, _certificate, Port) = (process, folder, certificate, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    public static async Task<Nginx> StartAsync(int server)
    {
        var folder = Directory.CreateTempSubdirectory("concord-nginx-").FullName;
        var (certificate, key, port) = (
            Path.Combine(folder, "authority.pem"),
            Path.Combine(folder, "authority.key"),
            FreePort()
        );
        var shown = WriteCertificate(certificate, key);
        var documented = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "PROXY.md")
        );
        var text = Block().Match(documented).Value;
        foreach (
            var (written, here) in new[]
            {
                ("127.0.0.1:8700", Of($"127.0.0.1:{server}")),
                ("listen 443 ssl", Of($"listen 127.0.0.1:{port} ssl")),
                ("/etc/ssl/authority.pem", certificate),
                ("/etc/ssl/private/authority.key", key),
            }
        )
        {
            text = text.Contains(written, StringComparison.Ordinal)
                ? text.Replace(written, here, StringComparison.Ordinal)
                : throw new InvalidDataException($"docs/PROXY.md no longer says {written}");
        }

        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            daemon off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
            {{text}}
            }
            """
        );
        // Of Debian it is where an ordinary user does not look.
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var process = Process.Start(program, ["-c", configuration, "-e", $"{folder}/start.log"]);
        var nginx = new Nginx(process, folder, shown, port);
        await nginx.ListensAsync();
        return nginx;
    }

    /// <summary>A client from an address, which knows its certificate.</summary>
    public HttpClient From(string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(IPAddress.Loopback, Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new()
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown?.GetCertHashString() == _certificate,
            },
        };
        return new(handler) { BaseAddress = new(Of($"https://localhost:{Port}")) };
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListensAsync()
    {
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        var said = await File.ReadAllTextAsync(Path.Combine(_folder, "error.log"));
        throw new InvalidOperationException($"nginx ended: {said}");
    }

    private static string WriteCertificate(string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", pair, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        return made.GetCertHashString();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "(?<=^```nginx\n).*?(?=^```)",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Block();
}
