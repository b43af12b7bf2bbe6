using Platform.Engine.Detectors.Headers;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Words;

/// <summary>An offer of money or work from strangers that wants to go on in a messenger, where nobody looks on.</summary>
internal sealed class MessengerContact : IDetector
{
    private static readonly string[] Offers = ["loan-offer", "investment-offer", "job-offer", "romance"];
    private static readonly string[] Messengers = ["line.me", "lin.ee", "wa.me", "whatsapp.com", "t.me", "telegram.me", "signal.me", "wechat.com", "pf.kakao.com", "open.kakao.com"];

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("offer-by-messenger", "Money or work is offered to strangers, to be talked over in a messenger.", "FTC consumer alerts; ATT&CK T1566.003", "host", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Sender.IsOwn || input.Message.InReplyTo.Count > 0 || BulkMarks.IsDiscussionList(input.Message))
            yield break;
        var words = Offers.Select(input.Text.Find).FirstOrDefault(hits => hits.Count > 1);
        if (words is not null && input.Message.Links.FirstOrDefault(link => link.Kind is LinkKind.Anchor or LinkKind.Text or LinkKind.QrCode && IsMessenger(link.Host)) is { } link)
            yield return new Sign("offer-by-messenger", Seen.Of(EvidenceKind.Link, link.PartPath, link.Target), ("host", link.Host), ("words", Seen.List(words)));
    }

    private static bool IsMessenger(string host) => Array.Exists(Messengers, messenger => SenderView.IsWithin(host, [messenger]));
}
