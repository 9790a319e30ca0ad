using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Stores;

namespace Concord.Authority.Notices;

/// <summary>
/// Where parties say that they are told of what concerns them. Nothing but a code is sent to an
/// address before somebody who reads there has given the code back.
/// </summary>
public sealed class NoticeDesk
{
    /// <summary>How many addresses a party has.</summary>
    public const int ChannelsMost = 10;

    private const string CodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 10;
    private const int TriesMost = 5;
    private const int WaitingAtOneMost = 3;
    private const int TokenBytes = 16;
    private const int IdBytes = 8;
    private const double EachDay = 1.0 / 86_400;

    private static readonly TimeSpan s_confirmed = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_failing = TimeSpan.FromDays(5);

    private readonly TimeProvider _time;
    private readonly RateLimit _added;

    internal NoticeDesk(NoticeStore store, NoticeOptions options, TimeProvider time)
    {
        (Store, Options, _time) = (store, options, time);
        _added = new(time, ChannelsMost * EachDay, burst: ChannelsMost, names: 20_000);
    }

    /// <summary>How parties are told.</summary>
    public NoticeOptions Options { get; }

    /// <summary>What is kept of it.</summary>
    public NoticeStore Store { get; }

    private Instant Now => Instant.From(_time.GetUtcNow());

    /// <summary>Adds an address, which waits for its code.</summary>
    /// <param name="party">The party.</param>
    /// <param name="kind"><c>email</c> or <c>webhook</c>.</param>
    /// <param name="to">The address.</param>
    /// <param name="language">The tag of the language in which it is told.</param>
    /// <param name="authority">Who asks there for the code.</param>
    /// <param name="fault">What is wrong; null: nothing.</param>
    /// <returns>The channel; null: something is wrong.</returns>
    public KeptChannel? Add(
        PartyId party,
        string kind,
        string to,
        string language,
        string authority,
        out string? fault
    )
    {
        ArgumentNullException.ThrowIfNull(to);
        Forget();
        var target = TargetOf(kind, to, out fault);
        if (target is null)
        {
            return null;
        }

        var there = Store.Channels($"{party}");
        fault =
            Language.Find(language) is null
                ? $"lang: one of {string.Join(", ", Language.All.Select(one => one.Tag))}"
            : there.Any(one => string.Equals(one.Target, target, StringComparison.Ordinal))
                ? "to: you are told there already, or a code was sent there"
            : there.Count >= ChannelsMost ? $"to: you have {ChannelsMost}; remove one first"
            : Store.WaitingAt(target) >= WaitingAtOneMost
                ? "to: several wait for a code of that address; one of them first"
            : !_added.TryTake($"{party}", out _) ? "to: you have added many today; wait a day"
            : null;
        return fault is null ? Keep(party, kind, target, language, authority) : null;
    }

    /// <summary>Confirms an address by the code that was sent to it.</summary>
    public bool Confirm(string channel, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        Forget();
        return Store.Confirm(channel, HashOf(code), TriesMost);
    }

    /// <summary>Lets addresses go that nobody confirmed in a day, or where nothing arrives for
    /// five.</summary>
    internal void Forget() =>
        Store.Forget((Now - s_confirmed).ToString(), (Now - s_failing).ToString());

    private string? TargetOf(string kind, string to, out string? fault)
    {
        fault = null;
        switch (kind)
        {
            case "email" when Options.Mail is null:
                fault = "kind: this authority sends no mail; give a webhook";
                return null;
            case "email":
                fault = "to: one address in ASCII, such as desk@example.org";
                return MailAddress.Read(to);
            case "webhook":
                fault = Options.AllowsPrivate
                    ? "to: an address like https://example.org/hook, at most 500 characters"
                    : "to: a public address like https://example.org/hook, at most 500 characters";
                return WebhookSender.Read(to, Options.AllowsPrivate);
            default:
                fault = "kind: email or webhook";
                return null;
        }
    }

    private KeptChannel Keep(
        PartyId party,
        string kind,
        string target,
        string language,
        string authority
    )
    {
        var code = RandomNumberGenerator.GetString(CodeLetters, CodeLength);
        var at = Now.ToString();
        var channel = new KeptChannel(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            party.ToString(),
            kind,
            target,
            kind is "webhook" ? WebhookSender.NewSecret() : "",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)),
            IsOn: false,
            at,
            Told: 0,
            FailingSince: null,
            Problem: null,
            language
        );
        var body = JsonSerializer.Serialize(
            new MessageBody(
                MessageBody.Confirm,
                at,
                new(authority, party.ToString())
                {
                    Lang = NoticePost.LanguageOf(channel).Tag,
                    Channel = channel.Id,
                    Code = $"{code[..5]}-{code[5..]}",
                }
            ),
            MessageBody.Json
        );
        Store.Add(channel, HashOf(code), NewMessageId(), body);
        return channel;
    }

    internal static string NewMessageId() =>
        $"msg_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes))}";

    // However a person writes it: in small letters, with spaces, with O for 0.
    private static byte[] HashOf(string code)
    {
        var plain = new StringBuilder();
        foreach (var letter in code.ToUpperInvariant())
        {
            plain.Append(
                letter switch
                {
                    'O' => "0",
                    'I' or 'L' => "1",
                    _ when char.IsAsciiLetterOrDigit(letter) => $"{letter}",
                    _ => "",
                }
            );
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(plain.ToString()));
    }
}
