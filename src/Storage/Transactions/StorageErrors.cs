using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Storage.Messages;

namespace Platform.Storage.Transactions;

/// <summary>Which failures mean "no room now, ask again later".</summary>
internal static class StorageErrors
{
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteConstraint = 19;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static Exception Translate(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteFull or SqliteIoError } => new StorageFullException("The database cannot be written: no room on the disk, or the disk fails.", exception),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StorageFullException("The database server has no room.", exception),
        IOException { HResult: NoSpace or QuotaExceeded or WindowsDiskFull } => new StorageFullException("The body store has no room.", exception),
        _ => exception,
    };

    /// <summary>A unique or foreign key is broken.</summary>
    public static bool IsTaken(Exception exception) => exception
        is SqliteException { SqliteErrorCode: SqliteConstraint }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    public static bool MayRetry(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}
