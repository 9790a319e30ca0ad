namespace Concord.Authority.Notices;

/// <summary>How parties are told of what concerns them.</summary>
public sealed record NoticeOptions
{
    /// <summary>Who takes mail for others; null: no mail is sent.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>
    /// Whether webhooks may be on this machine or in a private network, and without TLS: in a
    /// sandbox alone.
    /// </summary>
    public bool AllowsPrivate { get; init; }

    /// <summary>How often the log and the outbox are looked at.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked at what is due.</summary>
    public TimeSpan DueEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long mail waits for more, so that many acts make one message.</summary>
    public TimeSpan MailEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long it is tried again for the first time; then twice as long, and so on.
    /// </summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between two attempts.</summary>
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromHours(6);

    /// <summary>For how long one attempt may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}
