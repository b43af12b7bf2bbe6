using Platform.Mails.Templates;

namespace Platform.Mails.Tests;

/// <summary>One of every template, with what a stranger might put into it.</summary>
internal static class TemplateSamples
{
    public const string Hostile = "<script>alert(1)</script>\r\nBcc: all@evil.test \u202ehttps://evil.test/ www.evil.test";

    /// <summary>Longer than what is shown of it.</summary>
    public static readonly string Endless = $"{Hostile} {new string('x', 600)}";

    private static readonly Uri Link = new("https://mail.example/l/token");
    private static readonly DateTimeOffset Moment = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private static readonly AskedMail s_asked = new(Hostile, Hostile, Hostile, Hostile);

    public static IReadOnlyList<IMailTemplate> All { get; } =
    [
        new InvitationMail(Hostile, Hostile, Link, TimeSpan.FromHours(72)),
        new DigestMail(Endless, [new DigestEntry(Endless, Endless, "spam", Endless, Moment, [("view", Link)])], 14, More: false, Tokyo),
        new ReleaseDecisionMail(new AskedMail(Endless, Endless, Endless, Endless), Approved: true),
        new PasswordResetMail(Hostile, Link, TimeSpan.FromMinutes(30)),
        new NewDeviceMail(Hostile, Hostile, Moment, Tokyo, Link),
        new AlertMail(Hostile, "The webhook was disabled.", [("Webhook", Hostile)], Link),
        new DigestMail(Hostile, [new DigestEntry(Hostile, Hostile, "spam", Hostile, Moment, [("view", Link), ("release", Link)]), new DigestEntry(Hostile, "", "spam", null, Moment, [])], 14, More: true, Tokyo),
        new ReportAnswerMail(Hostile, Hostile, IsKnown: true, IsAttack: true, Hostile),
        new ReportAnswerMail(Hostile, "clean", IsKnown: true, IsAttack: false, null),
        new ReportAnswerMail("", null, IsKnown: true, IsAttack: false, null),
        new ReportAnswerMail(Hostile, null, IsKnown: false, IsAttack: false, null),
        new ReportDecisionMail(Hostile, Missed: true, Confirmed: true, 3, 0, Listed: true, Hostile),
        new ReportDecisionMail(Hostile, Missed: false, Confirmed: true, 0, 1, Listed: true, ""),
        new ReportDecisionMail(Hostile, Missed: false, Confirmed: false, 0, 0, Listed: false, Hostile),
        new ReleaseRequestMail(s_asked, Link),
        new ReleaseDecisionMail(s_asked, Approved: true),
        new ReleaseDecisionMail(s_asked with { Note = "" }, Approved: false),
        new SendingSummaryMail(
            [
                new SendingEntry(Hostile, [Hostile], "wait", Moment, [Hostile], [("cancel-sending", Link)]),
                new SendingEntry("", [Hostile, Hostile], "confirmation", Moment, [], [("confirm-sending", Link), ("cancel-sending", Link)]),
                new SendingEntry(Hostile, [Hostile], "approval", Moment, [Hostile], [("cancel-sending", Link)]),
            ],
            Tokyo),
        new SendingHeldMail(Hostile, Hostile, [Hostile]),
        new SendingHeldMail(Hostile, "", []),
        new ApprovalRequestMail(Hostile, Hostile, Hostile, Reminder: false, Link),
        new ApprovalRequestMail(Hostile, Hostile, Hostile, Reminder: true, Link),
        new ApprovalDecisionMail(Hostile, Hostile, "approved", ""),
        new ApprovalDecisionMail(Hostile, Hostile, "declined", Hostile),
        new ApprovalDecisionMail(Hostile, Hostile, "expired", ""),
        new ApprovalDecisionMail(Hostile, Hostile, "expired-sent", ""),
    ];
}
