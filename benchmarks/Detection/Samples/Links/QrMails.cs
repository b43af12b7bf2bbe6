using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Links;

/// <summary>Codes for a telephone that lead to strangers, drawn in every way; and the codes that honest senders print.</summary>
internal sealed class QrMails : ISampleKind
{
    private static readonly (string Name, string Subject, string Text)[] Pretexts =
    [
        ("IT Security", "Two-factor sign-in must be renewed", "Your account will be disabled unless you verify your sign-in. Please scan the QR code with your mobile phone to continue."),
        ("Human Resources", "Salary adjustment document", "The document on your salary adjustment is ready. Scan the QR code with your smartphone to review and sign it."),
        ("情報システム部", "【重要】多要素認証の更新", "お客様のアカウントは停止されました。スマートフォンでQRコードを読み取り、認証を完了してください。"),
        ("Finance", "Invoice for review", "An invoice has been shared with you. Scan the QR code below with your phone camera to view the document."),
        ("IT-Abteilung", "Ihr Konto wird gesperrt", "Ihr Konto wird gesperrt. Bitte bestätigen Sie Ihre Daten: QR-Code mit dem Smartphone scannen."),
    ];

    private static readonly AttackType[] Fitting = [AttackType.CredentialPhishing, AttackType.MaliciousUrl, AttackType.ForgedHeader, AttackType.LookAlikeDomain];

    public string Name => "qr-code";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Trap(random, "attached picture", (target, _) => (null, [Picture(random, QrDrawing.Png(target, random.Next(3, 7)))]));
        yield return Trap(random, "light on dark", (target, _) => (null, [Picture(random, QrDrawing.Png(target, random.Next(3, 7), inverted: true))]));
        yield return Trap(random, "picture in a data address", (target, text) => ($"<p>{text}</p><img src=\"data:image/png;base64,{Convert.ToBase64String(QrDrawing.Png(target, random.Next(3, 7)))}\">", []));
        yield return Trap(random, "cut into two pictures", (target, _) =>
        {
            var scale = random.Next(4, 7);
            return (null, [Picture(random, QrDrawing.Png(target, scale, to: 0.5)), Picture(random, QrDrawing.Png(target, scale, from: 0.5))]);
        });
        yield return Trap(random, "block characters", (target, text) => ($"<p>{text}</p><pre style=\"line-height:1\">{QrDrawing.Blocks(target)}</pre>", []));
        yield return Trap(random, "plain characters", (target, text) =>
        {
            var dark = random.Pick((string[])["##", "@@", "██", "⬛"]);
            return ($"<p>{text}</p><pre>{QrDrawing.Characters(target, dark, dark == "⬛" ? "⬜" : "  ")}</pre>", []);
        });
        yield return Trap(random, "table cells", (target, text) => ($"<p>{text}</p>{QrDrawing.Table(target)}", []));

        var own = $"{random.Word(6, 10)}.com";
        yield return Twin(random, own, "ticket", "Your ticket", "Thank you for your booking. Please show this code at the entrance.", $"https://tickets.{own}/t/{random.Next()}");
        yield return Twin(random, own, "wireless network", "Guest network", "Welcome. Scan the code with your phone to join our guest network.", $"WIFI:T:WPA;S:{random.Word()};P:{random.Word(8, 12)};;");
        yield return Twin(random, own, "visiting card", "Nice to meet you", "My card as a code.", $"BEGIN:VCARD\nVERSION:3.0\nN:{random.Word()};{random.Word()}\nEND:VCARD");
        yield return Twin(random, own, "bank transfer", "Rechnung", "Anbei die Rechnung. Mit dem QR-Code können Sie bequem per App bezahlen.", $"BCD\n002\n1\nSCT\n\n{random.Word()}\nDE{random.NextInt64(10_000_000_000, 99_999_999_999)}\nEUR{random.Next(10, 900)}");
        yield return Twin(random, own, "profile of a network", "Follow us", "Scan the code to follow us.", $"https://www.instagram.com/{random.Word()}");
        yield return Twin(random, own, "stock label", "Labels", "The label for the shelf as discussed.", $"{random.Next(1_000, 9_999)}-{random.Next(1_000, 9_999)}");
    }

    private static Sample Trap(Random random, string name, Func<string, string, (string? Html, IReadOnlyList<SampleFile> Files)> draw)
    {
        var (sender, subject, text) = random.Pick(Pretexts);
        var target = $"https://{random.Word(5, 9)}.{random.Word(5, 9)}.{random.Pick((string[])["com", "net", "info", "top"])}/{random.Word()}";
        var (html, files) = draw(target, text);
        var mail = LinkMail.Of(random, sender, $"{random.Word()}@{random.Word(5, 9)}.com", subject, html is null ? text : null, html, files);
        return Sample.Hostile(name, mail, Fitting, "qr-code-link", "qr-code-hidden");
    }

    private static Sample Twin(Random random, string own, string name, string subject, string text, string code) =>
        Sample.Benign(name, LinkMail.Of(random, "Office", $"office@{own}", subject, text, null, Picture(random, QrDrawing.Png(code, random.Next(3, 7)))));

    private static SampleFile Picture(Random random, byte[] png) => new($"{random.Word()}.png", png, "image/png");
}
