using System.Net;

namespace Concord.Authority;

/// <summary>How an authority is served.</summary>
public sealed record HostOptions
{
    /// <summary>
    /// The port on both addresses of <c>localhost</c>, behind a proxy on 127.0.0.1 alone; 0: any
    /// that is free on 127.0.0.1.
    /// </summary>
    public int Port { get; init; }

    /// <summary>
    /// The addresses from which proxies of this authority speak for others: of them alone
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. None: nobody is.
    /// </summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>Filings from one address each second.</summary>
    public double FilingsPerSecond { get; init; } = 5_000;

    /// <summary>Filings that one address may make at once.</summary>
    public double FilingsBurst { get; init; } = 20_000;

    /// <summary>
    /// Requests that were no filing (bytes that are no statement, keys that nobody has, wrong
    /// signatures) from one address each second; over it, nothing of the address is looked at.
    /// </summary>
    public double FaultsPerSecond { get; init; } = 20;

    /// <summary>Requests that were no filing which one address may make at once.</summary>
    public double FaultsBurst { get; init; } = 200;

    /// <summary>Connections that one address may hold; a proxy bounds its own.</summary>
    public int ConnectionsPerAddress { get; init; } = 512;

    /// <summary>Reads from one address each second; files of the log are not counted.</summary>
    public double ReadsPerSecond { get; init; } = 2_000;

    /// <summary>
    /// Searches of one address each second: each looks at the whole register.
    /// </summary>
    public double SearchesPerSecond { get; init; } = 20;

    /// <summary>Searches that one address may make at once.</summary>
    public double SearchesBurst { get; init; } = 1_000;

    /// <summary>Answers on standing for one address each second: hubs ask for many.</summary>
    public double AnswersPerSecond { get; init; } = 6_000;

    /// <summary>Answers on standing that one address may ask for at once.</summary>
    public double AnswersBurst { get; init; } = 12_000;

    /// <summary>
    /// Questions by digests or fingerprint for one address each second: a hub asks for an upload.
    /// </summary>
    public double IdentificationsPerSecond { get; init; } = 5;

    /// <summary>Questions by digests or fingerprint that one address may ask at once.</summary>
    public double IdentificationsBurst { get; init; } = 100;

    /// <summary>What questions by a fingerprint may cost.</summary>
    public Identify.IdentifyLimits Identify { get; init; } = new();

    /// <summary>Reads that one address may make at once.</summary>
    public double ReadsBurst { get; init; } = 10_000;

    /// <summary>The time within which a request's headers must have come.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time within which a filing's body must have come.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Adds where the server's own log goes; null: nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>The clock of the rate limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
