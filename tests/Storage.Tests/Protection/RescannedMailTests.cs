using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Protection;

/// <summary>A protected mail that is inspected once more before it leaves.</summary>
public abstract class RescannedMailContract(IStorageBackend backend) : ProtectionContract(backend)
{
    [Fact]
    public async Task The_form_of_the_last_inspection_holds()
    {
        var sample = await ProtectAsync(state: DeliveryState.Held);
        Storage.Time.Advance(TimeSpan.FromHours(1));
        await RescanAsync(sample, new ProtectForm(ProtectedExtent.LargeFiles, ViewOnly: true, 7, LargerThan: 1_000));

        var delivery = (await FindAsync(sample)).Delivery;
        Assert.Equal((ProtectedExtent.LargeFiles, (long?)1_000, true, Now.AddDays(7)), (delivery.Extent, delivery.LargerThan, delivery.ViewOnly, delivery.ExpiresAt));
    }

    [Fact]
    public async Task What_is_protected_no_longer_and_was_not_read_has_no_reader()
    {
        var sample = await ProtectAsync(state: DeliveryState.Held);
        await RescanAsync(sample, null);

        Assert.Null(await Desk.FindAsync(sample.Tenant, sample.Deliveries[0], Ct));
        Assert.NotNull(await Desk.FindAsync(sample.Tenant, sample.Deliveries[1], Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_withdrawal_stays(bool isProtected)
    {
        var sample = await ProtectAsync(state: DeliveryState.Held);
        await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: false, Ct);
        await RescanAsync(sample, isProtected ? Whole : null);

        Assert.Equal(ReaderState.Withdrawn, (await FindAsync(sample)).State);
    }

    private async Task RescanAsync(ProtectedSample sample, ProtectForm? form)
    {
        await Flow.RescanAsync(Scope.System(sample.Tenant, "test"), sample.Deliveries[0], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var outcome = Mails.Outcome(lease, DeliveryState.Queued);
        Assert.True(await Flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { Form = new SendForm { Protect = form } })] }, Ct));
    }
}

public sealed class SqliteRescannedMailTests() : RescannedMailContract(new SqliteBackend());

public sealed class PostgresRescannedMailTests(PostgresServer server) : RescannedMailContract(new PostgresBackend(server));
