namespace Platform.Engine.Detectors.Words;

/// <summary>"I recorded you, pay in bitcoin": shame or damage threatened, and a wallet to pay into.</summary>
internal sealed class Extortion : IDetector
{
    private const int Some = 2;
    private const int Many = 4;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("extortion", "Threatens to publish or destroy unless paid (several traits, or a valid Bitcoin address beside them).", "ATT&CK T1657; X.1236 7.2.4", "words"),
        new("extortion-traits", "Some words of the extortion story.", "X.1236 7.2.4", "words"),
        new("bitcoin-address", "Holds a Bitcoin address whose checksum is right.", "BIP 173; BIP 350", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var hits = input.Text.Find("extortion");
        var wallet = BitcoinAddress.Find(input.Message.VisibleText);
        if (hits.Count >= Many || hits.Count >= Some && wallet is not null)
            yield return new Sign("extortion", Seen.Words(hits), ("words", Seen.List(hits)));
        else if (hits.Count >= Some)
            yield return new Sign("extortion-traits", Seen.Words(hits), ("words", Seen.List(hits)));
        if (wallet is not null)
            yield return new Sign("bitcoin-address", Seen.Of(Verdicts.EvidenceKind.Text, "text", wallet), ("address", wallet));
    }
}
