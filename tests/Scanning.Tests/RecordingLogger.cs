using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Platform.Scanning.Tests;

internal sealed class RecordingLogger : ILogger<ScannerPool>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = [];

    /// <summary>Above Debug; where a machine lacks a wall of the confinement, the one line that says so is among them.</summary>
    public IEnumerable<string> Warnings => Entries.Where(entry => entry.Level > LogLevel.Debug).Select(entry => entry.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception)));
}
