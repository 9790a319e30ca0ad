using System.Security.Cryptography;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Foundation;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Stores;

namespace Concord.Authority.Notices;

/// <summary>
/// Writes notices into messages and sends these until they have arrived. A message is kept before
/// it is sent for the first time, with the notices that it has; it goes when it was taken.
/// </summary>
internal sealed class NoticePost : IDisposable
{
    private const int NoticesMost = 100;
    private const int AtOnce = 8;
    private const int DoublingsMost = 20;

    private readonly RunningAuthority _authority;
    private readonly NoticeStore _store;
    private readonly NoticeOptions _options;
    private readonly WebhookSender _webhooks;
    private readonly MailSender? _mail;
    private readonly Dictionary<string, Instant> _written = new(StringComparer.Ordinal);

    public NoticePost(RunningAuthority authority)
    {
        _authority = authority;
        (_store, _options) = (authority.Notices.Store, authority.Notices.Options);
        _webhooks = new(_options, authority.Time);
        _mail = _options.Mail is { } server ? new(server, _options.Patience) : null;
    }

    private Instant Now => _authority.Now;

    /// <summary>Writes what is new, and sends what is to be sent by now.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var channel in _store.WithNews())
        {
            Write(channel);
        }

        await Parallel.ForEachAsync(
            _store.ToSend(Now.ToString()),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (message, stop) => await SendAsync(message, stop)
        );
    }

    /// <summary>The language of the messages to a channel: what programs read is English.</summary>
    public static Language LanguageOf(KeptChannel channel) =>
        channel.Kind is "email"
            ? Language.Find(channel.Language) ?? Language.English
            : Language.English;

    /// <inheritdoc/>
    public void Dispose() => _webhooks.Dispose();

    private void Write(KeptChannel channel)
    {
        var now = Now;
        if (
            channel.Kind is "email"
            && _written.TryGetValue(channel.Id, out var last)
            && now - last < _options.MailEvery
        )
        {
            return;
        }

        _written[channel.Id] = now;
        var language = LanguageOf(channel);
        var site = SiteAddress() + language.Prefix;
        var notices = _store.NoticesAfter(channel.Party, channel.Told, NoticesMost);
        var body = new MessageBody(
            MessageBody.Notices,
            now.ToString(),
            new(_authority.File.Origin, channel.Party)
            {
                Lang = language.Tag,
                Notices =
                [
                    .. notices.Select(one => new MessageNotice(
                        one.Number,
                        one.Kind,
                        one.At,
                        new NoticeWords(one.Says, one.Others).In(language),
                        site + one.Href
                    )),
                ],
            }
        );
        _store.Write(
            channel.Id,
            NoticeDesk.NewMessageId(),
            now.ToString(),
            JsonSerializer.Serialize(body, MessageBody.Json),
            notices[^1].Number
        );
    }

    private async Task SendAsync(KeptMessage message, CancellationToken cancel)
    {
        var problem = message.Channel.Kind switch
        {
            "webhook" => await _webhooks.SendAsync(message, cancel),
            _ when _mail is not null => await _mail.SendAsync(message, TextOf(message), cancel),
            _ => "this authority sends no mail any more",
        };
        if (problem is null)
        {
            _store.Arrived(message);
            return;
        }

        var wait = Math.Min(
            _options.LastRetry.TotalSeconds,
            _options.FirstRetry.TotalSeconds
                * Math.Pow(2, Math.Min(message.Attempts, DoublingsMost))
        );
        // Those who failed together do not come back together.
        var spread = RandomNumberGenerator.GetInt32(75, 126) / 100.0;
        var next = Now + TimeSpan.FromSeconds(wait * spread);
        _store.Failed(message, Now.ToString(), next.ToString(), problem);
    }

    // The server's own address is known to its file, once it listens.
    private string SiteAddress()
    {
        var file = _authority.File;
        try
        {
            return (file.Web ?? AuthorityFile.Read(_authority.Folder).Url ?? "").TrimEnd('/');
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return "";
        }
    }

    private NoticeText TextOf(KeptMessage message)
    {
        var body = JsonSerializer.Deserialize<MessageBody>(message.Body, MessageBody.Json)!;
        return MailText.Of(
            message,
            body,
            SiteAddress(),
            _authority.File.Name,
            PartyOf(body.Data.Party)
        );
    }

    private string PartyOf(string id) =>
        ShortId.TryParse(id, PartyId.Letter, out var index)
        && _authority.Intake.Current.World.Network.Parties.Find(new(index)) is { } party
            ? party.Name
            : id;
}
