using System.Globalization;

namespace Platform.Grains.Accounts;

/// <summary>Whence one account was used lately. Invariant: each answer is durable before it is given, and of two that write at once one meets what the other wrote.</summary>
[Alias("account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Notes where the account was used from.</summary>
    /// <returns>That nobody travels there so fast from where it was used last; null: all is well, or too little is known.</returns>
    [Alias("seen")]
    Task<AccountTravel?> SeenAsync(AccountPlace place);

    /// <returns>Latest last.</returns>
    [Alias("places")]
    Task<IReadOnlyList<AccountPlace>> PlacesAsync();
}

public static class AccountKey
{
    public const int MaxLength = 320;

    /// <summary>The key of an account: its tenant comes first, so that no account of another tenant is ever met.</summary>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static string Of(Guid tenantId, string account)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(account.Length, MaxLength);
        return string.Create(CultureInfo.InvariantCulture, $"{tenantId:N}/{account.ToLowerInvariant()}");
    }
}

/// <param name="Service">By what it came in, such as <c>submission</c>; null: noted before that was told apart.</param>
[GenerateSerializer]
[Immutable]
[Alias("account-place")]
public sealed record AccountPlace(
    [property: Id(0)] string Address,
    [property: Id(1)] string? Country,
    [property: Id(2)] long? Asn,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string? Service = null);
