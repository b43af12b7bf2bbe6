using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Platform.Api.Identity;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteIdentityDb --output-dir Identity/Migrations/Sqlite</c>.</summary>
internal sealed class SqliteIdentityDbDesign : IDesignTimeDbContextFactory<SqliteIdentityDb>
{
    public SqliteIdentityDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite("Data Source=:memory:").UseOpenIddict().UseApplicationServiceProvider(IdentitySchema.Services()).Options);
}

/// <summary>For <c>dotnet ef migrations add NAME --context PostgresIdentityDb --output-dir Identity/Migrations/Postgres</c>.</summary>
internal sealed class PostgresIdentityDbDesign : IDesignTimeDbContextFactory<PostgresIdentityDb>
{
    public PostgresIdentityDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresIdentityDb>().UseNpgsql("Host=localhost").UseOpenIddict().UseApplicationServiceProvider(IdentitySchema.Services()).Options);
}

/// <summary>Which tables ASP.NET Core Identity has: it reads that from the services, so migrations need the same as the host.</summary>
internal static class IdentitySchema
{
    /// <summary>Version 3 is the first with passkeys.</summary>
    public static void Configure(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    public static IServiceProvider Services() => new ServiceCollection().Configure<IdentityOptions>(Configure).BuildServiceProvider();
}
