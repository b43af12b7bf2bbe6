namespace Platform.Engine.Detectors.Words;

/// <summary>Haste that leaves no time to think, together with a demand.</summary>
internal sealed class Urgency : IDetector
{
    private const int Pressing = 2;
    private static readonly string[] Demands = ["credential-ask", "payment", "bank-change", "gift-card", "parcel-ask", "secrecy"];

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("urgency", "Presses for haste while demanding something.", "ATT&CK T1566", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var haste = input.Text.Find("urgency");
        if (haste.Count >= Pressing && Demands.Any(input.Text.Has))
            yield return new Sign("urgency", Seen.Words(haste), ("words", Seen.List(haste)));
    }
}
