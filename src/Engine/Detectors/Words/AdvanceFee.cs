namespace Platform.Engine.Detectors.Words;

/// <summary>Great sums from strangers: inheritance, lottery, compensation, a dying widow. Only many traits together say it.</summary>
internal sealed class AdvanceFee : IDetector
{
    private const int Some = 3;
    private const int Many = 5;
    private const int LongestLetter = 10_000;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("advance-fee", "Five or more traits of the advance-fee story (sum, dead owner, trust, fee, private contact).", "X.1236 7.2.4", "words"),
        new("advance-fee-traits", "Three or four traits of the advance-fee story.", "X.1236 7.2.4", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Text.Body.Length > LongestLetter)
            yield break;
        var hits = input.Text.Find("advance-fee");
        if (hits.Count >= Some)
            yield return new Sign(hits.Count >= Many ? "advance-fee" : "advance-fee-traits", Seen.Words(hits), ("words", Seen.List(hits)));
    }
}
