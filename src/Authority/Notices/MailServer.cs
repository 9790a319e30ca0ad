using System.Net;
using System.Text.Json;
using Concord.Authority.Foundation;
using MailKit.Security;

namespace Concord.Authority.Notices;

/// <summary>The server that takes mail for others, and as whom mail is sent.</summary>
/// <param name="Address">
/// <c>smtps://user@host:465</c> (TLS from the start) or <c>smtp://user@host:587</c> (STARTTLS; on
/// this machine also without).
/// </param>
/// <param name="From">The address that mail is from.</param>
/// <param name="Password">The password of the user; null: none is asked for.</param>
public sealed record MailServer(Uri Address, string From, string? Password)
{
    private const int SmtpPort = 25;
    private const int SmtpsPort = 465;

    /// <summary>How it is spoken to.</summary>
    public SecureSocketOptions Security =>
        Address.Scheme is "smtps" ? SecureSocketOptions.SslOnConnect
        : IsHere ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    /// <summary>Its port.</summary>
    public int Port =>
        Address.Port > 0 ? Address.Port
        : Address.Scheme is "smtps" ? SmtpsPort
        : SmtpPort;

    /// <summary>As whom the authority signs in; empty: it does not.</summary>
    public string User => Uri.UnescapeDataString(Address.UserInfo);

    private bool IsHere =>
        Address.Host is "localhost"
        || (
            IPAddress.TryParse(Address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)
        );

    /// <summary>
    /// What the words of the command line say, or <c>mail.json</c> in the data folder; null:
    /// neither says anything.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="smtp">The address of the server; null: not said.</param>
    /// <param name="from">The sender; null: not said.</param>
    /// <param name="passwordFile">The file with the password; null: not said.</param>
    /// <exception cref="InvalidDataException">It is not what it should be.</exception>
    public static MailServer? Read(
        DataFolder folder,
        string? smtp,
        string? from,
        string? passwordFile
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (smtp is null && File.Exists(folder.Mail))
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(folder.Mail));
                string? Text(string name) =>
                    json.RootElement.TryGetProperty(name, out var one) ? one.GetString() : null;
                (smtp, from) = (Text("smtp"), from ?? Text("from"));
                passwordFile ??= Text("password_file") is { } file
                    ? Path.Combine(folder.Path, file)
                    : null;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"{folder.Mail} is damaged ({e.Message}). It holds smtp, from and, where the "
                        + "server asks for one, password_file.",
                    e
                );
            }
        }

        return smtp is null ? null : Of(smtp, from, passwordFile);
    }

    private static MailServer Of(string smtp, string? from, string? passwordFile)
    {
        if (
            !Uri.TryCreate(smtp, UriKind.Absolute, out var address)
            || address.Scheme is not ("smtp" or "smtps")
            || address.Host.Length == 0
            || address.UserInfo.Contains(':', StringComparison.Ordinal)
        )
        {
            throw new InvalidDataException(
                "The server for mail is written like smtps://user@mail.example.org:465 or "
                    + "smtp://user@mail.example.org:587, without a password."
            );
        }

        return MailAddress.Read(from ?? "") is not { } sender
                ? throw new InvalidDataException(
                    "Mail needs a sender: one address, such as register@example.org."
                )
            : address.UserInfo.Length > 0 && passwordFile is null
                ? throw new InvalidDataException(
                    $"The user {address.UserInfo} of the server for mail needs a file with the "
                        + "password."
                )
            : new(address, sender, passwordFile is null ? null : Secret(passwordFile));
    }

    // A password that others read is none.
    private static string Secret(string file)
    {
        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(file) & Others) != UnixFileMode.None
            ? throw new InvalidDataException(
                $"Others than its owner may read {file}, which holds a password. Say: chmod 600 "
                    + file
            )
            : File.ReadAllText(file).TrimEnd('\r', '\n');
    }
}
