namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Where the made-up reader sits: attacks on one country ask for its language or its time and stay silent elsewhere.</summary>
/// <param name="Language">BCP 47: <c>ja-JP</c>.</param>
/// <param name="Zone">Name of the time zone (IANA).</param>
/// <param name="MinutesEast">Offset from UTC in June, when the made-up clock runs.</param>
internal sealed record Place(string Language, string Zone, int MinutesEast)
{
    public static Place Usual { get; } = new("en-US", "UTC", 0);

    /// <summary>Where a page is opened again that said nothing before, and asked where it is.</summary>
    public static IReadOnlyList<Place> Others { get; } =
    [
        new("ja-JP", "Asia/Tokyo", 540),
        new("en-US", "America/New_York", -240),
        new("ko-KR", "Asia/Seoul", 540),
        new("de-DE", "Europe/Berlin", 120),
    ];

    public string ShortLanguage => Language[..2];
}
