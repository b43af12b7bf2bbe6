namespace Platform.Engine.Detectors.Words;

/// <summary>"I recorded you, pay in bitcoin": shame or damage threatened, and a wallet to pay into.</summary>
internal sealed class Extortion : IDetector
{
    private const int Some = 2;
    private const int Many = 3;
    private const int MostLinks = 3;
    private const int LongestLetter = 10_000;
    private const int MostFiles = 8;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("extortion", "Threatens to publish or destroy, and demands payment.", "ATT&CK T1657; X.1236 7.2.4", "words"),
        new("extortion-traits", "Threatens to publish or destroy, without a plain demand.", "X.1236 7.2.4", "words"),
        new("bitcoin-address", "Holds a Bitcoin address whose checksum is right.", "BIP 173; BIP 350", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var wallet = BitcoinAddress.Find(input.Message.VisibleText) ?? input.Message.FileTexts.Take(MostFiles).Select(file => BitcoinAddress.Find(file.Text)).FirstOrDefault(found => found is not null);
        // The blackmailer writes a letter; a paper that reports on blackmail is longer and full of links.
        if (input.Text.Body.Length <= LongestLetter && input.Message.Links.Count <= MostLinks)
        {
            var threats = input.Text.FindAnywhere("extortion-threat");
            var demands = input.Text.FindAnywhere("extortion-demand");
            if (threats.Count >= Some && (wallet is not null || demands.Count > 0))
                yield return new Sign("extortion", Seen.Words([threats[0], .. demands.Take(1), threats[1]]), ("words", Seen.List([threats[0], .. demands.Take(1), .. threats.Skip(1)])));
            else if (threats.Count >= Many)
                yield return new Sign("extortion-traits", Seen.Words(threats), ("words", Seen.List(threats)));
        }

        if (wallet is not null)
            yield return new Sign("bitcoin-address", Seen.Of(Verdicts.EvidenceKind.Text, "text", wallet), ("address", wallet));
    }
}
