using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

public abstract class FlowConcurrencyContract(IStorageBackend backend) : FlowContract(backend)
{
    private const int Senders = 8;
    private const int MessagesEach = 25;

    [Fact]
    public async Task Many_accepts_and_claims_at_once_lose_nothing_and_double_nothing()
    {
        Guid[] tenants = [await TenantAsync(), await Storage.AddTenantAsync("globex", Ct)];
        var accepted = new ConcurrentBag<Guid>();
        var claimed = new ConcurrentBag<Guid>();
        var relayed = new ConcurrentBag<Guid>();
        await Task.WhenAll([.. Enumerable.Range(0, Senders).Select(_ => SendAsync()), .. Enumerable.Range(0, 4).Select(_ => ScanAsync()), .. Enumerable.Range(0, 4).Select(_ => RelayAsync())]);

        Assert.Equal(accepted.Order(), claimed.Order());
        Assert.Equal(2 * accepted.Count, relayed.Distinct().Count());
        Assert.Equal(2 * accepted.Count, relayed.Count);
        foreach (var tenant in tenants)
        {
            await using var db = Storage.Open(Scope.System(tenant, "test"));
            var sequences = await db.Events.OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync(Ct);
            Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (long)i), sequences);
            Assert.Equal(sequences.Count, (await db.FeedCounters.SingleAsync(Ct)).LastSequence);
        }

        async Task SendAsync()
        {
            await Task.Yield();
            for (var i = 0; i < MessagesEach; i++)
            {
                // Both tenants in one transaction, in both orders: counters must not wait for each other.
                NewMessage[] both = [.. (i % 2 == 0 ? tenants : tenants.Reverse()).Select(t => Mails.To(t, Storage.Time.GetUtcNow(), "a@acme.test", "b@acme.test"))];
                await Flow.AcceptAsync(both, Ct);
                foreach (var message in both)
                    accepted.Add(message.Id);
            }
        }

        async Task ScanAsync()
        {
            await Task.Yield();
            while (claimed.Count < Senders * MessagesEach * 2)
            {
                foreach (var lease in await Flow.ClaimScansAsync(7, Lease, Ct))
                {
                    claimed.Add(lease.MessageId);
                    Assert.True(await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Queued), Ct));
                }

                await Task.Yield();
            }
        }

        async Task RelayAsync()
        {
            await Task.Yield();
            while (relayed.Count < Senders * MessagesEach * 4)
            {
                foreach (var lease in await Flow.ClaimRelaysAsync(7, Lease, Ct))
                {
                    relayed.Add(lease.DeliveryId);
                    Assert.True(await Flow.CompleteRelayAsync(lease, new RelayResult.Delivered("mx", "250 ok"), Ct));
                }

                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_release_asked_for_by_many_at_once_moves_once()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Flow.ReleaseAsync(Scope.System(tenant, "test"), delivery, Ct)));
        Assert.Single(outcomes, o => o.Status == MoveStatus.Moved);
        Assert.Equal(19, outcomes.Count(o => o.Status == MoveStatus.AlreadyThere));
    }
}

public sealed class FlowConcurrencyOnSqlite() : FlowConcurrencyContract(new SqliteBackend());

public sealed class FlowConcurrencyOnPostgres(PostgresServer server) : FlowConcurrencyContract(new PostgresBackend(server));
