using System.Globalization;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Sender;

/// <summary>What the tenant's own history says of this sender: novelty, or a good acquaintance.</summary>
internal sealed class SenderStanding : IDetector
{
    private const int OldAcquaintance = 3;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("first-contact", "Nobody here has had mail from this address before, nor written to it.", "DET8", "address"),
        new("known-correspondent", "This address has written here repeatedly and has been answered (speaks for the mail).", "DET8", "address", "received", "sent"),
        new("new-country", "A known sender writes from a country it never wrote from.", "X.1236 7.2.3; route anomaly", "address", "country"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var history = input.Context.History;
        if (!history.Known || input.Sender.Address is not { } address || input.Envelope.Direction == MailDirection.Outbound)
            yield break;

        var counts = string.Create(CultureInfo.InvariantCulture, $"received {history.MessagesFromSender}, sent {history.MessagesToSender}");
        var evidence = Seen.Of(EvidenceKind.History, address.Address, counts);
        var known = history.MessagesFromSender >= OldAcquaintance && history.MessagesToSender > 0;
        var newCountry = input.Origin.Country is { } country && history.Countries.Count > 0 && history.MessagesFromSender >= OldAcquaintance && !history.Countries.Contains(country);
        if (history.MessagesFromSender == 0 && history.MessagesToSender == 0)
            yield return new Sign("first-contact", evidence, ("address", address.Address));
        if (newCountry)
            yield return new Sign("new-country", Seen.Of(EvidenceKind.Network, input.Origin.Address ?? "", input.Origin.Country!), ("address", address.Address), ("country", input.Origin.Country!));
        else if (known)
            yield return new Sign("known-correspondent", evidence, ("address", address.Address), ("received", Text(history.MessagesFromSender)), ("sent", Text(history.MessagesToSender)));
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
