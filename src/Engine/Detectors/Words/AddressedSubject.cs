namespace Platform.Engine.Detectors.Words;

/// <summary>A subject that holds the reader's own address: mass mail that knows no name.</summary>
internal sealed class AddressedSubject : IDetector
{
    private const int ShortestAddress = 6;

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("subject-carries-recipient", "The subject holds the recipient's mail address.", "ATT&CK T1566", "address")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Message.InReplyTo.Count > 0 || input.Sender.IsOwn)
            yield break;
        var recipient = input.Message.To.Take(10).FirstOrDefault(to => to.Address.Length >= ShortestAddress && input.Text.Subject.Contains(to.Address.ToLowerInvariant(), StringComparison.Ordinal));
        if (recipient is not null)
            yield return new Sign("subject-carries-recipient", Seen.Header(input, "Subject"), ("address", recipient.Address));
    }
}
