using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Platform.Api.Tests.Hosting;

/// <summary>Keeps what was logged at Information and above, and shows it when a test fails.</summary>
internal sealed class LoggedErrors : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)} {exception}";
        Lines.Enqueue(line);
        if (logLevel >= LogLevel.Error)
            TestContext.Current.TestOutputHelper?.WriteLine(line);
    }

    public void Dispose()
    {
    }
}
