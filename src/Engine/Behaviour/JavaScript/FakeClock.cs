using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>
/// Time as the script sees it: starts at one fixed moment, goes on a little with every look at it, and leaps over whatever the
/// script waits for. Looking without end leaps ever further, so that a loop that waits comes to its end.
/// </summary>
internal sealed class FakeClock(Pages.Place place) : ITimeSystem
{
    private const int Patience = 50;

    private readonly DefaultTimeSystem _calendar = new(TimeZoneInfo.Utc, System.Globalization.CultureInfo.InvariantCulture);
    private DateTimeOffset _now = new(2026, 6, 16, 9, 41, 27, 318, TimeSpan.Zero);
    private int _looks;

    public TimeZoneInfo DefaultTimeZone { get; } = place.MinutesEast == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(place.Zone, TimeSpan.FromMinutes(place.MinutesEast), place.Zone, place.Zone);

    /// <summary>The script asked what time it is where its reader sits.</summary>
    public bool AskedLocal { get; private set; }

    public void Advance(double milliseconds)
    {
        if (milliseconds > 0)
            _now = _now.AddMilliseconds(Math.Min(milliseconds, TimeSpan.FromDays(1).TotalMilliseconds));
        _looks = 0;
    }

    public DateTimeOffset GetUtcNow() => _now = _now.AddMilliseconds(++_looks < Patience ? 1 : 250);

    public bool TryParse(string date, out long epochMilliseconds) => _calendar.TryParse(date, out epochMilliseconds);

    public TimeSpan GetUtcOffset(long epochMilliseconds)
    {
        AskedLocal = true;
        return DefaultTimeZone.BaseUtcOffset;
    }
}
