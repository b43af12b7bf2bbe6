using Orleans.Placement;
using Platform.Grains.Hosting;

namespace Platform.Grains.Accounts;

[RandomPlacement]
[GrainType("account")]
internal sealed class AccountGrain([PersistentState("account", SiloHosting.StorageName)] IPersistentState<AccountState> state) : Grain, IAccountGrain
{
    public async Task<AccountTravel?> SeenAsync(AccountPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var before = state.State;
        var travel = TravelRules.Find(before.Places, place);
        state.State = before.Seen(new PlaceSeen(place.Address, place.Country, place.Asn, place.At, place.Service));
        try
        {
            // Nothing is answered that is not durable. A stale ETag ends this activation; the caller's retry meets the newer state.
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }

        return travel;
    }

    public Task<IReadOnlyList<AccountPlace>> PlacesAsync() =>
        Task.FromResult<IReadOnlyList<AccountPlace>>([.. state.State.Places.Select(static place => new AccountPlace(place.Address, place.Country, place.Asn, place.At, place.Service))]);
}
