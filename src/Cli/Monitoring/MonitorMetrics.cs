using System.Globalization;
using System.Net;
using System.Text;
using Concord.Measures;

namespace Concord.Cli.Monitoring;

/// <summary>What a monitor knows, as Prometheus reads it, on 127.0.0.1.</summary>
internal sealed class MonitorMetrics : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Origin, string Kind), long> _findings = [];
    private IReadOnlyList<MonitoredLog> _logs = [];

    public MonitorMetrics(int? port, TimeProvider time)
    {
        _time = time;
        if (port is { } number)
        {
            _listener.Prefixes.Add(
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{number}/")
            );
            _listener.Start();
            _ = ServeAsync();
        }
    }

    /// <summary>Takes what a round found.</summary>
    public void Take(IReadOnlyList<MonitoredLog> logs, IEnumerable<MonitorFinding> findings)
    {
        lock (_lock)
        {
            _logs = logs;
            foreach (var finding in findings)
            {
                var key = (finding.Origin, finding.Kind);
                _findings[key] = _findings.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>The text exposition format, version 0.0.4.</summary>
    public string Text()
    {
        lock (_lock)
        {
            var now = Instant.From(_time.GetUtcNow());
            var text = new StringBuilder();
            Gauge(text, "concord_monitor_reached", "Whether the last round reached the log.");
            Lines(text, "concord_monitor_reached", log => log.IsReached ? 1 : 0);
            Gauge(text, "concord_monitor_size", "Verified entries.");
            Lines(text, "concord_monitor_size", log => log.Size);
            Gauge(text, "concord_monitor_tick_age_seconds", "Seconds since the last tick.");
            Lines(
                text,
                "concord_monitor_tick_age_seconds",
                log => log.Tick is { } tick ? (now - tick).TotalSeconds : -1
            );
            text.Append("# HELP concord_monitor_findings_total What was found wrong.\n")
                .Append("# TYPE concord_monitor_findings_total counter\n");
            foreach (var log in _logs)
            {
                foreach (var kind in MonitorFinding.Kinds)
                {
                    var count = _findings.GetValueOrDefault((log.Origin, kind));
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"concord_monitor_findings_total{{{Labels(log)},kind=\"{kind}\"}} {count}\n"
                    );
                }
            }

            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private static void Gauge(StringBuilder text, string name, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");

    private void Lines(StringBuilder text, string name, Func<MonitoredLog, double> value)
    {
        foreach (var log in _logs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{Labels(log)}}} {value(log)}\n");
        }
    }

    private static string Labels(MonitoredLog log) =>
        $"origin=\"{Escaped(log.Origin)}\",url=\"{Escaped(log.Address.ToString())}\"";

    private static string Escaped(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                var bytes = Encoding.UTF8.GetBytes(Text());
                await context.Response.OutputStream.WriteAsync(bytes);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The reader went away, or the monitor ends.
            }
        }
    }
}
