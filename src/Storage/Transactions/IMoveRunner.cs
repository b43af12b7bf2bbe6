namespace Platform.Storage.Transactions;

/// <summary>Runs moves: each is all or nothing, durable when the task completes, its events numbered in commit order.</summary>
internal interface IMoveRunner
{
    SqlDialect Dialect { get; }

    /// <param name="move">May run more than once (deadlock, serialization failure), so it changes nothing but rows of its session.</param>
    /// <exception cref="Messages.StorageFullException">No room; nothing was written.</exception>
    Task<T> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken);
}

/// <summary>Connections for reading what is committed.</summary>
internal interface IReadConnections
{
    ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>Where the two databases' SQL differs.</summary>
/// <param name="SkipLocked">Ends the sub-select of a claim, so that two claimers do not wait for each other.</param>
/// <param name="ForUpdate">Ends a select that reads before it writes.</param>
/// <param name="ForShare">Ends a select of what must not change before the transaction ends.</param>
internal sealed record SqlDialect(string SkipLocked, string ForUpdate, string ForShare)
{
    /// <summary>One writer at a time needs no row locks.</summary>
    public static SqlDialect Sqlite { get; } = new("", "", "");

    public static SqlDialect Postgres { get; } = new(" FOR UPDATE SKIP LOCKED", " FOR UPDATE", " FOR SHARE");
}
