using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tests.Transactions;

public sealed class SqliteGroupCommitTests() : FlowContract(new SqliteBackend())
{
    private IMoveRunner Moves => Storage.Get<IMoveRunner>();

    [Fact]
    public async Task A_move_that_fails_takes_none_of_its_batch_with_it()
    {
        var tenant = await TenantAsync();
        var accepts = new List<Task>();
        var failures = new List<Task>();
        await HoldWriterAsync(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                accepts.Add(AcceptAsync(tenant));
                failures.Add(Moves.RunAsync<bool>(
                    async (session, ct) =>
                    {
                        await session.Sql.ExecuteAsync("DELETE FROM events", ct);
                        throw new InvalidOperationException("this move alone");
                    },
                    Ct));
            }
        });
        await Task.WhenAll(accepts);
        foreach (var failure in failures)
            Assert.Equal("this move alone", (await Assert.ThrowsAsync<InvalidOperationException>(() => failure)).Message);
        Assert.Equal(10, (await EventsAsync(tenant)).Count);
    }

    [Fact]
    public async Task A_full_database_fails_with_nothing_written_and_recovers_by_itself()
    {
        var tenant = await TenantAsync();
        await LimitPagesAsync(1);
        var full = new List<Task>();
        await HoldWriterAsync(() => full.AddRange(Enumerable.Range(0, 40).Select(_ => AcceptAsync(tenant, [.. Enumerable.Range(0, 40).Select(i => $"r{i}@acme.test")]))));
        var outcomes = await Task.WhenAll(full.Select(async task =>
        {
            try
            {
                await task;
                return true;
            }
            catch (StorageFullException)
            {
                return false;
            }
        }));
        Assert.Contains(false, outcomes);
        Assert.Equal(40 * outcomes.Count(written => written), (await EventsAsync(tenant)).Count);

        await LimitPagesAsync(int.MaxValue - 1);
        await AcceptAsync(tenant);
        var events = await EventsAsync(tenant);
        Assert.Equal(Enumerable.Range(4, events.Count).Select(i => (long)i), events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_move_given_up_before_its_turn_never_starts()
    {
        var tenant = await TenantAsync();
        using var giveUp = new CancellationTokenSource();
        Task accept = Task.CompletedTask;
        await HoldWriterAsync(() =>
        {
            accept = Flow.AcceptAsync([Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test")], giveUp.Token);
            giveUp.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accept);
        Assert.Empty(await EventsAsync(tenant));
    }

    [Fact]
    public async Task Saves_of_a_context_wait_their_turn()
    {
        var tenant = await TenantAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(i => new[] { SaveAsync(i), AcceptAsync(tenant) }));
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        Assert.Equal((20, 20), (await db.IdempotencyKeys.CountAsync(Ct), await db.Messages.CountAsync(Ct)));

        async Task SaveAsync(int i)
        {
            await using var context = Storage.Open(Scope.System(tenant, "test"));
            context.Add(new IdempotencyRow { TenantId = tenant, Key = $"k{i}", RequestHash = "h", Response = "{}", CreatedAt = default });
            await context.SaveChangesAsync(Ct);
        }
    }

    [Fact]
    public async Task What_was_queued_before_the_end_is_still_committed()
    {
        var message = Mails.To(await TenantAsync(), Storage.Time.GetUtcNow(), "info@acme.test");
        var flow = Flow;
        var accept = flow.AcceptAsync([message], Ct);
        await Storage.DisposeAsync();
        Assert.Single(await accept);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => flow.AcceptAsync([message with { Id = Guid.NewGuid() }], Ct));
    }

    /// <summary>Keeps the one writer waiting while moves queue up, so that they come in one batch.</summary>
    private async Task HoldWriterAsync(Action queue)
    {
        using (await Storage.Get<SqliteWriteGate>().EnterAsync(Ct))
            queue();
    }

    private async Task LimitPagesAsync(int pages) =>
        await Moves.RunAsync((session, ct) => session.Sql.QueryAsync($"PRAGMA max_page_count = {pages}", row => row.GetInt64(0), ct), Ct);
}
