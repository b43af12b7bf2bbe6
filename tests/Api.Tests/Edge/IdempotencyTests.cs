using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Edge;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();
    private readonly FakeTimeProvider _time = new(Seed.Newest);
    private int _runs;

    private Idempotency Idempotency => new(_platform.Provider.GetRequiredService<IPlatformDbFactory>(), _time);

    private Guid Tenant => _platform.Seed.Acme.Id;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_acts_once()
    {
        Assert.Equal((1, 1, 1), (await RunAsync("k", "request"), await RunAsync("k", "request"), _runs));
    }

    [Fact]
    public async Task Without_a_key_every_call_acts()
    {
        Assert.Equal((1, 2), (await RunAsync(null, "request"), await RunAsync(null, "request")));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        await RunAsync("k", "request");

        Assert.Equal(ErrorCodes.IdempotencyKeyReused, (await Assert.ThrowsAsync<ApiException>(() => RunAsync("k", "another"))).Code);
    }

    [Fact]
    public async Task Keys_of_two_clients_are_apart()
    {
        await RunAsync("k", "request");

        Assert.Equal(2, await RunAsync("k", "request", actor: "client:other"));
    }

    [Fact]
    public async Task A_command_that_failed_may_be_repeated()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("k", "request", command: () => throw new InvalidOperationException()));

        Assert.Equal(1, await RunAsync("k", "request"));
    }

    [Fact]
    public async Task A_repeat_while_the_first_runs_is_told_to_wait()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var first = RunAsync("k", "request", command: async () =>
        {
            entered.SetResult();
            await leave.Task;
            return 7;
        });
        await entered.Task;
        var refused = await Assert.ThrowsAsync<ApiException>(() => RunAsync("k", "request"));
        leave.SetResult();

        Assert.Equal((ErrorCodes.IdempotencyInProgress, 7, 7), (refused.Code, await first, await RunAsync("k", "request")));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_acts()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                return await RunAsync("k", "request");
            }
            catch (ApiException exception) when (exception.Code == ErrorCodes.IdempotencyInProgress)
            {
                return 1;
            }
        }));

        Assert.Equal(1, _runs);
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome));
    }

    [Fact]
    public async Task A_reservation_whose_process_died_is_taken_over_after_a_minute()
    {
        await RunAsync("k", "request");
        await using (var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(Tenant, "test")))
        {
            var row = await db.IdempotencyKeys.SingleAsync(TestContext.Current.CancellationToken);
            db.Entry(row).Property(r => r.Response).CurrentValue = "";
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<ApiException>(() => RunAsync("k", "request"));
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(2, await RunAsync("k", "request"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_key_is_bounded(int length)
    {
        Assert.Equal(ErrorCodes.BadUserInput, (await Assert.ThrowsAsync<ApiException>(() => RunAsync(new string('k', length), "request"))).Code);
    }

    private Task<int> RunAsync(string? key, string request, string actor = "client:acme-api", Func<Task<int>>? command = null) => Idempotency.RunAsync(
        new Scope(new HashSet<Guid> { Tenant }, Permissions.All, actor), Tenant, key, "test", request, command ?? (() => Task.FromResult(Interlocked.Increment(ref _runs))), TestContext.Current.CancellationToken);
}
