using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

/// <summary>Whatever order accepts, claims, results, lost leases and people's moves come in, the invariants of the flow hold.</summary>
public sealed class FlowMachineTests(PostgresServer server)
{
    private const int Steps = 100;

    /// <summary>What brings mails further comes more often, so that runs reach deep states.</summary>
    private static readonly (Act Act, int Weight)[] Weights =
    [
        (Act.Accept, 3), (Act.AcceptWithLease, 1), (Act.ClaimScans, 4), (Act.CompleteScan, 6), (Act.FailScan, 2), (Act.ClaimRelays, 5), (Act.CompleteRelay, 4),
        (Act.ExtendRelay, 2), (Act.ReturnRelay, 2), (Act.Release, 4), (Act.Delete, 1), (Act.Rescan, 2), (Act.Wait, 4), (Act.Cancel, 2), (Act.Confirm, 2), (Act.EndStages, 3),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Random_moves_keep_the_invariants_on_Sqlite() => Check(new SqliteBackend(), samples: 20);

    [Fact]
    public async Task Random_moves_keep_the_invariants_on_Postgres()
    {
        await server.CreateDatabaseAsync(Ct);
        Check(new PostgresBackend(server), samples: 5);
    }

    private static void Check(IStorageBackend backend, int samples)
    {
        var step = from act in Gen.Frequency(Weights.Select(w => (w.Weight, Gen.Constant(w.Act))))
                   from choice in Gen.Choose(0, 1_000)
                   select new Step(act, choice);
        Prop.ForAll(step.ListOf(Steps).ToArbitrary(), steps => RunAsync(backend, [.. steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(samples));
    }

    private static async Task RunAsync(IStorageBackend backend, IReadOnlyList<Step> steps)
    {
        var storage = await TestStorage.CreateAsync(backend, Ct);
        try
        {
            var machine = new FlowMachine(storage, await storage.AddTenantAsync("acme", Ct));
            foreach (var step in steps)
                await machine.DoAsync(step, Ct);
        }
        finally
        {
            await storage.DisposeAndDeleteAsync();
        }
    }

    internal enum Act
    {
        Accept,
        AcceptWithLease,
        ClaimScans,
        CompleteScan,
        FailScan,
        ClaimRelays,
        CompleteRelay,
        ExtendRelay,
        ReturnRelay,
        Release,
        Delete,
        Rescan,
        Wait,
        Cancel,
        Confirm,
        EndStages,
    }

    /// <param name="Choice">Picks the lease, delivery, target or time among those there are.</param>
    internal sealed record Step(Act Act, int Choice);

    private sealed class FlowMachine(TestStorage storage, Guid tenant)
    {
        private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
        private static readonly Guid Sender = Guid.NewGuid();
        private static readonly DeliveryState[] AfterScan = [.. Enum.GetValues<DeliveryState>().Where(to => DeliveryMoves.IsAllowed(DeliveryState.Received, to))];

        private readonly Scope _scope = Scope.System(tenant, "test");
        private readonly List<ScanLease> _scans = [];
        private readonly List<RelayLease> _relays = [];

        /// <summary>By message or delivery: the token that alone may write, and when its lease ends.</summary>
        private readonly Dictionary<Guid, (Guid Token, DateTimeOffset Until)> _leased = [];
        private readonly Dictionary<Guid, Guid> _messageOf = [];
        private Dictionary<Guid, DeliveryState> _states = [];
        private int _events = 3;

        private IOutgoingMail Outgoing => storage.Get<IOutgoingMail>();

        private IMessageFlow Flow => storage.Get<IMessageFlow>();

        private DateTimeOffset Now => storage.Time.GetUtcNow();

        public async Task DoAsync(Step step, CancellationToken ct)
        {
            var mayWrite = await ActAsync(step, ct);
            await CheckAsync(step, mayWrite, ct);
        }

        /// <returns>False when the call said that it wrote nothing.</returns>
        private async Task<bool> ActAsync(Step step, CancellationToken ct)
        {
            var choice = step.Choice;
            switch (step.Act)
            {
                case Act.Accept or Act.AcceptWithLease:
                    string[] recipients = [.. Enumerable.Range(0, 1 + (choice % 3)).Select(i => $"r{i}@acme.test")];
                    var message = Mails.To(tenant, Now, recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = Sender, ScanLease = step.Act == Act.AcceptWithLease ? Lease : null };
                    foreach (var delivery in message.Deliveries)
                        _messageOf[delivery.Id] = message.Id;
                    _scans.AddRange((await Flow.AcceptAsync([message], ct)).OfType<ScanLease>().Select(Taken));
                    return true;
                case Act.ClaimScans:
                    _scans.AddRange((await Flow.ClaimScansAsync(1 + (choice % 2), Lease, ct)).Select(Taken));
                    return true;
                case Act.CompleteScan when Pick(_scans, choice) is { } lease:
                    return Done(lease.MessageId, Holds(lease), await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, AfterScan[choice % AfterScan.Length]), ct));
                case Act.FailScan when Pick(_scans, choice) is { } lease:
                    return Done(lease.MessageId, Holds(lease), await Flow.FailScanAsync(lease, "crashed", Now + TimeSpan.FromSeconds(choice % 2 * 10), ct));
                case Act.ClaimRelays:
                    _relays.AddRange((await Flow.ClaimRelaysAsync(1 + (choice % 2), Lease, ct)).Select(Taken));
                    return true;
                case Act.CompleteRelay when Pick(_relays, choice) is { } lease:
                    return Done(lease.DeliveryId, Holds(lease), await Flow.CompleteRelayAsync(lease, Result(choice), ct));
                case Act.ExtendRelay when Pick(_relays, choice) is { } lease:
                    var held = Holds(lease);
                    Assert.Equal(held, await Flow.ExtendRelayAsync(lease, Lease, ct));
                    if (held)
                        _leased[lease.DeliveryId] = (lease.Token, Now + Lease);
                    return false;
                case Act.ReturnRelay when Pick(_relays, choice) is { } lease:
                    Done(lease.DeliveryId, Holds(lease), await Flow.ReturnRelayAsync(lease, Now, ct));
                    return false;
                case Act.Release when Pick([.. _states.Keys.Order()], choice) is var id && id != Guid.Empty:
                    return Moved(id, await Flow.ReleaseAsync(_scope, id, ct));
                case Act.Delete when Pick([.. _states.Keys.Order()], choice) is var id && id != Guid.Empty:
                    return Moved(id, await Flow.DeleteAsync(_scope, id, ct));
                case Act.Rescan when Pick([.. _states.Keys.Order()], choice) is var id && id != Guid.Empty:
                    return Moved(id, await Flow.RescanAsync(_scope, id, ct));
                case Act.Wait:
                    storage.Time.Advance(choice % 10 == 0 ? TimeSpan.FromHours(30) : TimeSpan.FromSeconds(choice % 3 * 40));
                    return false;
                case Act.Cancel when Pick([.. _states.Keys.Order()], choice) is var id && id != Guid.Empty:
                    return (await Outgoing.CancelAsync(_scope, _messageOf.GetValueOrDefault(id), [id], ct)).Value > 0;
                case Act.Confirm when Pick([.. _states.Keys.Order()], choice) is var id && id != Guid.Empty:
                    return (await Outgoing.ConfirmAsync(_scope, _messageOf.GetValueOrDefault(id), [id], ct)).Value > 0;
                case Act.EndStages:
                    return await Outgoing.EndDueAsync(1 + (choice % 3), ct) > 0;
                default:
                    return false;
            }
        }

        private async Task CheckAsync(Step step, bool mayWrite, CancellationToken ct)
        {
            await using var db = storage.Open(_scope);
            var states = await db.Deliveries.ToDictionaryAsync(d => d.Id, d => d.State, ct);
            var fresh = await db.Events.Where(e => e.Sequence > _events).OrderBy(e => e.Sequence).ToListAsync(ct);

            Assert.Equal(Enumerable.Range(_events + 1, fresh.Count).Select(i => (long)i), fresh.Select(e => e.Sequence));
            if (!mayWrite)
                Assert.Equal((0, _states.Count), (fresh.Count, states.Count));
            foreach (var (id, state) in states)
                CheckDelivery(step, id, state, fresh.FindAll(e => e.DeliveryId == id));
            _states = states;
            _events += fresh.Count;
        }

        private void CheckDelivery(Step step, Guid id, DeliveryState state, List<EventRow> events)
        {
            if (!_states.TryGetValue(id, out var before))
            {
                Assert.Equal(DeliveryEvents.KindOf(state), Assert.Single(events).Kind);
                Assert.Contains(state, new[] { DeliveryState.Received, DeliveryState.Queued });
            }
            else if (before == state)
            {
                Assert.True(events.Count == 0 || (step.Act == Act.CompleteRelay && events is [{ Kind: EventKinds.Deferred }]), $"{step}: {events.Count} events without a move");
            }
            else
            {
                Assert.True(DeliveryMoves.IsAllowed(before, state), $"{step}: {before} to {state}");
                Assert.Equal(state == DeliveryState.Received ? EventKinds.Requeued : DeliveryEvents.KindOf(state), Assert.Single(events).Kind);
            }
        }

        private RelayResult Result(int choice) => (choice % 4) switch
        {
            0 => new RelayResult.Delivered("mx", "250 ok"),
            1 => new RelayResult.Deferred("4.4.1", "later", Now + TimeSpan.FromSeconds(30)),
            2 => new RelayResult.Failed("5.1.1", "no", null),
            _ => new RelayResult.Failed("5.1.1", "no", Mails.To(tenant, Now, "sender@outside.test") with { Mode = IntakeMode.Bounce }),
        };

        private ScanLease Taken(ScanLease lease)
        {
            Take(lease.MessageId, lease.Token);
            return lease;
        }

        private RelayLease Taken(RelayLease lease)
        {
            Take(lease.DeliveryId, lease.Token);
            return lease;
        }

        private void Take(Guid id, Guid token)
        {
            Assert.False(_leased.TryGetValue(id, out var lease) && lease.Until > Now, "claimed twice under one lease");
            _leased[id] = (token, Now + Lease);
        }

        /// <summary>The token is the last one given out, and the message was not given up meanwhile.</summary>
        private bool Holds(ScanLease lease) =>
            _leased.TryGetValue(lease.MessageId, out var current) && current.Token == lease.Token
            && _states.Any(s => s.Value == DeliveryState.Received && _messageOf.GetValueOrDefault(s.Key) == lease.MessageId);

        private bool Holds(RelayLease lease) => _leased.TryGetValue(lease.DeliveryId, out var current) && current.Token == lease.Token;

        private bool Done(Guid id, bool expected, bool written)
        {
            Assert.Equal(expected, written);
            if (written)
                _leased.Remove(id);
            return written;
        }

        /// <summary>A person's move makes the scan under way stale.</summary>
        private bool Moved(Guid deliveryId, MoveOutcome outcome)
        {
            if (outcome is { Status: MoveStatus.Moved, State: DeliveryState.Received })
                _leased.Remove(_messageOf[deliveryId]);
            return outcome.Status == MoveStatus.Moved;
        }

        /// <summary>Half of the time the newest, which is most likely still good.</summary>
        private static T? Pick<T>(List<T> from, int choice) => from.Count == 0 ? default : choice % 2 == 0 ? from[^1] : from[choice % from.Count];
    }
}
