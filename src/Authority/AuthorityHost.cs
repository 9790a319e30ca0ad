using System.Net;
using Concord.Authority.Api;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Concord.Authority;

/// <summary>Serves a running authority over HTTP on this machine alone.</summary>
public static class AuthorityHost
{
    private const int HeadersBytesMax = 32 << 10;
    private const int ConnectionsMax = 4_096;
    private const int LargeFilingsMax = 16;
    private const int LargeFilingsEach = 4;

    /// <summary>The server, ready to start; it does not own the authority.</summary>
    public static WebApplication Build(RunningAuthority authority, HostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new()
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = "Concord.Authority",
            }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listen(kestrel, options);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = FilingBody.BodyBytesMax + (64 << 10);
            kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeadersBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        });
        options.Logging?.Invoke(builder.Logging);
        var services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton(authority);
        services.AddSingleton(authority.Intake);
        services.AddSingleton(options.Time);
        services.AddSingleton<PublicSite>();
        services.AddSingleton<Web.Reference.ApiReference>();
        // Large filings, each held in memory whole until it is filed.
        services.AddSingleton(new Places(LargeFilingsMax, LargeFilingsEach));
        services.AddHostedService<RegisterFollower>();
        services.AddHostedService<Notices.NoticeService>();
        services.AddHostedService<Identify.IndexFollower>();
        // Readers then make the table themselves, and search without an index.
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host =>
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore
        );
        services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));
        OpenApi.AddTo(services, authority);
        Site.AddTo(services);
        AddTelemetry(services);

        var app = builder.Build();
        Proxies.UseIn(app, options.Proxies);
        Site.UseIn(app);
        var faults = new Faults(app.Services.GetRequiredService<ILoggerFactory>());
        app.Use(LanguageAddress.ReadAsync);
        app.Use(faults.AnswerAsync);
        app.UseRouting();
        app.Use(LanguageAddress.SpeakAsync);
        // A proxy of ours says by which name it was asked; others may ask by an address.
        if (options.Proxies.Count == 0)
        {
            app.Use(LocalName.RedirectAsync);
        }

        var limits = new RequestLimits(options);
        app.Use(limits.ApplyAsync);
        app.Use(Acceptance.ApplyAsync);
        app.Use(app.Services.GetRequiredService<PublicSite>().AwaitAsync);
        app.Use((context, next) => Freshness.ApplyAsync(context, next, authority));
        Map(app, authority, options);
        return app;
    }

    // Where no proxy asks, browsers do: by this machine's name, whichever address they take for it.
    // A free port is found for one address only.
    private static void Listen(KestrelServerOptions kestrel, HostOptions options)
    {
        var limit = new ConnectionLimit(options.ConnectionsPerAddress, options.Proxies);
        if (options.Port == 0 || options.Proxies.Count > 0)
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Use(limit.Before));
        }
        else
        {
            kestrel.ListenLocalhost(options.Port, listen => listen.Use(limit.Before));
        }
    }

    private static void Map(WebApplication app, RunningAuthority authority, HostOptions options)
    {
        FilingApi.Map(app, authority, options);
        UploadsApi.Map(app, authority, options);
        BulkApi.Map(app, authority, options);
        ForeseeApi.Map(app, authority, options);
        ScrapiApi.Map(app, authority, options);
        ActsApi.Map(app, authority);
        DocumentsApi.Map(app, authority);
        CasesApi.Map(app, authority);
        AppealsApi.Map(app);
        RefusalsApi.Map(app, authority);
        NetworkApi.Map(app, authority);
        KeysApi.Map(app, authority);
        InvitationsApi.Map(app, authority);
        ApplicationsApi.Map(app, authority);
        PartyDeskApi.Map(app, authority);
        NoticesApi.Map(app, authority);
        RegistryApi.Map(app, authority);
        LineageApi.Map(app, authority);
        MatchesApi.Map(app);
        ExplainApi.Map(app);
        LogFiles.Map(app, authority.Folder.Log, authority.Witnesses);
        WitnessesApi.Map(app, authority);
        StandingApi.Map(app, authority);
        IdentifyApi.Map(app, authority, options);
        StateApi.Map(app, authority);
        DueApi.Map(app);
        PerformanceApi.Map(app, authority);
        ExportApi.Map(app);
        FeedsApi.Map(app);
        OpenApi.Map(app);
        Site.MapTo(app);
    }

    // Without a collector nothing is exported, and nothing is spent on it.
    private static void AddTelemetry(IServiceCollection services)
    {
        var endpoint = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (!string.IsNullOrEmpty(endpoint))
        {
            services
                .AddOpenTelemetry()
                .WithMetrics(metrics =>
                    metrics
                        .AddMeter(Telemetry.Name)
                        .AddAspNetCoreInstrumentation()
                        .AddOtlpExporter()
                )
                .WithTracing(traces =>
                    traces
                        .AddSource(Telemetry.Name)
                        .AddAspNetCoreInstrumentation()
                        .AddOtlpExporter()
                );
        }
    }
}
