using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Identity;

/// <summary>
/// API clients, credentials and sessions of people, and what OpenIddict keeps of them, apart from the platform's rows: it holds
/// no mail and no tenant data, and another issuer may take its place by configuration.
/// </summary>
public abstract class IdentityDb(DbContextOptions options) : IdentityUserContext<Credential, Guid>(options)
{
    public DbSet<ClientUseRow> ClientUses => Set<ClientUseRow>();

    public DbSet<TotpRow> Totps => Set<TotpRow>();

    public DbSet<RecoveryCodeRow> RecoveryCodes => Set<RecoveryCodeRow>();

    public DbSet<PasswordTicketRow> PasswordTickets => Set<PasswordTicketRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<SessionGrantRow> SessionGrants => Set<SessionGrantRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<Credential>().ToTable("credentials");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("credential_claims");
        builder.Entity<IdentityUserLogin<Guid>>(row =>
        {
            row.ToTable("credential_logins");
            row.HasIndex(r => r.UserId).IsUnique();
        });
        builder.Entity<IdentityUserToken<Guid>>().ToTable("credential_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("passkeys");
        builder.Entity<ClientUseRow>(row =>
        {
            row.ToTable("client_uses");
            row.HasKey(r => r.ClientId);
            row.Property(r => r.ClientId).HasMaxLength(100);
            Milliseconds(row.Property(r => r.LastUsedAt));
        });
        builder.Entity<TotpRow>(row =>
        {
            row.ToTable("totps");
            row.HasKey(r => r.AccountId);
            row.Property(r => r.Secret).HasMaxLength(1_000);
            Milliseconds(row.Property(r => r.ConfirmedAt));
        });
        builder.Entity<RecoveryCodeRow>(row =>
        {
            row.ToTable("recovery_codes");
            row.HasKey(r => r.Hash);
            row.HasIndex(r => r.AccountId);
            row.Property(r => r.Hash).HasMaxLength(64);
            Milliseconds(row.Property(r => r.UsedAt));
        });
        builder.Entity<PasswordTicketRow>(row =>
        {
            row.ToTable("password_tickets");
            row.HasKey(r => r.Hash);
            row.HasIndex(r => r.AccountId);
            row.Property(r => r.Hash).HasMaxLength(64);
            Milliseconds(row.Property(r => r.ExpiresAt));
            Milliseconds(row.Property(r => r.UsedAt));
        });
        builder.Entity<SessionRow>(row =>
        {
            row.ToTable("sessions");
            row.HasKey(r => r.Id);
            row.HasIndex(r => r.AccountId);
            row.Property(r => r.Methods).HasMaxLength(50);
            row.Property(r => r.Network).HasMaxLength(64);
            row.Property(r => r.UserAgent).HasMaxLength(300);
            Milliseconds(row.Property(r => r.CreatedAt));
            Milliseconds(row.Property(r => r.AuthenticatedAt));
            Milliseconds(row.Property(r => r.LastSeenAt));
            Milliseconds(row.Property(r => r.ExpiresAt));
            Milliseconds(row.Property(r => r.EndedAt));
        });
        builder.Entity<SessionGrantRow>(row =>
        {
            row.ToTable("session_grants");
            row.HasKey(r => r.AuthorizationId);
            row.HasIndex(r => r.SessionId);
            row.Property(r => r.AuthorizationId).HasMaxLength(100);
            row.Property(r => r.ClientId).HasMaxLength(100);
        });
        builder.Entity<AttemptRow>(row =>
        {
            row.ToTable("attempts");
            row.HasKey(r => r.Key);
            row.HasIndex(r => r.LastAt);
            row.Property(r => r.Key).HasMaxLength(64);
            Milliseconds(row.Property(r => r.LastAt));
            Milliseconds(row.Property(r => r.BlockedUntil));
        });
    }

    private static void Milliseconds(PropertyBuilder<DateTimeOffset> property) => property.HasConversion(
        time => time.ToUnixTimeMilliseconds(),
        value => DateTimeOffset.FromUnixTimeMilliseconds(value));

    private static void Milliseconds(PropertyBuilder<DateTimeOffset?> property) => property.HasConversion(
        time => time == null ? (long?)null : time.Value.ToUnixTimeMilliseconds(),
        value => value == null ? null : DateTimeOffset.FromUnixTimeMilliseconds(value.Value));
}

/// <summary>When a client last used its key (API4). Apart from the client itself, so that noting a use never races a change.</summary>
public sealed class ClientUseRow
{
    public required string ClientId { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }
}

internal sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);

internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);
