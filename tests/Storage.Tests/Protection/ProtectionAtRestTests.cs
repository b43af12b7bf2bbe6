using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Protection;

/// <summary>What lies on disk of a protected mail.</summary>
public abstract class ProtectionAtRestContract(IStorageBackend backend) : ProtectionContract(backend)
{
    [Fact]
    public async Task No_table_index_or_file_holds_a_word_of_a_mail_of_which_all_is_protected()
    {
        await ProtectAsync();

        Assert.Empty(await AllTables.HoldingAsync(Storage, Word, Ct));
        Assert.Empty(AllFiles.Holding(Storage.Settings.DataDirectory, Word));
    }

    [Fact]
    public async Task Nobody_finds_it_by_its_words()
    {
        var sample = await ProtectAsync();
        await Storage.Get<SearchProjection>().RunOnceAsync(Ct);

        Assert.Empty(await Storage.Get<IMessageSearch>().FindAsync(Scope.System(sample.Tenant, "test"), Word, 10, Ct));
    }

    [Fact]
    public async Task What_is_stopped_is_shown_to_those_who_judge_it()
    {
        var sample = await ProtectAsync(state: DeliveryState.Quarantined);
        await using var db = Storage.Open(Scope.System(sample.Tenant, "test"));

        Assert.Equal(Word, (await db.Messages.SingleAsync(Ct)).Subject);
    }

    [Fact]
    public async Task Neither_the_tenants_key_nor_the_rows_open_it_without_its_own_key()
    {
        var sample = await ProtectAsync();
        await using (var db = Storage.Open(Scope.System(sample.Tenant, "test")))
        {
            var row = await db.ProtectedMails.SingleAsync(Ct);
            row.WrappedKey = new byte[row.WrappedKey!.Length];
            await db.SaveChangesAsync(Ct);
        }

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(async () => await Storage.Get<IBodyStore>().OpenReadAsync(sample.Tenant, (await FindAsync(sample)).Body, Ct));
    }

    [Fact]
    public async Task An_inspection_that_is_repeated_keeps_the_key()
    {
        var sample = await ProtectAsync(state: DeliveryState.Held);
        await Flow.RescanAsync(Scope.System(sample.Tenant, "test"), sample.Deliveries[0], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var outcome = Mails.Outcome(lease, DeliveryState.Queued);
        Assert.True(await Flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { Form = new SendForm { Protect = Whole } })] }, Ct));

        await using var body = await Storage.Get<IBodyStore>().OpenReadAsync(sample.Tenant, (await FindAsync(sample)).Body, Ct);
        Assert.True(body.Length > 0);
    }
}

public sealed class SqliteProtectionAtRestTests() : ProtectionAtRestContract(new SqliteBackend());

public sealed class PostgresProtectionAtRestTests(PostgresServer server) : ProtectionAtRestContract(new PostgresBackend(server));
