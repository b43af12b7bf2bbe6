using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Headers;

/// <summary>
/// Marks that senders of bulk mail put there themselves. They say what kind of mail it is, and speak neither for it nor
/// against it: anybody can write them.
/// </summary>
internal sealed class BulkMarks : IDetector
{
    private const int EnoughMarks = 2;
    private static readonly string[] ServiceHeaders = ["X-Campaign", "X-CampaignID", "X-Mailer-RecptId", "X-SG-EID", "X-MC-User", "X-Mailgun-Sid", "X-SFMC-Stack", "X-Mandrill-User", "X-CSA-Complaints", "X-Report-Abuse", "X-Report-Abuse-To", "X-EMarSys-Identify", "X-ELQ-ID", "X-MaxMind", "X-Roving-ID", "X-Klaviyo-Message-ID", "Feedback-ID", "X-Feedback-ID", "X-PM-Message-Id", "X-SES-Outgoing"];

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("bulk-mail", "Marked by its sender as sent to many (List-Unsubscribe, Precedence, mailing-service headers).", "RFC 2369; RFC 8058; RFC 2076 3.9", "marks")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var marks = Marks(input.Message);
        if (marks.Count >= EnoughMarks && !IsDiscussionList(input.Message))
            yield return new Sign("bulk-mail", Seen.Header(marks[0]), ("marks", string.Join(", ", marks.Select(mark => mark.Name).Take(4))));
    }

    /// <summary>Sent to many by its own account.</summary>
    public static bool IsBulk(MailMessage message) => Marks(message).Count > 0 && !IsDiscussionList(message);

    /// <summary>A list on which people answer each other: it tells its name (RFC 2919) and where to post (RFC 2369 3.4).</summary>
    public static bool IsDiscussionList(MailMessage message) => message.Header("List-Post") is not null && message.Header("List-Id") is not null;

    private static List<MailHeader> Marks(MailMessage message)
    {
        List<MailHeader> marks = [];
        foreach (var name in (ReadOnlySpan<string>)["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"])
            if (message.Header(name) is { } header)
                marks.Add(header);
        if (message.Header("Precedence") is { } precedence && precedence.Value.Trim().ToLowerInvariant() is "bulk" or "junk" or "list")
            marks.Add(precedence);
        foreach (var name in ServiceHeaders)
            if (message.Header(name) is { } header)
            {
                marks.Add(header);
                break;
            }

        return marks;
    }
}
