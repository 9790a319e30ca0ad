using Concord.Stores;
using MailKit.Net.Smtp;
using MimeKit;

namespace Concord.Authority.Notices;

/// <summary>Sends messages by mail, in plain text.</summary>
/// <param name="server">The server that takes them.</param>
/// <param name="patience">For how long one attempt may take.</param>
internal sealed class MailSender(MailServer server, TimeSpan patience)
{
    /// <summary>Sends one.</summary>
    /// <returns>What went wrong, in words without an address; null: it was taken.</returns>
    public async Task<string?> SendAsync(
        KeptMessage message,
        NoticeText text,
        CancellationToken cancel
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            using var mail = Compose(message, text);
            using var client = new SmtpClient();
            await client.ConnectAsync(
                server.Address.Host,
                server.Port,
                server.Security,
                limit.Token
            );
            if (server is { User.Length: > 0, Password: { } password })
            {
                await client.AuthenticateAsync(server.User, password, limit.Token);
            }

            await client.SendAsync(mail, limit.Token);
            await LeaveAsync(client, limit.Token);
            return null;
        }
        catch (SmtpCommandException e)
        {
            return $"the mail server answered {(int)e.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "the mail server was too slow";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"the mail server was not reached ({e.GetType().Name})";
        }
    }

    // The server has taken it by then: that it was not said good-bye to changes nothing.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception e)
            when (e is IOException or OperationCanceledException or SmtpProtocolException)
        {
            // Who holds the client ends the connection.
        }
    }

    private MimeMessage Compose(KeptMessage message, NoticeText text)
    {
        var mail = new MimeMessage
        {
            Subject = text.Subject,
            Date = text.At,
            MessageId = $"{message.Id}@{server.From[(server.From.IndexOf('@') + 1)..]}",
            Body = new TextPart("plain") { Text = text.Body },
        };
        mail.From.Add(new MailboxAddress(text.Authority, server.From));
        mail.To.Add(new MailboxAddress("", message.Channel.Target));
        mail.Body.Headers.Add("Content-Language", text.Language);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // One request without a page ends it (RFC 8058).
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{text.Stop}>");
        mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return mail;
    }
}
