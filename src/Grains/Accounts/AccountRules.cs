namespace Platform.Grains.Accounts;

/// <summary>The rules over <see cref="AccountState"/>, free of Orleans: each gives the next state and the answer.</summary>
internal static class AccountRules
{
    public const int RememberedMessages = 256;
    public const int RememberedPlaces = 32;
    private const int MaxReasonLength = 200;

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static (AccountState Next, SendDecision Decision) Take(AccountState state, SendRequest request, DateTimeOffset now)
    {
        // A repeated question gets the first answer, even when the account was blocked since: that message is already out.
        if (state.Messages.Contains(request.MessageId))
            return (state, new SendDecision(SendOutcome.Allowed, null, null));
        if (state.BlockedUntil is { } until && until > now)
            return (state, new SendDecision(SendOutcome.Blocked, until, state.BlockReason));

        var recipients = Math.Max(request.Recipients, 1);
        if (Exceeded(state, request.Limits, recipients, now) is { } window)
        {
            var blocked = Block(state, now + request.Limits.BlockFor, window);
            return (blocked, new SendDecision(SendOutcome.LimitExceeded, blocked.BlockedUntil, window));
        }

        var next = state with
        {
            Minute = state.Minute.Add(Minute, now, recipients),
            Hour = state.Hour.Add(Hour, now, recipients),
            Day = state.Day.Add(Day, now, recipients),
            BlockedUntil = null,
            BlockReason = null,
            Messages = [.. state.Messages.TakeLast(RememberedMessages - 1), request.MessageId],
        };
        return (next, new SendDecision(SendOutcome.Allowed, null, null));
    }

    public static AccountState Block(AccountState state, DateTimeOffset until, string reason) =>
        state.BlockedUntil >= until
            ? state
            : state with { BlockedUntil = until, BlockReason = reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength] };

    public static AccountState Unblock(AccountState state) => state with { BlockedUntil = null, BlockReason = null };

    public static AccountState Seen(AccountState state, PlaceSeen place) =>
        state with { Places = [.. state.Places.Where(known => known.Address != place.Address).TakeLast(RememberedPlaces - 1), place] };

    public static AccountStatus Status(AccountState state, DateTimeOffset now)
    {
        var blocked = state.BlockedUntil > now;
        return new AccountStatus(
            blocked ? state.BlockedUntil : null,
            blocked ? state.BlockReason : null,
            state.Minute.Sum(Minute, now),
            state.Hour.Sum(Hour, now),
            state.Day.Sum(Day, now),
            [.. state.Places.Select(static place => new AccountPlace(place.Address, place.Country, place.Asn, place.At, place.Service))]);
    }

    private static string? Exceeded(AccountState state, SendLimits limits, int recipients, DateTimeOffset now)
    {
        if (Exceeds(state.Minute.Sum(Minute, now), limits.Minute, recipients))
            return "minute";
        if (Exceeds(state.Hour.Sum(Hour, now), limits.Hour, recipients))
            return "hour";
        return Exceeds(state.Day.Sum(Day, now), limits.Day, recipients) ? "day" : null;
    }

    private static bool Exceeds(SendLimit sent, SendLimit? limit, int recipients) =>
        limit is not null && ((long)sent.Messages + 1 > limit.Messages || (long)sent.Recipients + recipients > limit.Recipients);
}
