using Microsoft.EntityFrameworkCore;
using Platform.Engine.Tracking;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Tracking;

namespace Platform.Storage.Tests.Tracking;

/// <summary>A tenant whose mailbox sent one message, delivered to people outside and tracked.</summary>
public abstract class TrackingContract(IStorageBackend backend) : StorageContract(backend)
{
    protected static readonly TimeSpan GradedAfter = TimeSpan.FromSeconds(20);

    protected static readonly OpenFacts Facts = new(new OpenRequest { Agent = "Mozilla/5.0" }, NetworkKind.Access, "JP", "Tokyo", "Example Net");

    protected IReadStore Store => Storage.Get<IReadStore>();

    protected IReadLedger Ledger => Storage.Get<IReadLedger>();

    protected DateTimeOffset Now => Storage.Time.GetUtcNow();

    internal async Task<Sent> SentAsync(int recipients = 1, bool tracked = true)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        var mailbox = await db.Mailboxes.Select(row => row.Id).SingleAsync(Ct);
        var message = Mails.To(tenant, Now, [.. Enumerable.Range(0, recipients).Select(i => $"a{i}@example.com")]) with { Mode = IntakeMode.Submission, SenderMailboxId = mailbox };
        await Storage.Get<IMessageFlow>().AcceptAsync([message], Ct);
        var sent = new Sent(tenant, mailbox, message.Id, [.. message.Deliveries.Select(delivery => delivery.Id)]);
        if (tracked)
        {
            foreach (var delivery in sent.Deliveries)
                await Store.TrackedAsync(new NewTracked(tenant, delivery, TrackedPlace.Country), Ct);
        }

        return sent;
    }

    internal NewOpen Open(Guid delivery, string network = "n1", string agent = "a1") => new(delivery, Now, OpenTarget.Picture, "", Facts, network, agent, GradedAfter);

    internal static OpenToCount ToCount(DueOpen open, OpenGrade grade) => new(
        new CountedOpen(open.Id, open.DeliveryId, open.At, open.Part, open.NetworkKey, open.AgentKey), grade, OpenReasons.Browser, "JP", null, "Example Net", new Agent(AgentKind.Browser, "Chrome", "Windows", DeviceKind.Desktop));

    internal async Task<List<OpenRow>> OpensAsync(Guid tenant)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Opens.AsNoTracking().OrderBy(row => row.At).ToListAsync(Ct);
    }

    internal async Task<TrackedDeliveryRow> TrackedAsync(Sent sent)
    {
        await using var db = Storage.Open(Scope.System(sent.Tenant, "test"));
        return await db.TrackedDeliveries.AsNoTracking().SingleAsync(row => row.DeliveryId == sent.Deliveries[0], Ct);
    }

    internal sealed record Sent(Guid Tenant, Guid Mailbox, Guid Message, IReadOnlyList<Guid> Deliveries);
}
