using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Links;

/// <summary>Each trick by which a link hides where it leads, under a pretext; and the same forms in honest mail.</summary>
internal sealed class LinkTricks : ISampleKind
{
    private static readonly string[] Suffixes = ["com", "net", "org", "info", "shop", "top", "online", "co", "site"];

    private static readonly (string Name, string Subject, string Text, string Button)[] Pretexts =
    [
        ("Account Service", "Your account has been limited", "Dear customer, your account has been limited after unusual activity. Please verify your account within 24 hours.", "Verify now"),
        ("Mail Administration", "Password expires today", "The password of your mailbox expires today. To keep your current password, please confirm your account below.", "Keep current password"),
        ("カスタマーセンター", "【重要】アカウントの停止について", "お客様のアカウントを停止いたしました。下記のリンクからログインして情報を更新してください。", "ログインして確認する"),
        ("Kundendienst", "Ihr Konto wurde gesperrt", "Guten Tag, Ihr Konto wurde gesperrt. Bitte bestätigen Sie Ihre Daten über den folgenden Link innerhalb von 24 Stunden.", "Jetzt bestätigen"),
        ("Billing", "Your subscription could not be renewed", "We were unable to process your payment and your account will be suspended. Please update your billing information.", "Update now"),
    ];

    private static readonly (string Name, string Subject, string Text, string Button)[] Honest =
    [
        ("Northpine Office", "Minutes and next steps", "Hello, the minutes of Tuesday are on our site. See you next week.", "Read the minutes"),
        ("サトウ製作所", "新製品のご案内", "いつもお世話になっております。新製品のページを公開しました。ご覧いただけますと幸いです。", "製品ページを見る"),
        ("Brandt Logistik", "Ihre Sendung ist unterwegs", "Guten Tag, Ihre Sendung ist unterwegs und kommt voraussichtlich am Donnerstag an.", "Sendung verfolgen"),
        ("Atelier Dubois", "Votre commande", "Bonjour, merci pour votre commande. Vous trouverez le détail sur notre site.", "Voir la commande"),
        ("Hansung", "서비스 안내", "안녕하세요. 새로운 기능이 추가되었습니다. 자세한 내용은 홈페이지에서 확인하실 수 있습니다.", "자세히 보기"),
    ];

    public string Name => "link-trick";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var (name, target, shown, reason) in Hostile(random))
            yield return Trap(random, name, target, shown, reason);
        yield return Defanged(random);
        foreach (var (name, target, shown) in Twins())
            yield return Twin(random, name, target, shown);
    }

    private static IEnumerable<(string Name, string Target, string? Shown, string Reason)> Hostile(Random random)
    {
        var host = Host(random);
        var page = $"https://{host}/{random.Word()}/{random.Word()}";
        var coded = Uri.EscapeDataString(page);
        var token = Convert.ToHexStringLower(random.Bytes(6));
        var address = new byte[] { (byte)random.Next(11, 120), (byte)random.Next(1, 250), (byte)random.Next(1, 250), (byte)random.Next(1, 250) };
        var number = ((uint)address[0] << 24) | ((uint)address[1] << 16) | ((uint)address[2] << 8) | address[3];

        yield return ("another address is shown", page, $"https://www.{random.Word(6, 9)}bank.com/login", "link-text-mismatch");
        yield return ("search engine passes on", $"https://www.google.{random.Pick((string[])["com", "de", "co.jp", "fr"])}/url?q={coded}&sa=D&ust={random.Next()}", null, "link-open-redirect");
        yield return ("network passes on", $"https://l.facebook.com/l.php?u={coded}&h={token}", null, "link-open-redirect");
        yield return ("redirector within a redirector", $"https://www.google.com/url?q={Uri.EscapeDataString($"https://l.facebook.com/l.php?u={coded}")}", null, "link-open-redirect");
        yield return ("wrapped by a mail filter", $"https://eur0{random.Next(1, 6)}.safelinks.protection.outlook.com/?url={coded}&data=05%7C01%7C{token}", null, "links-lead-elsewhere");
        yield return ("wrapped by another filter", $"https://urldefense.com/v3/__{page}__;!!{token}$", null, "links-lead-elsewhere");
        yield return ("known name before the host", $"https://www.{random.Pick((string[])["paypal.com", "amazon.co.jp", "microsoft.com", "dhl.com"])}@{host}/{token}", null, "link-user-info");
        yield return ("address as one number", $"http://{number}/{random.Word()}", null, "link-ip-disguised");
        yield return ("address in hexadecimal", string.Create(CultureInfo.InvariantCulture, $"http://0x{number:x8}/{random.Word()}"), null, "link-ip-disguised");
        yield return ("address in octal", $"http://{string.Join('.', address.Select(octet => "0" + Convert.ToString(octet, 8)))}/{random.Word()}", null, "link-ip-disguised");
        yield return ("plain address", $"http://{string.Join('.', address)}/{random.Word()}/login", null, "link-ip-host");
        yield return ("letters of another script", $"https://{random.Pick((string[])["pаypal", "аmazon", "micrоsoft", "gооgle", "netflіx"])}.{random.Pick((string[])["com", "net"])}/{token}", null, "link-punycode-host");
        yield return ("brand with a word", $"https://{random.Pick((string[])["paypal", "netflix", "dropbox", "docusign", "coinbase"])}-{random.Pick((string[])["login", "secure", "support", "verify"])}.{random.Pick(Suffixes)}/{token}", null, "link-look-alike");
        yield return ("brand in front", $"https://{random.Pick((string[])["paypal.com", "netflix.com", "dropbox.com", "mizuhobank.co.jp"])}.{host}/{token}", null, "link-look-alike");
        yield return ("page of a free host", $"https://{random.Word(5, 12)}-{random.Word()}.{random.Pick((string[])["pages.dev", "netlify.app", "web.app", "weebly.com", "r2.dev", "workers.dev"])}/{token}", null, "link-free-hosting");
        yield return ("gateway of a distributed store", $"https://ipfs.io/ipfs/bafy{random.Word(10, 10)}{token}", null, "link-free-hosting");
        yield return ("tunnel to a desk", $"https://{random.Word()}-{random.Word()}.{random.Pick((string[])["trycloudflare.com", "ngrok-free.app", "loca.lt"])}/{token}", null, "link-free-hosting");
        yield return ("reader's address behind #", $"{page}#{LinkMail.Reader}", null, "link-carries-recipient");
        yield return ("reader's address in base64", $"{page}#{Convert.ToBase64String(Encoding.UTF8.GetBytes(LinkMail.Reader))}", null, "link-carries-recipient");
        yield return ("reader's address in a parameter", $"{page}?{random.Word(2, 5)}={LinkMail.Reader}", null, "link-query-recipient");
        yield return ("page in a broken-into site", $"https://{host}/wp-content/{random.Word()}/{random.Word()}/index.php", null, "link-kit-path");
        yield return ("short link", $"https://{random.Pick((string[])["bit.ly", "tinyurl.com", "cutt.ly", "is.gd", "rebrand.ly"])}/{token}", null, "link-shortener");
        yield return ("a page within the link", $"data:text/html;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes($"<form action={page}>"))}", null, "link-script-scheme");
        yield return ("straight to a program", $"https://{host}/{random.Word()}.{random.Pick((string[])["exe", "js", "iso", "msi", "vbs"])}", null, "link-risky-file");
    }

    private static IEnumerable<(string Name, string Target, string? Shown)> Twins()
    {
        yield return ("own page", "https://www.{own}/news/{token}", null);
        yield return ("own address shown", "https://www.{own}/news/{token}", "https://www.{own}/news");
        yield return ("own page through a mail filter", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.{own}%2Fa%2F{token}&data=05", null);
        yield return ("own page through a search engine", "https://www.google.com/url?q=https%3A%2F%2Fwww.{own}%2F{token}", null);
        yield return ("click counter of a mailing service", "https://u{number}.ct.sendgrid.net/ls/click?upn={token}{token}{token}", null);
        yield return ("own click counter that shows the page", "https://t.{own}/r/?id={token}{token}", "www.{own}");
        yield return ("place on a map", "https://www.google.com/maps/place/{token}", null);
        yield return ("share on a network", "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.{own}%2F{token}", null);
        yield return ("way out of a mailing", "https://www.{own}/unsubscribe?email=" + LinkMail.Reader, null);
        yield return ("project page of a colleague", "https://{token}.github.io/project/", null);
        yield return ("own page on another port", "https://portal.{own}:8443/{token}", null);
        yield return ("page in an honest script", "https://xn--n8jwc2f.jp/{token}", null);
        yield return ("article elsewhere", "https://news.{token}-press.com/2026/11/article.html", null);
        yield return ("file of the own site", "https://www.{own}/files/{token}.pdf", null);
    }

    private static Sample Trap(Random random, string name, string target, string? shown, string reason)
    {
        var (sender, subject, text, button) = random.Pick(Pretexts);
        var html = $"<table width=\"600\"><tr><td><p>{text}</p><p><a style=\"{Style(random)}\" href=\"{target.Replace("&", "&amp;", StringComparison.Ordinal)}\">{shown ?? button}</a></p></td></tr></table>";
        return Sample.Hostile(name, LinkMail.Of(random, sender, $"{random.Word()}@{random.Word(5, 9)}.com", subject, null, html), [AttackType.CredentialPhishing, AttackType.MaliciousUrl, AttackType.LookAlikeDomain, AttackType.ForgedHeader], reason);
    }

    private static Sample Defanged(Random random)
    {
        var (sender, subject, text, _) = random.Pick(Pretexts);
        var address = $"hxxps://{random.Word(5, 12)}[.]{random.Pick((string[])["pages[.]dev", "netlify[.]app", "weebly[.]com"])}/{random.Word()}";
        return Sample.Hostile("address to type by hand", LinkMail.Of(random, sender, $"{random.Word()}@{random.Word(5, 9)}.com", subject, $"{text}\r\n\r\n{address}\r\n", null), [AttackType.CredentialPhishing, AttackType.MaliciousUrl], "link-free-hosting");
    }

    private static Sample Twin(Random random, string name, string target, string? shown)
    {
        var (sender, subject, text, button) = random.Pick(Honest);
        var own = $"{random.Word(6, 10)}.{random.Pick((string[])["com", "co.jp", "de", "fr"])}";
        var token = random.Word(6, 10);
        var html = $"<table width=\"600\"><tr><td><p>{text}</p><p><a style=\"{Style(random)}\" href=\"{Fill(target).Replace("&", "&amp;", StringComparison.Ordinal)}\">{(shown is null ? button : Fill(shown))}</a></p><p>{sender} · <a href=\"https://www.{own}/privacy\">privacy</a></p></td></tr></table>";
        return Sample.Benign(name, LinkMail.Of(random, sender, $"office@{own}", subject, null, html));

        string Fill(string pattern) => pattern.Replace("{own}", own, StringComparison.Ordinal).Replace("{token}", token, StringComparison.Ordinal).Replace("{number}", random.Next(1_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Host(Random random) => $"{random.Word(5, 10)}{random.Pick((string[])["", "-"])}{random.Word(4, 8)}.{random.Pick(Suffixes)}";

    private static string Style(Random random) => $"display:inline-block;padding:{random.Next(6, 16)}px {random.Next(12, 30)}px;background:#{random.Next(0x202020, 0xa0a0a0):x6};color:#ffffff";
}
