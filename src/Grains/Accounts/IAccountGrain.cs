using System.Globalization;

namespace Platform.Grains.Accounts;

/// <summary>
/// What one sending account may do now. Invariants: in no window as long as a limit's does the account send more than the limit,
/// however many edges ask at once; a blocked account sends nothing until the block ends, and it ends by itself;
/// the same message asks and counts once. Each answer is durable before it is given.
/// </summary>
[Alias("account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>May this message be sent? Counts it when it may; blocks the account when a limit is exceeded.</summary>
    [Alias("take")]
    Task<SendDecision> TakeAsync(SendRequest request);

    /// <summary>Blocks until a time. A block is never shortened by a later, shorter one.</summary>
    [Alias("block")]
    Task BlockAsync(DateTimeOffset until, string reason);

    [Alias("unblock")]
    Task UnblockAsync();

    /// <summary>Notes where the account was used from.</summary>
    /// <returns>That nobody travels there so fast from where it was used last; null: all is well, or too little is known.</returns>
    [Alias("seen")]
    Task<AccountTravel?> SeenAsync(AccountPlace place);

    [Alias("status")]
    Task<AccountStatus> StatusAsync();
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

/// <param name="Recipients">1 or more.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-request")]
public sealed record SendRequest(
    [property: Id(0)] Guid MessageId,
    [property: Id(1)] int Recipients,
    [property: Id(2)] SendLimits Limits);

/// <summary>Most that may be sent in any window of this length. Null: no limit.</summary>
[GenerateSerializer]
[Immutable]
[Alias("send-limits")]
public sealed record SendLimits(
    [property: Id(0)] SendLimit? Minute,
    [property: Id(1)] SendLimit? Hour,
    [property: Id(2)] SendLimit? Day,
    [property: Id(3)] TimeSpan BlockFor)
{
    public static SendLimits None { get; } = new(null, null, null, TimeSpan.FromHours(1));
}

[GenerateSerializer]
[Immutable]
[Alias("send-limit")]
public sealed record SendLimit([property: Id(0)] int Messages, [property: Id(1)] int Recipients);

public enum SendOutcome
{
    Allowed,

    /// <summary>This message exceeded a limit; the account is blocked from now on.</summary>
    LimitExceeded,

    /// <summary>The account was blocked before.</summary>
    Blocked,
}

/// <param name="Until">End of the block; null when allowed.</param>
/// <param name="Reason">Stable id of what blocked: <c>minute</c>, <c>hour</c>, <c>day</c>, or the reason given to the block.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-decision")]
public sealed record SendDecision(
    [property: Id(0)] SendOutcome Outcome,
    [property: Id(1)] DateTimeOffset? Until,
    [property: Id(2)] string? Reason);

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

/// <param name="Places">Latest last.</param>
[GenerateSerializer]
[Immutable]
[Alias("account-status")]
public sealed record AccountStatus(
    [property: Id(0)] DateTimeOffset? BlockedUntil,
    [property: Id(1)] string? BlockReason,
    [property: Id(2)] SendLimit SentInMinute,
    [property: Id(3)] SendLimit SentInHour,
    [property: Id(4)] SendLimit SentInDay,
    [property: Id(5)] IReadOnlyList<AccountPlace> Places);
