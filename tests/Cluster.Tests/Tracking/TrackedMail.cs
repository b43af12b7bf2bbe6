using Microsoft.Extensions.DependencyInjection;
using Platform.Cluster.Tests.Support;
using Platform.Engine;
using Platform.Grains.Tracking;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tracking;

namespace Platform.Cluster.Tests.Tracking;

/// <summary>A message of a tenant to tracked recipients outside.</summary>
internal sealed class TrackedMail(TwoSilos cluster, Guid tenant, Guid message, IReadOnlyList<Guid> deliveries)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Guid Tenant => tenant;

    public Guid Message => message;

    public IReadOnlyList<Guid> Deliveries => deliveries;

    public IReadStore Store => cluster.Spool.GetRequiredService<IReadStore>();

    public IReadLedger Ledger => cluster.Spool.GetRequiredService<IReadLedger>();

    public IMessageReadsGrain Grain => cluster.Grains.GetGrain<IMessageReadsGrain>(MessageReadsKey.Of(tenant, message));

    public static async Task<TrackedMail> CreateAsync(TwoSilos cluster, TrackedPlace place = TrackedPlace.Country, int recipients = 1)
    {
        var tenant = (await cluster.Spool.GetRequiredService<IDirectoryCommands>().CreateTenantAsync(new NewTenant("acme", "acme", "en", null, "maildir:out", [], null), "test", Stop)).Value;
        var now = cluster.Time.GetUtcNow();
        var deliveries = Enumerable.Range(0, recipients).Select(i => new NewDelivery(Guid.CreateVersion7(now), $"a{i}@example.com", null, null, null)).ToList();
        var message = new NewMessage(
            Guid.CreateVersion7(now),
            tenant,
            IntakeMode.Submission,
            new Envelope("192.0.2.7", null, "client.test", "info@acme.test", [.. deliveries.Select(delivery => delivery.Recipient)]),
            new SealedBody(new BodyReference("00/none", new byte[60]), 10, new string('a', 64)),
            "",
            now,
            deliveries,
            SmtpParameters.None)
        {
            SenderMailboxId = Guid.NewGuid(),
        };
        await cluster.Spool.GetRequiredService<IMessageFlow>().AcceptAsync([message], Stop);
        foreach (var delivery in deliveries)
            await cluster.Spool.GetRequiredService<IReadStore>().TrackedAsync(new NewTracked(tenant, delivery.Id, place), Stop);
        return new TrackedMail(cluster, tenant, message.Id, [.. deliveries.Select(delivery => delivery.Id)]);
    }

    public PlatformDb Open() => cluster.Spool.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(tenant, "test"));
}
