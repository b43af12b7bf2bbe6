using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

/// <summary>A tenant, and short ways to bring a delivery to a state.</summary>
public abstract class FlowContract(IStorageBackend backend) : StorageContract(backend)
{
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected IMessageFlow Flow => Storage.Get<IMessageFlow>();

    protected Task<Guid> TenantAsync() => Storage.AddTenantAsync("acme", Ct);

    private protected async Task<NewMessage> AcceptAsync(Guid tenant, params string[] recipients)
    {
        var message = Mails.To(tenant, Storage.Time.GetUtcNow(), recipients.Length == 0 ? ["info@acme.test"] : recipients);
        await Flow.AcceptAsync([message], Ct);
        return message;
    }

    /// <summary>Accepts one message to one recipient and scans it to <paramref name="state"/>.</summary>
    protected async Task<Guid> DeliveryInAsync(Guid tenant, DeliveryState state)
    {
        var message = await AcceptAsync(tenant);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        Assert.True(await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, state), Ct));
        return message.Deliveries[0].Id;
    }

    protected async Task<DeliveryRow> DeliveryAsync(Guid tenant, Guid id)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Deliveries.SingleAsync(d => d.Id == id, Ct);
    }

    protected async Task<MessageRow> MessageAsync(Guid tenant, Guid id)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Messages.SingleAsync(m => m.Id == id, Ct);
    }

    /// <summary>Events of deliveries, oldest first.</summary>
    protected async Task<List<EventRow>> EventsAsync(Guid tenant)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Events.Where(e => e.DeliveryId != null).OrderBy(e => e.Sequence).ToListAsync(Ct);
    }

    protected async Task<string[]> KindsAsync(Guid tenant) => [.. (await EventsAsync(tenant)).Select(e => e.Kind)];
}
