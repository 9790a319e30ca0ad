namespace Concord.Authority;

/// <summary>
/// What the server says of itself: numbers, codes and places; never content or keys.
/// </summary>
internal static partial class LogMessages
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "The log {Origin} has {Size} entries; the last tick is {Tick}"
    )]
    public static partial void Opened(this ILogger logger, string origin, long size, string tick);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The clock stands at {Tick}: filings are answered with 503 until officers resume it"
    )]
    public static partial void ClockStands(this ILogger logger, string tick);

    [LoggerMessage(3, LogLevel.Information, "The clock goes on from {Tick}")]
    public static partial void ClockGoesOn(this ILogger logger, string tick);

    [LoggerMessage(10, LogLevel.Error, "The clock at {Tick}: {Finding}")]
    public static partial void ClockAtFault(this ILogger logger, string tick, string finding);

    [LoggerMessage(11, LogLevel.Information, "Deadlines pass again from {Tick}")]
    public static partial void DeadlinesPass(this ILogger logger, string tick);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "Folding act {ActType} with digest {ActDigest} failed; the act was refused"
    )]
    public static partial void FoldFailed(
        this ILogger logger,
        Exception exception,
        string actType,
        string actDigest
    );

    [LoggerMessage(
        5,
        LogLevel.Error,
        "A batch of {Count} entries was not committed; nothing of it was logged"
    )]
    public static partial void CommitFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(
        6,
        LogLevel.Critical,
        "The sequencer stopped with {Count} entries of unknown fate; reads go on, filings are "
            + "answered with 503"
    )]
    public static partial void SequencerStopped(
        this ILogger logger,
        Exception exception,
        int count
    );

    [LoggerMessage(7, LogLevel.Error, "Request {Instance} failed")]
    public static partial void RequestFailed(
        this ILogger logger,
        Exception exception,
        string instance
    );

    [LoggerMessage(18, LogLevel.Error, "The digests of the views were not kept")]
    public static partial void ViewsNotKept(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "The tick was refused with {Code}: {Detail}")]
    public static partial void TickRefused(this ILogger logger, string code, string detail);

    [LoggerMessage(
        9,
        LogLevel.Error,
        "The store of refusals failed; a refusal was given out and not kept"
    )]
    public static partial void RefusalNotKept(this ILogger logger, Exception exception);

    [LoggerMessage(16, LogLevel.Warning, "{Finding}")]
    public static partial void KeysNotHere(this ILogger logger, string finding);

    [LoggerMessage(
        17,
        LogLevel.Error,
        "The keys of the new key set were not written to authority.json; the next start writes them"
    )]
    public static partial void KeysNotKept(this ILogger logger, Exception exception);

    [LoggerMessage(
        12,
        LogLevel.Error,
        "The root of {Kind} for {Day} was not filed; it is tried again: {Why}"
    )]
    public static partial void RootNotFiled(
        this ILogger logger,
        Exception? exception,
        string kind,
        string day,
        string why
    );

    [LoggerMessage(
        13,
        LogLevel.Critical,
        "{Missing} of the {Kind} of {Day} are gone from the store; its root is over what is left"
    )]
    public static partial void ItemsGone(
        this ILogger logger,
        long missing,
        string kind,
        string day
    );

    [LoggerMessage(
        14,
        LogLevel.Information,
        "{Count} erased attachments are in no file of the log's database"
    )]
    public static partial void Erased(this ILogger logger, int count);

    [LoggerMessage(
        15,
        LogLevel.Error,
        "{Count} attachments that the log says are erased could not be deleted; it is tried again"
    )]
    public static partial void NotErased(this ILogger logger, Exception exception, int count);

    [LoggerMessage(
        40,
        LogLevel.Warning,
        "{Address} sends X-Forwarded-For and is not named as a proxy, so that all for whom it asks "
            + "share the bounds of one address: concord up --proxy {Address} (docs/PROXY.md)"
    )]
    public static partial void ProxyUnnamed(this ILogger logger, string address);

    [LoggerMessage(
        41,
        LogLevel.Critical,
        "The data folder was deleted, or another lies in its place: nothing more is written. Stop "
            + "this server, then see docs/WAYS-BACK.md"
    )]
    public static partial void FolderGone(this ILogger logger);

    [LoggerMessage(42, LogLevel.Error, "Notices were not made or sent: {Fault}; tried again")]
    public static partial void NoticesFailed(this ILogger logger, string fault);

    [LoggerMessage(43, LogLevel.Error, "At the register's weights: {Why}")]
    public static partial void IndexNotKept(this ILogger logger, Exception? exception, string why);

    [LoggerMessage(
        44,
        LogLevel.Warning,
        "The index of weights is made anew out of the log: {Fault}"
    )]
    public static partial void IndexBegunAnew(this ILogger logger, string fault);
}
