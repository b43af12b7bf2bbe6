namespace Platform.Grains.Accounts;

/// <summary>Whence accounts came in lately. An account is a mailbox or person by its address; how it came in does not matter.</summary>
public interface IAccountPlaces
{
    /// <summary>Notes one. What cannot be noted in time is not: nobody is kept out by it.</summary>
    /// <returns>That nobody travels there so fast from where it came in last; null: all is well, or too little is known.</returns>
    Task<AccountTravel?> SeenAsync(Guid tenantId, string account, AccountPlace place, CancellationToken cancellationToken);

    /// <summary>Latest last; null: not to be had now.</summary>
    Task<IReadOnlyList<AccountPlace>?> OfAsync(Guid tenantId, string account, CancellationToken cancellationToken);
}

/// <summary>Of a process without grains.</summary>
public sealed class NoAccountPlaces : IAccountPlaces
{
    public Task<AccountTravel?> SeenAsync(Guid tenantId, string account, AccountPlace place, CancellationToken cancellationToken) => Task.FromResult<AccountTravel?>(null);

    public Task<IReadOnlyList<AccountPlace>?> OfAsync(Guid tenantId, string account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AccountPlace>?>(null);
}
