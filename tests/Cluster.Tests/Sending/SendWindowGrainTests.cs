using Microsoft.Extensions.DependencyInjection;
using Platform.Cluster.Tests.Support;
using Platform.Engine;
using Platform.Grains.Sending;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Sending;

namespace Platform.Cluster.Tests.Sending;

/// <summary>The invariants of a send window, attacked over two silos and a real spool, on each store.</summary>
public sealed class SendWindowGrainTests(PostgresServer postgres)
{
    private static readonly SendLimit[] s_ten = [new(SendPeriod.Hour, SendMeasure.Messages, 10)];
    private static readonly SendLoad s_one = new(1, 0, 1, 1);

    public static TheoryData<Store> Stores => new(Store.Sqlite, Store.Postgres);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Many_edges_at_once_let_through_no_more_than_the_limit(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => sender.TryAsync(s_ten)));

        Assert.Equal(10, accepted.Count(one => one));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_sent_counts_on_after_the_silo_was_killed(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        for (var i = 0; i < 6; i++)
            Assert.True(await sender.TryAsync(s_ten));
        await cluster.KillAsync(await cluster.HolderOfAsync(sender.Window.GetGrainId()));

        var accepted = 0;
        for (var i = 0; i < 10; i++)
            accepted += await sender.TryAsync(s_ten) ? 1 : 0;

        Assert.Equal(4, accepted);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_let_through_and_never_accepted_counts_for_moments_only(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        for (var i = 0; i < 10; i++)
            Assert.Equal(SendOutcome.Allowed, (await sender.ReserveAsync(s_ten)).Answer.Outcome);

        var meanwhile = (await sender.ReserveAsync(s_ten)).Answer.Outcome;
        cluster.Time.Advance(TimeSpan.FromSeconds(6));
        var later = (await sender.ReserveAsync(s_ten)).Answer.Outcome;

        Assert.Equal((SendOutcome.Busy, SendOutcome.Allowed), (meanwhile, later));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_let_through_before_the_count_began_anew_is_not_accepted(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        var (message, answer) = await sender.ReserveAsync(s_ten);
        await cluster.KillAsync(await cluster.HolderOfAsync(sender.Window.GetGrainId()));
        await sender.ReserveAsync(s_ten);

        await Assert.ThrowsAsync<SendPermitException>(() => sender.AcceptAsync(message, answer));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_taken_back_makes_room(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        var first = await sender.ReserveAsync(s_ten);
        for (var i = 1; i < 10; i++)
            await sender.ReserveAsync(s_ten);
        await sender.Window.SettleAsync(first.Message.Id, accepted: false);

        Assert.Equal(SendOutcome.Allowed, (await sender.ReserveAsync(s_ten)).Answer.Outcome);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_message_counts_once(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        var request = new SendRequest(Guid.NewGuid(), s_one, s_ten);
        for (var i = 0; i < 20; i++)
            await sender.Window.ReserveAsync(request);

        for (var i = 1; i < 10; i++)
            Assert.Equal(SendOutcome.Allowed, (await sender.ReserveAsync(s_ten)).Answer.Outcome);
        Assert.Equal(SendOutcome.Busy, (await sender.ReserveAsync(s_ten)).Answer.Outcome);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_window_opens_again_when_its_time_has_passed(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var sender = await Sender.CreateAsync(cluster);
        for (var i = 0; i < 10; i++)
            await sender.TryAsync(s_ten);
        var full = await sender.TryAsync(s_ten);
        cluster.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        Assert.Equal((false, true), (full, await sender.TryAsync(s_ten)));
    }

    /// <summary>An edge that asks, accepts into the spool and tells, for one mailbox.</summary>
    private sealed class Sender(TwoSilos cluster, Guid tenantId)
    {
        private readonly SendSubject _subject = new(tenantId, SendSubjectKind.Mailbox, Guid.NewGuid());

        public ISendWindowGrain Window => cluster.Grains.GetGrain<ISendWindowGrain>(SendWindowKey.Of(_subject));

        public static async Task<Sender> CreateAsync(TwoSilos cluster)
        {
            var tenant = await cluster.Spool.GetRequiredService<IDirectoryCommands>().CreateTenantAsync(new NewTenant("acme", "acme", "en", null, "maildir:out", [], null), "test", Stop);
            return new Sender(cluster, tenant.Value);
        }

        public async Task<(NewMessage Message, SendAnswer Answer)> ReserveAsync(SendLimit[] limits)
        {
            var message = Message();
            return (message, await Window.ReserveAsync(new SendRequest(message.Id, s_one, limits)));
        }

        public async Task AcceptAsync(NewMessage message, SendAnswer answer) =>
            await cluster.Spool.GetRequiredService<IMessageFlow>().AcceptAsync([message with { Permits = [new SendPermit(_subject.Id, answer.Epoch)] }], Stop);

        /// <summary>As <see cref="SendGuard"/> and the edge do together.</summary>
        public async Task<bool> TryAsync(SendLimit[] limits)
        {
            var message = Message();
            long? stale = null;
            while (true)
            {
                var answer = await Window.ReserveAsync(new SendRequest(message.Id, s_one, limits, stale));
                if (answer.Outcome == SendOutcome.LimitExceeded)
                    return false;
                if (answer.Outcome == SendOutcome.Busy)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
                    continue;
                }

                try
                {
                    await AcceptAsync(message, answer);
                    await Window.SettleAsync(message.Id, accepted: true);
                    return true;
                }
                catch (SendPermitException)
                {
                    stale = answer.Epoch;
                }
            }
        }

        private NewMessage Message()
        {
            var now = cluster.Time.GetUtcNow();
            return new NewMessage(
                Guid.CreateVersion7(now),
                _subject.TenantId,
                IntakeMode.Submission,
                new Envelope("192.0.2.7", null, "client.test", "info@acme.test", ["a@example.com"]),
                new SealedBody(new BodyReference("00/none", new byte[60]), 10, new string('a', 64)),
                "",
                now,
                [new NewDelivery(Guid.CreateVersion7(now), "a@example.com", null, null, null)],
                SmtpParameters.None)
            {
                SenderMailboxId = _subject.Id,
            };
        }
    }
}
