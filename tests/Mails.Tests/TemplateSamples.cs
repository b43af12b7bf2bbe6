using Platform.Mails.Templates;

namespace Platform.Mails.Tests;

/// <summary>One of every template, with what a stranger might put into it.</summary>
internal static class TemplateSamples
{
    public const string Hostile = "<script>alert(1)</script>\r\nBcc: all@evil.test \u202ehttps://evil.test/ www.evil.test";

    private static readonly Uri Link = new("https://mail.example/l/token");
    private static readonly DateTimeOffset Moment = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    public static IReadOnlyList<IMailTemplate> All { get; } =
    [
        new InvitationMail(Hostile, Hostile, Link, TimeSpan.FromHours(72)),
        new PasswordResetMail(Hostile, Link, TimeSpan.FromMinutes(30)),
        new NewDeviceMail(Hostile, Hostile, Moment, Tokyo, Link),
        new AlertMail(Hostile, "The webhook was disabled.", [("Webhook", Hostile)], Link),
    ];
}
