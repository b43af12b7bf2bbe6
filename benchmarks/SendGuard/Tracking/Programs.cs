using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>The header fields that programs send when they show, or only fetch, a picture of a mail.</summary>
internal sealed class Programs(Random random)
{
    private static readonly string[] s_languages = ["ja,en-US;q=0.9,en;q=0.8", "ja-JP", "en-US,en;q=0.9", "de-DE,de;q=0.9,en;q=0.5", "fr-FR,fr;q=0.9", "ko-KR,ko;q=0.9,en;q=0.6", "en-GB,en;q=0.7,ja;q=0.3"];
    private static readonly string[] s_webMails = ["https://mail.yahoo.co.jp/", "https://outlook.live.com/", "https://webmail.example.ne.jp/", "https://mail.proton.me/", "https://app.fastmail.com/", "https://mail.zoho.com/"];

    /// <summary>A web mail in a browser of today.</summary>
    public Dictionary<string, string> Browser() => random.Next(4) switch
    {
        0 => Safari(),
        1 => Firefox(),
        _ => Chromium(),
    };

    public Dictionary<string, string> Chromium()
    {
        var version = random.Next(112, 145);
        var brand = random.Pick<string>(["Google Chrome", "Google Chrome", "Microsoft Edge", "Opera", "Samsung"]);
        var mobile = brand == "Samsung" || random.Chance(0.3);
        var system = mobile ? $"Linux; Android 10; {random.Pick<string>(["K", "Pixel 8", "SM-A546B", "SO-52D"])}" : random.Pick<string>(["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64", "X11; CrOS x86_64 14541.0.0"]);
        var own = brand switch { "Microsoft Edge" => mobile ? $" EdgA/{version}.0.0.0" : $" Edg/{version}.0.0.0", "Opera" => $" OPR/{version - 14}.0.0.0", _ => "" };
        var agent = $"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) {(brand == "Samsung" ? "SamsungBrowser/27.0 " : "")}Chrome/{version}.0.0.0 {(mobile ? "Mobile " : "")}Safari/537.36{own}";
        return new()
        {
            ["User-Agent"] = agent,
            ["Accept"] = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
            ["Accept-Language"] = random.Pick(s_languages),
            ["Accept-Encoding"] = "gzip, deflate, br, zstd",
            ["sec-ch-ua"] = $"\"Chromium\";v=\"{version}\", \"{brand}\";v=\"{version}\", \"Not?A_Brand\";v=\"24\"",
            ["sec-ch-ua-mobile"] = mobile ? "?1" : "?0",
            ["Sec-Fetch-Site"] = "cross-site",
            ["Sec-Fetch-Mode"] = "no-cors",
            ["Sec-Fetch-Dest"] = "image",
            ["Referer"] = random.Pick(s_webMails),
        };
    }

    public Dictionary<string, string> Firefox() => new()
    {
        ["User-Agent"] = random.Next(115, 146) is var version ? $"Mozilla/5.0 ({random.Pick<string>(["Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Macintosh; Intel Mac OS X 10.15"])}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0" : "",
        ["Accept"] = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        ["Accept-Language"] = random.Pick(s_languages),
        ["Accept-Encoding"] = "gzip, deflate, br",
        ["Sec-Fetch-Dest"] = "image",
        ["Sec-Fetch-Mode"] = "no-cors",
        ["Sec-Fetch-Site"] = "cross-site",
    };

    public Dictionary<string, string> Safari()
    {
        var version = random.Next(17, 20);
        var device = random.Pick<string>(["Macintosh; Intel Mac OS X 10_15_7", $"iPhone; CPU iPhone OS {version}_1 like Mac OS X", $"iPad; CPU OS {version}_2 like Mac OS X"]);
        return new()
        {
            ["User-Agent"] = $"Mozilla/5.0 ({device}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{version}.1 {(device[0] == 'M' ? "" : "Mobile/15E148 ")}Safari/605.1.15",
            ["Accept"] = "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
            ["Accept-Language"] = random.Pick(s_languages),
            ["Accept-Encoding"] = "gzip, deflate, br",
            ["Sec-Fetch-Dest"] = "image",
            ["Sec-Fetch-Mode"] = "no-cors",
            ["Sec-Fetch-Site"] = "cross-site",
        };
    }

    /// <summary>A mail program on the person's own device.</summary>
    public Dictionary<string, string> MailProgram() => random.Next(3) switch
    {
        0 => new()
        {
            ["User-Agent"] = $"Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; .NET CLR 3.5.30729; Microsoft Outlook 16.0.{random.Next(14_000, 19_000)}; ms-office; MSOffice 16)",
            ["Accept"] = "*/*",
            ["UA-CPU"] = "AMD64",
            ["Accept-Encoding"] = "gzip, deflate",
        },
        1 => new()
        {
            ["User-Agent"] = random.Pick<string>(["115.18", "128.5", "140.2"]) is var version ? $"Mozilla/5.0 ({random.Pick<string>(["Windows NT 10.0; Win64; x64", "X11; Linux x86_64"])}; rv:{version}) Gecko/20100101 Thunderbird/{version}.0" : "",
            ["Accept"] = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
            ["Accept-Language"] = random.Pick(s_languages),
            ["Accept-Encoding"] = "gzip, deflate, br",
        },
        _ => new()
        {
            ["User-Agent"] = $"Mozilla/5.0 ({random.Pick<string>(["iPhone; CPU iPhone OS 18_2 like Mac OS X", "iPad; CPU OS 17_6 like Mac OS X", "Macintosh; Intel Mac OS X 10_15_7"])}) AppleWebKit/605.1.15 (KHTML, like Gecko)",
            ["Accept"] = "image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5",
            ["Accept-Language"] = random.Pick(s_languages),
            ["Accept-Encoding"] = "gzip, deflate, br",
        },
    };

    public Dictionary<string, string> OldBrowser() => new()
    {
        ["User-Agent"] = $"Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{random.Next(60, 76)}.0.3239.84 Safari/537.36",
        ["Accept"] = "image/webp,image/apng,image/*,*/*;q=0.8",
        ["Accept-Language"] = random.Pick(s_languages),
    };

    public static Dictionary<string, string> GmailProxy() => new() { ["User-Agent"] = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", ["Accept"] = "*/*", ["Accept-Encoding"] = "gzip, deflate, br" };

    public static Dictionary<string, string> YahooProxy() => new() { ["User-Agent"] = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", ["Accept"] = "image/webp,image/*,*/*;q=0.8" };

    public static Dictionary<string, string> ApplePrivacy() => new() { ["User-Agent"] = "Mozilla/5.0", ["Accept"] = "*/*", ["Accept-Language"] = "en-us", ["Accept-Encoding"] = "gzip, deflate" };

    /// <summary>A library that does not hide.</summary>
    public Dictionary<string, string> Library() => new()
    {
        ["User-Agent"] = random.Pick<string>(
        [
            $"python-requests/2.{random.Next(20, 33)}.0", $"curl/8.{random.Next(12)}.0", "Go-http-client/2.0", "Java/17.0.9", "okhttp/4.12.0", "axios/1.7.2", "Wget/1.21.4", "Apache-HttpClient/4.5.14 (Java/11)", "node-fetch/1.0", "aiohttp/3.10",
            $"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/{random.Next(110, 140)}.0.0.0 Safari/537.36", "Mozilla/5.0 (compatible; LinkScannerBot/1.2)", "Mozilla/5.0 (compatible; MailSecurityCrawler)",
        ]),
        ["Accept"] = "*/*",
    };

    /// <summary>A library under the name of a browser.</summary>
    public Dictionary<string, string> Disguised() => new() { ["User-Agent"] = Chromium()["User-Agent"], ["Accept"] = "*/*", ["Accept-Encoding"] = "gzip, deflate" };

    /// <summary>A browser, steered by a program, that goes to the address itself.</summary>
    public Dictionary<string, string> Navigating()
    {
        var fields = Chromium();
        fields["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8";
        fields["Sec-Fetch-Site"] = "none";
        fields["Sec-Fetch-Mode"] = "navigate";
        fields["Sec-Fetch-Dest"] = "document";
        fields["Upgrade-Insecure-Requests"] = "1";
        fields.Remove("Referer");
        return fields;
    }

    /// <summary>In advance.</summary>
    public Dictionary<string, string> Prefetching()
    {
        var fields = Chromium();
        fields["Sec-Purpose"] = "prefetch";
        return fields;
    }
}
