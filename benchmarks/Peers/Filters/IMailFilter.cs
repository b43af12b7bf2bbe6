namespace Platform.Benchmarks.Peers.Filters;

/// <summary>A mail filter as a running program with two workers, asked over its own protocol and with no network behind it.</summary>
internal interface IMailFilter : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Process whose family does the work.</summary>
    int ProcessId { get; }

    /// <exception cref="InvalidOperationException">It gave no verdict.</exception>
    Task JudgeAsync(ReadOnlyMemory<byte> mail, CancellationToken cancellationToken);
}
