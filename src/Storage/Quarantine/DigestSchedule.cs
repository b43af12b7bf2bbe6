namespace Platform.Storage.Quarantine;

public enum DigestRhythm
{
    Off,
    Immediate,
    FourHours,
    Daily,

    /// <summary>On Mondays.</summary>
    Weekly,
}

/// <summary>When the owner of a mailbox is told of held mail.</summary>
/// <param name="Hour">0 to 23, in the zone.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>; null: of the person, else of the tenant.</param>
public sealed record DigestSchedule(DigestRhythm Rhythm, int Hour, TimeZoneInfo Zone, string? Language)
{
    /// <summary>Between two digests of the immediate rhythm: whoever sends much tells of it no more often.</summary>
    public static TimeSpan ImmediatePause { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The last moment at which a digest was due. What was held before it and not told yet is told now, however long ago that was: times
    /// that were missed are so caught up in one. Null: never.
    /// </summary>
    public DateTimeOffset? LastDue(DateTimeOffset now)
    {
        if (Rhythm is DigestRhythm.Off)
            return null;
        if (Rhythm is DigestRhythm.Immediate)
            return now;
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var day = local.Date;
        var due = Rhythm switch
        {
            DigestRhythm.FourHours => day.AddHours(local.Hour / 4 * 4),
            DigestRhythm.Daily => day.AddHours(Hour),
            _ => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)).AddHours(Hour),
        };
        var step = Rhythm switch { DigestRhythm.FourHours => TimeSpan.FromHours(4), DigestRhythm.Daily => TimeSpan.FromDays(1), _ => TimeSpan.FromDays(7) };
        var at = At(due);
        return at <= now ? at : At(due - step);
    }

    /// <summary>A digest that went out after that moment is the one of this time, and the next comes at the next time. Null: never.</summary>
    public DateTimeOffset? OneAfter(DateTimeOffset now) => Rhythm is DigestRhythm.Immediate ? now - ImmediatePause : LastDue(now)?.AddMilliseconds(-1);

    /// <summary>A time that the clocks leave out is the one an hour later.</summary>
    private DateTimeOffset At(DateTime local)
    {
        var real = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(real, Zone.GetUtcOffset(real)).ToUniversalTime();
    }
}
