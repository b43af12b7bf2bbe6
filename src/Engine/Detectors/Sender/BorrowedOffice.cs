using Platform.Engine.Language;

namespace Platform.Engine.Detectors.Sender;

/// <summary>An office, bank or support desk that writes from a free mailbox, and mail that names no recipient.</summary>
internal sealed class BorrowedOffice : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("free-mail-organisation", "The display name claims an office or a company; the address is a free mailbox.", "X.1236 7.2.1", "name", "address"),
        new("undisclosed-recipients", "No recipient is named, though the mail speaks to one person.", "RFC 5322 3.6.3"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender is { IsFreeMail: true, Address: not null, Name.Length: > 0 } && Lexicon.Embedded.Find("organisation", sender.Name, 1).Count > 0)
            yield return new Sign("free-mail-organisation", Seen.Header(input, "From"), ("name", sender.Address.Name), ("address", sender.Address.Address));

        if (input.Message.To.Count == 0 && input.Message.Cc.Count == 0 && input.Message.Header("List-Id") is null && input.Message.Header("List-Unsubscribe") is null && input.Message.From.Count > 0)
            yield return new Sign("undisclosed-recipients", Seen.Header(input, "To"));
    }
}
