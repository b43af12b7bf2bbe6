using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Platform.Grains.Accounts;

internal sealed partial class AccountPlaces(IGrainFactory grains, TimeProvider time, ILogger<AccountPlaces> logger) : IAccountPlaces
{
    private const int MaxKept = 50_000;
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);

    /// <summary>A token is used many times a minute; the same place is noted so often.</summary>
    private static readonly TimeSpan s_notedEvery = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Key, string Address, string? Service), long> _noted = new();

    public async Task<AccountTravel?> SeenAsync(Guid tenantId, string account, AccountPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (account.Length is 0 or > AccountKey.MaxLength)
            return null;
        var key = AccountKey.Of(tenantId, account);
        if (_noted.TryGetValue((key, place.Address, place.Service), out var at) && time.GetElapsedTime(at) < s_notedEvery)
            return null;
        if (_noted.Count >= MaxKept)
            _noted.Clear();
        var asked = time.GetTimestamp();
        try
        {
            var travel = await grains.GetGrain<IAccountGrain>(key).SeenAsync(place).WaitAsync(s_answerTime, time, cancellationToken).ConfigureAwait(false);
            _noted[(key, place.Address, place.Service)] = asked;
            return travel;
        }
        catch (Exception e) when (IsPassing(e))
        {
            LogUnnoted(logger, e.GetType().Name);
            return null;
        }
    }

    public async Task<IReadOnlyList<AccountPlace>?> OfAsync(Guid tenantId, string account, CancellationToken cancellationToken)
    {
        if (account.Length is 0 or > AccountKey.MaxLength)
            return [];
        try
        {
            return await grains.GetGrain<IAccountGrain>(AccountKey.Of(tenantId, account)).PlacesAsync().WaitAsync(s_answerTime, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPassing(e))
        {
            LogUnanswered(logger, e.GetType().Name);
            return null;
        }
    }

    private static bool IsPassing(Exception exception) => exception is TimeoutException or OrleansException or System.Data.Common.DbException or InvalidDataException;

    [LoggerMessage(1, LogLevel.Warning, "The place of a login was not noted ({Problem})")]
    private static partial void LogUnnoted(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "The places of an account were not to be had in time ({Problem})")]
    private static partial void LogUnanswered(ILogger logger, string problem);
}
