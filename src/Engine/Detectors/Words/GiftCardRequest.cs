namespace Platform.Engine.Detectors.Words;

/// <summary>"Buy gift cards and send me the codes", in a person's words rather than a shop's.</summary>
internal sealed class GiftCardRequest : IDetector
{
    private const int LongestRequest = 1_500;
    private const int MostLinks = 2;

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("gift-card-request", "Asks to buy gift cards and to hand over their codes.", "FTC consumer alert on gift cards; X.1236 7.2.4", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Text.Body.Length > LongestRequest || input.Message.Links.Count > MostLinks)
            yield break;
        var cards = input.Text.Find("gift-card");
        var asks = input.Text.Find("gift-card-ask");
        if (cards.Count > 0 && asks.Count > 0)
            yield return new Sign("gift-card-request", Seen.Words([cards[0], asks[0]]), ("words", Seen.List([cards[0], .. asks])));
    }
}
