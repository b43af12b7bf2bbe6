namespace Platform.Engine.Detectors.Words;

/// <summary>Business mail compromise by words alone: a payment wanted in haste or in secret, or the bait that precedes it.</summary>
internal sealed class PaymentPressure : IDetector
{
    private const int LongestBait = 600;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("payment-pressure", "Demands a payment or transfer in haste or in secret.", "ATT&CK T1657; FBI IC3 BEC; X.1236 7.2.4", "words"),
        new("secrecy-request", "A short mail that asks for a favour, for secrecy or for another channel.", "FBI IC3 BEC; X.1236 7.2.4", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var secrecy = input.Text.Find("secrecy");
        var payment = input.Text.Find("payment");
        var haste = input.Text.Find("urgency");
        if (payment.Count > 0 && (secrecy.Count > 0 || haste.Count > 0))
            yield return new Sign("payment-pressure", Seen.Words([payment[0], .. secrecy.Concat(haste).Take(2)]), ("words", Seen.List([.. payment.Take(2), .. secrecy, .. haste])));
        else if (secrecy.Count > 0 && input.Text.Body.Length <= LongestBait && input.Message.Links.Count <= 1)
            yield return new Sign("secrecy-request", Seen.Words(secrecy), ("words", Seen.List(secrecy)));
    }
}
