using System.Globalization;

namespace Platform.Engine.Detectors.Headers;

/// <summary>A date that cannot be, measured against the time of the scan.</summary>
internal sealed class DateRisk : IDetector
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(2);
    private static readonly TimeSpan Behind = TimeSpan.FromDays(30);

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("date-future", "The date lies days ahead.", "RFC 5322 3.6.1; X.1236 7.2.1", "date"),
        new("date-long-past", "A mail that arrives now is dated more than a month ago.", "RFC 5322 3.6.1; X.1236 7.2.1", "date"),
        new("date-missing", "There is no readable date.", "RFC 5322 3.6.1", "date"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var header = input.Message.Header("Date");
        var evidence = Seen.Header("Date", header?.Value ?? "");
        if (input.Message.Date is not { } date)
        {
            yield return new Sign("date-missing", evidence, ("date", header?.Value ?? ""));
            yield break;
        }

        var shown = date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        if (date > input.Context.Now + Ahead)
            yield return new Sign("date-future", evidence, ("date", shown));
        // A file scanned from disk may be as old as it likes; only what arrives now is late.
        else if (input.Envelope.MailFrom is not null && date < input.Context.Now - Behind)
            yield return new Sign("date-long-past", evidence, ("date", shown));
    }
}
