using Microsoft.EntityFrameworkCore;
using Platform.Storage.Scopes;

namespace Platform.Storage.Model;

/// <summary>
/// The relational model. Every tenant-owned set is filtered by the scope the context was opened with;
/// one opened without a scope throws on its first query.
/// </summary>
public abstract class PlatformDb(DbContextOptions options, Scope? scope) : DbContext(options)
{
    public DbSet<MspRow> Msps => Set<MspRow>();
    public DbSet<TenantRow> Tenants => Set<TenantRow>();
    public DbSet<DomainRow> Domains => Set<DomainRow>();
    public DbSet<MailboxRow> Mailboxes => Set<MailboxRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<FeedCounterRow> FeedCounters => Set<FeedCounterRow>();
    public DbSet<ImportRow> Imports => Set<ImportRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    /// <exception cref="ScopeViolationException">The context has no scope.</exception>
    protected internal IReadOnlyList<Guid> ScopeTenants => scope is null ? throw new ScopeViolationException() : [.. scope.Tenants];
}

/// <summary>Opens a context in a scope. The only way to one outside of this project.</summary>
public interface IPlatformDbFactory
{
    PlatformDb Open(Scope scope);
}
