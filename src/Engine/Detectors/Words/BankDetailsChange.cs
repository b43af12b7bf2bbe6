namespace Platform.Engine.Detectors.Words;

/// <summary>"Our bank account has changed": the core of invoice and payroll fraud.</summary>
internal sealed class BankDetailsChange : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("bank-details-change", "Announces or asks for changed bank details for payments or payroll.", "ATT&CK T1657; FBI IC3 BEC; X.1236 7.2.4", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var hits = input.Text.Find("bank-change");
        if (hits.Count > 0)
            yield return new Sign("bank-details-change", Seen.Words(hits), ("words", Seen.List(hits)));
    }
}
