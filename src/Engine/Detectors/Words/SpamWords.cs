namespace Platform.Engine.Detectors.Words;

/// <summary>Words of unwanted advertising. Never an attack by themselves.</summary>
internal sealed class SpamWords : IDetector
{
    private const int Some = 2;
    private const int Many = 4;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("spam-words", "Several words of unwanted advertising.", "DET7", "words"),
        new("spam-words-many", "Many words of unwanted advertising.", "DET7", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        IReadOnlyList<Language.PhraseHit> hits = [.. input.Text.Find("spam").Concat(input.Text.Find("pitch")).DistinctBy(hit => hit.Phrase)];
        if (hits.Count >= Some)
            yield return new Sign(hits.Count >= Many ? "spam-words-many" : "spam-words", Seen.Words(hits), ("words", Seen.List(hits)));
    }
}
