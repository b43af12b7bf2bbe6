using Microsoft.EntityFrameworkCore;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Accounts;

/// <summary>What the scope of an employee sees: the deliveries of its mailbox, their messages, and nothing else of the tenant.</summary>
public abstract class MailboxScopeContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task A_message_is_seen_through_a_delivery_to_the_own_mailbox_alone()
    {
        var (whole, mine, theirs) = await TenantAsync();
        var shared = await MessageAsync(whole, mine, theirs);
        await MessageAsync(whole, theirs);
        await MessageAsync(whole, (Guid?)null);
        await using var db = Storage.Open(Employee(whole, mine));

        Assert.Equal([shared], await db.Messages.Select(row => row.Id).ToListAsync(Ct));
        Assert.Equal([mine], await db.Deliveries.Select(row => row.MailboxId!.Value).ToListAsync(Ct));
        Assert.Equal([mine], await db.Mailboxes.Select(row => row.Id).ToListAsync(Ct));
    }

    [Fact]
    public async Task Without_a_mailbox_nothing_is_seen()
    {
        var (whole, mine, _) = await TenantAsync();
        await MessageAsync(whole, mine);
        await using var db = Storage.Open(whole with { Mailboxes = new HashSet<Guid>() });

        Assert.Equal((0, 0, 0), (await db.Messages.CountAsync(Ct), await db.Deliveries.CountAsync(Ct), await db.Mailboxes.CountAsync(Ct)));
    }

    [Fact]
    public async Task Everything_else_of_the_tenant_is_out_of_reach()
    {
        var (whole, mine, _) = await TenantAsync();
        await RowSamples.FillAsync(Storage, whole, Ct);
        await using var db = Storage.Open(Employee(whole, mine));

        Assert.Equal(0, await db.Events.CountAsync(Ct));
        Assert.Equal(0, await db.Audit.CountAsync(Ct));
        Assert.Equal(0, await db.Domains.CountAsync(Ct));
        Assert.Equal(0, await db.Imports.CountAsync(Ct));
        Assert.Equal(0, await db.Rules.CountAsync(Ct));
        Assert.Equal(0, await db.ListEntries.CountAsync(Ct));
        Assert.Equal(0, await db.Accounts.CountAsync(Ct));
        Assert.Equal(0, await db.Roles.CountAsync(Ct));
    }

    [Fact]
    public async Task A_permission_of_the_whole_tenant_is_none_for_a_mailbox()
    {
        var (whole, mine, _) = await TenantAsync();
        var employee = Employee(whole, mine);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => Storage.Get<IEventFeed>().ReadAsync(employee, FeedId.OfTenant(whole.Tenants.Single()), null, 1, EventFilter.None, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Storage.Get<IAuditLog>().FindBreakAsync(employee, whole.Tenants.Single(), Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Storage.Commands.AddDomainAsync(employee, whole.Tenants.Single(), "x.test", Ct));
        Assert.Equal(Permissions.OfMailbox.Order(), Permissions.All.Where(employee.Allows).Order());
    }

    [Fact]
    public async Task A_delivery_to_another_cannot_be_moved()
    {
        var (whole, mine, theirs) = await TenantAsync();
        var shared = await MessageAsync(whole, mine, theirs);
        await using var db = Storage.Open(whole);
        var deliveries = await db.Deliveries.Where(row => row.MessageId == shared).ToDictionaryAsync(row => row.MailboxId!.Value, row => row.Id, Ct);
        var flow = Storage.Get<IMessageFlow>();

        Assert.Equal(MoveStatus.NotFound, (await flow.DeleteAsync(Employee(whole, mine), deliveries[theirs], Ct)).Status);
        Assert.Equal(MoveStatus.Moved, (await flow.DeleteAsync(Employee(whole, mine), deliveries[mine], Ct)).Status);
    }

    private static Scope Employee(Scope whole, Guid mailbox) => whole with { Mailboxes = new HashSet<Guid> { mailbox } };

    private async Task<(Scope Whole, Guid Mine, Guid Theirs)> TenantAsync()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "user:test");
        var theirs = (await Storage.Commands.AddMailboxAsync(scope, tenant, "theirs@acme.test", "Theirs", Ct)).Value;
        await using var db = Storage.Open(scope);
        return (scope, await db.Mailboxes.Where(row => row.Id != theirs).Select(row => row.Id).SingleAsync(Ct), theirs);
    }

    private async Task<Guid> MessageAsync(Scope scope, params Guid?[] mailboxes)
    {
        var now = Storage.Time.GetUtcNow();
        var tenant = scope.Tenants.Single();
        var message = new MessageRow
        {
            Id = Guid.NewGuid(),
            TenantId = tenant,
            Mode = IntakeMode.Gateway,
            Direction = MailDirection.Inbound,
            ReceivedAt = now,
            MailFrom = "a@b.test",
            Verdict = VerdictKind.Spam,
            Smtp = "{}",
            Prologue = "",
            BodyName = "00/x",
            Size = 1,
            Sha256 = "",
            ScanState = ScanState.Done,
            ScanDueAt = now,
        };
        await using var db = Storage.Open(scope);
        db.Add(message);
        foreach (var mailbox in mailboxes)
            db.Add(new DeliveryRow { Id = Guid.NewGuid(), TenantId = tenant, MessageId = message.Id, MailboxId = mailbox, Recipient = "x@acme.test", State = DeliveryState.Quarantined, ChangedAt = now });
        await db.SaveChangesAsync(Ct);
        return message.Id;
    }

    private Task<Guid> MessageAsync(Scope scope, params Guid[] mailboxes) => MessageAsync(scope, [.. mailboxes.Select(id => (Guid?)id)]);
}

public sealed class MailboxScopeOnSqlite() : MailboxScopeContract(new SqliteBackend());

public sealed class MailboxScopeOnPostgres(PostgresServer server) : MailboxScopeContract(new PostgresBackend(server));
