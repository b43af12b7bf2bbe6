using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Platform.Api.Identity;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteIdentityDb --output-dir Identity/Migrations/Sqlite</c>.</summary>
internal sealed class SqliteIdentityDbDesign : IDesignTimeDbContextFactory<SqliteIdentityDb>
{
    public SqliteIdentityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite("Data Source=:memory:").UseOpenIddict().Options);
}

/// <summary>For <c>dotnet ef migrations add NAME --context PostgresIdentityDb --output-dir Identity/Migrations/Postgres</c>.</summary>
internal sealed class PostgresIdentityDbDesign : IDesignTimeDbContextFactory<PostgresIdentityDb>
{
    public PostgresIdentityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresIdentityDb>().UseNpgsql("Host=localhost").UseOpenIddict().Options);
}
