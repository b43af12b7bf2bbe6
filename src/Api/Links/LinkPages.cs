using Platform.Engine.Language;
using Platform.Grains.Quarantine;
using Platform.Mails;
using Platform.Mails.Pages;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Quarantine;

namespace Platform.Api.Links;

/// <summary>The words of the pages behind links.</summary>
internal sealed class LinkPages(HeldMailLinks held)
{
    public static LinkView Of(string key, Wording words) => LinkView.Message(words[$"page.{key}.title"], words[$"page.{key}.text"]);

    /// <summary>What is asked before anything is done, or why it cannot be.</summary>
    public LinkView Asking(ActionLink link, LinkedThing thing, Wording words)
    {
        if (Obstacle(link, thing) is { } obstacle)
            return Of(obstacle, words);
        var key = KeyOf(link.Purpose);
        return new LinkView(
            words[$"page.{key}.title"],
            words.Format($"page.{key}.text", ShownText.Of(thing.Mailbox)),
            Facts(thing, words),
            words[$"page.{key}.button"],
            null,
            [],
            link.Purpose == LinkPurpose.View ? Actions(link, thing, words) : []);
    }

    /// <summary>What stands in the way, by the key of its page; null when nothing does.</summary>
    public static string? Obstacle(ActionLink link, LinkedThing thing) => link.Purpose switch
    {
        LinkPurpose.StopDigest => thing.Used ? "used" : null,
        LinkPurpose.CancelSending => thing.Sending is { IsCancellable: true } ? null : "left",
        LinkPurpose.ConfirmSending => thing.Sending is { AwaitsConfirmation: true } ? null : "left",
        LinkPurpose.View => (thing.Rights & (QuarantineRights.Headers | QuarantineRights.Preview)) == 0 ? "denied" : null,
        _ when thing.Used => "used",
        _ when !thing.Rights.HasFlag(RightOf(link.Purpose)) => "denied",
        LinkPurpose.Release or LinkPurpose.RequestRelease or LinkPurpose.Delete when !IsHeld(thing) => "settled",
        _ => null,
    };

    public static LinkView Done(ActionLink link, LinkedThing thing, Wording words)
    {
        var key = KeyOf(link.Purpose);
        return LinkView.Message(words[$"page.{key}.done.title"], words.Format($"page.{key}.done.text", ShownText.Of(thing.Mailbox)));
    }

    public LinkView Mail(ActionLink link, LinkedThing thing, Wording words, string? text, IReadOnlyList<(string Name, string Value)> headers) =>
        new(words["page.view.title"], words["page.view.text"], Facts(thing, words), null, text, headers, Actions(link, thing, words));

    /// <summary>The page that says why a command was refused.</summary>
    public static string KeyOf(string code) => code switch
    {
        "LINK_USED" => "used",
        "ALREADY_SENT" or "NOT_AWAITED" => "left",
        "RIGHT_MISSING" => "denied",
        "NOT_FOUND" => "gone",
        "MOVE_NOT_ALLOWED" => "settled",
        "ALREADY_REQUESTED" => "asked",
        "ALREADY_REPORTED" => "reported",
        "TOO_MANY_REPORTS" => "many",
        "LIST_FULL" => "full",
        "LIST_SENDER_UNKNOWN" => "nobody",
        "POLICY_LOCKED" => "locked",
        _ => "unlisted",
    };

    private IReadOnlyList<(string Label, string Url)> Actions(ActionLink link, LinkedThing thing, Wording words) => thing.Mail is { } mail && IsHeld(thing)
        ? [.. held.Of(link.TenantId, link.MailboxId, link.DeliveryId, mail.Verdict, mail.FromAddress is { Length: > 0 }, thing.Rights, link.ExpiresAt)
            .Where(action => action.Purpose != LinkPurpose.View)
            .Select(action => (words["action." + action.Action], action.Url.PathAndQuery))]
        : [];

    private static List<(string, string)> Facts(LinkedThing thing, Wording words)
    {
        if (thing.Sending is { } sending)
            return SendingFacts(sending, thing.Zone, words);
        if (thing.Mail is not { } mail)
            return [];
        List<(string, string)> facts =
        [
            (words["mail.from"], ShownSender.Of(mail.FromName, mail.FromAddress)),
            (words["mail.subject"], ShownText.Of(mail.Subject) is { Length: > 0 } subject ? subject : words["mail.no-subject"]),
            (words["mail.to"], ShownText.Of(thing.Mailbox)),
            (words["mail.received"], words.Moment(mail.ReceivedAt, thing.Zone)),
            (words["mail.verdict"], mail.Verdict is { } verdict ? VerdictText.Name(verdict, words.Culture) : words["verdict.unknown"]),
        ];
        facts.AddRange(mail.Reasons.Select(reason => (words["mail.why"], ShownText.Of(ReasonText.Render(reason, words.Culture), 300))));
        return facts;
    }

    private static List<(string, string)> SendingFacts(WaitingMail mail, TimeZoneInfo zone, Wording words) =>
    [
        (words["mail.subject"], ShownText.Of(mail.Subject) is { Length: > 0 } subject ? subject : words["mail.no-subject"]),
        (words["mail.sent"], words.Moment(mail.SentAt, zone)),
        .. mail.Deliveries.Select(delivery => (words["mail.to"], $"{ShownText.Of(delivery.Recipient)} ({words["stage." + StageOf(delivery.State)]})")),
        .. SendingReasons.Of(mail, words.Culture).Select(reason => (words["mail.why"], ShownText.Of(reason, 300))),
    ];

    private static string StageOf(DeliveryState state) => state switch
    {
        DeliveryState.AwaitingConfirmation or DeliveryState.Waiting or DeliveryState.AwaitingApproval => state.ToString(),
        DeliveryState.Queued or DeliveryState.Delivered or DeliveryState.Released => "left",
        _ => "stopped",
    };

    private static bool IsHeld(LinkedThing thing) => thing.Mail?.State is DeliveryState.Quarantined or DeliveryState.Held;

    private static QuarantineRights RightOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Release => QuarantineRights.Release,
        LinkPurpose.RequestRelease => QuarantineRights.Request,
        LinkPurpose.Delete => QuarantineRights.Delete,
        LinkPurpose.ReportWrong => QuarantineRights.None,
        _ => QuarantineRights.List,
    };

    private static string KeyOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.View => "view",
        LinkPurpose.Release => "release",
        LinkPurpose.RequestRelease => "request",
        LinkPurpose.Delete => "delete",
        LinkPurpose.BlockSender => "block-sender",
        LinkPurpose.BlockDomain => "block-domain",
        LinkPurpose.AllowSender => "allow-sender",
        LinkPurpose.AllowDomain => "allow-domain",
        LinkPurpose.ReportWrong => "report",
        LinkPurpose.StopDigest => "stop",
        LinkPurpose.CancelSending => "cancel-sending",
        LinkPurpose.ConfirmSending => "confirm-sending",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "No page is for it."),
    };
}
