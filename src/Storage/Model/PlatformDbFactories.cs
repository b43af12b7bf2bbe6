using Microsoft.EntityFrameworkCore;
using Platform.Storage.Scopes;
using Platform.Storage.Telemetry;
using Platform.Storage.Transactions;

namespace Platform.Storage.Model;

/// <summary>Opens contexts; <see cref="OpenForSetup"/> alone may be without a scope, and cannot query.</summary>
internal interface IPlatformDbSource : IPlatformDbFactory
{
    PlatformDb OpenForSetup();
}

internal sealed class SqlitePlatformDbSource(SqliteConnections connections, SqliteWriteGate gate, StatementCount count) : IPlatformDbSource
{
    private readonly DbContextOptions<SqlitePlatformDb> _options =
        new DbContextOptionsBuilder<SqlitePlatformDb>().UseSqlite(connections.ConnectionString).AddInterceptors(count).Options;

    public PlatformDb Open(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new SqlitePlatformDb(_options, scope, gate);
    }

    public PlatformDb OpenForSetup() => new SqlitePlatformDb(_options, null, gate);
}

internal sealed class PostgresPlatformDbSource(PostgresConnections connections, StatementCount count) : IPlatformDbSource
{
    private readonly DbContextOptions<PostgresPlatformDb> _options =
        new DbContextOptionsBuilder<PostgresPlatformDb>().UseNpgsql(connections.Source).AddInterceptors(count).Options;

    public PlatformDb Open(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new PostgresPlatformDb(_options, scope);
    }

    public PlatformDb OpenForSetup() => new PostgresPlatformDb(_options, null);
}
