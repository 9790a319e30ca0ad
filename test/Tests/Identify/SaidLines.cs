using Microsoft.Extensions.Logging;

namespace Concord.Tests.Identify;

/// <summary>What a server would have said in its log.</summary>
internal sealed class SaidLines : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Add($"{logLevel}: {formatter(state, exception)}");
}
