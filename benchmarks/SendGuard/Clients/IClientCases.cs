namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>What one program of another maker is tried with.</summary>
internal interface IClientCases
{
    string Name { get; }

    /// <exception cref="Runner.MissingPartException">The program is not on this machine.</exception>
    Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken);
}

/// <param name="Line">Of the requirements: <c>OUT1</c>.</param>
/// <param name="Problem">What was seen in place of what should be; null: it was right.</param>
internal sealed record ClientCase(string Line, string Name, string? Problem)
{
    /// <summary>A text that must begin in some way, such as a reply.</summary>
    public static ClientCase Begins(string line, string name, string expected, string seen) =>
        new(line, name, seen.StartsWith(expected, StringComparison.Ordinal) ? null : $"'{expected}' was to come, and there came '{seen}'");

    public static ClientCase Equal<T>(string line, string name, T expected, T seen) =>
        new(line, name, EqualityComparer<T>.Default.Equals(expected, seen) ? null : $"{expected} was to come, and there came {seen}");
}
