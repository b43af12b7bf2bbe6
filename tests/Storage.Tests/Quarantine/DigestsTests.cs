using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Quarantine;

public abstract class DigestsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IDigests Digests => Storage.Get<IDigests>();

    private DateTimeOffset Now => Storage.Time.GetUtcNow();

    [Fact]
    public async Task What_is_held_is_told_once()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        Assert.Equal(2, (await Digests.WaitingAsync(held.Tenant, DateTimeOffset.UnixEpoch, Ct)).Count);

        var first = await ReadAsync(held);
        var second = await ReadAsync(held);

        Assert.True(await Digests.TellAsync(first, Notice(held), DateTimeOffset.UnixEpoch, Ct));
        Assert.False(await Digests.TellAsync(second, Notice(held), DateTimeOffset.UnixEpoch, Ct));
        Assert.Equal([held.Sales], (await Digests.WaitingAsync(held.Tenant, DateTimeOffset.UnixEpoch, Ct)).Select(waiting => waiting.MailboxId));
        await using var db = Storage.Open(held.Whole);
        Assert.Equal(1, await db.Messages.CountAsync(row => row.Mode == IntakeMode.Notice, Ct));
        Assert.Single(await db.Events.Where(row => row.Kind == EventKinds.DigestSent).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_mailbox_is_told_once_at_a_time_and_again_at_the_next()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        var due = Now;

        Assert.True(await Digests.TellAsync(await ReadAsync(held), Notice(held), due.AddMilliseconds(-1), Ct));
        await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct, subject: "second");

        Assert.False(await Digests.TellAsync(await ReadAsync(held), Notice(held), due.AddMilliseconds(-1), Ct));
        Storage.Time.Advance(TimeSpan.FromHours(4));
        Assert.True(await Digests.TellAsync(await ReadAsync(held), Notice(held), due.AddHours(4).AddMilliseconds(-1), Ct));
    }

    [Fact]
    public async Task What_waits_says_when_its_mailbox_was_told_last()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        await Digests.TellAsync(await ReadAsync(held), Notice(held), DateTimeOffset.UnixEpoch, Ct);
        await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct, subject: "second");

        var waiting = await Digests.WaitingAsync(held.Tenant, DateTimeOffset.UnixEpoch, Ct);

        Assert.Equal((Now, null), (waiting.Single(digest => digest.MailboxId == held.Info).ToldAt, waiting.Single(digest => digest.MailboxId == held.Sales).ToldAt));
    }

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Rejected)]
    public async Task What_is_not_held_is_not_told(DeliveryState state)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await held.ComeAsync(VerdictKind.Spam, state, Ct);

        Assert.Empty(await Digests.WaitingAsync(held.Tenant, DateTimeOffset.UnixEpoch, Ct));
    }

    private async Task<DigestMailbox> ReadAsync(HeldMail held) => (await Digests.ReadAsync(held.Tenant, held.Info, DateTimeOffset.UnixEpoch, Now + TimeSpan.FromSeconds(1), 10, Ct))!;

    private NewMessage Notice(HeldMail held) => Mails.To(held.Tenant, Now, "info@acme.test") with { Mode = IntakeMode.Notice };
}

public sealed class DigestsOnSqlite() : DigestsContract(new SqliteBackend());

public sealed class DigestsOnPostgres(PostgresServer server) : DigestsContract(new PostgresBackend(server));
