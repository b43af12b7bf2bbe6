using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Platform.Storage.Transactions;

namespace Platform.Storage.Model;

/// <summary>For <c>dotnet ef migrations add NAME --context SqlitePlatformDb --output-dir Migrations/Sqlite</c>; never opens a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePlatformDb>
{
    public SqlitePlatformDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePlatformDb>().UseSqlite("Data Source=:memory:").Options, null, new SqliteWriteGate());
}

/// <summary>For <c>dotnet ef migrations add NAME --context PostgresPlatformDb --output-dir Migrations/Postgres</c>; never opens a database.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresPlatformDb>
{
    public PostgresPlatformDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresPlatformDb>().UseNpgsql("Host=localhost").Options, null);
}
