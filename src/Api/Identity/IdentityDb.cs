using Microsoft.EntityFrameworkCore;

namespace Platform.Api.Identity;

/// <summary>
/// API clients and what OpenIddict keeps of them, apart from the platform's rows: it holds no mail and no tenant data,
/// and another issuer may take its place by configuration.
/// </summary>
public abstract class IdentityDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<ClientUseRow> ClientUses => Set<ClientUseRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<ClientUseRow>(row =>
        {
            row.ToTable("client_uses");
            row.HasKey(r => r.ClientId);
            row.Property(r => r.ClientId).HasMaxLength(100);
            row.Property(r => r.LastUsedAt).HasConversion(
                time => time.ToUnixTimeMilliseconds(),
                value => DateTimeOffset.FromUnixTimeMilliseconds(value));
        });
    }
}

/// <summary>When a client last used its key (API4). Apart from the client itself, so that noting a use never races a change.</summary>
public sealed class ClientUseRow
{
    public required string ClientId { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }
}

internal sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);

internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);
