using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Platform.Grains.Hosting;

namespace Platform.Grains.Accounts;

[RandomPlacement]
[GrainType("account")]
internal sealed class AccountGrain([PersistentState("account", SiloHosting.StorageName)] IPersistentState<AccountState> state, [FromKeyedServices(SiloHosting.GrainClock)] TimeProvider time) : Grain, IAccountGrain
{
    public async Task<SendDecision> TakeAsync(SendRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (next, decision) = AccountRules.Take(state.State, request, time.GetUtcNow());
        await WriteAsync(next);
        return decision;
    }

    public Task BlockAsync(DateTimeOffset until, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return WriteAsync(AccountRules.Block(state.State, until, reason));
    }

    public Task UnblockAsync() => WriteAsync(AccountRules.Unblock(state.State));

    public async Task<AccountTravel?> SeenAsync(AccountPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var travel = TravelRules.Find(state.State.Places, place);
        await WriteAsync(AccountRules.Seen(state.State, new PlaceSeen(place.Address, place.Country, place.Asn, place.At, place.Service)));
        return travel;
    }

    public Task<AccountStatus> StatusAsync() => Task.FromResult(AccountRules.Status(state.State, time.GetUtcNow()));

    /// <summary>Nothing is answered that is not durable. A stale ETag ends this activation; the caller's retry meets the newer state.</summary>
    private async Task WriteAsync(AccountState next)
    {
        var before = state.State;
        if (ReferenceEquals(before, next))
            return;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
    }
}
