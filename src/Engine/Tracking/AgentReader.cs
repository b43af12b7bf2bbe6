using System.Globalization;

namespace Platform.Engine.Tracking;

/// <summary>
/// Reads User-Agent (RFC 9110, 10.1.5): a line of free text that has grown by imitation, so that a program is told by the word that only it and
/// what imitates it write, the imitators first. Versions are not kept: they tell people apart and no reader needs them.
/// </summary>
public static class AgentReader
{
    /// <summary>What Apple's privacy proxy says, for every person and device.</summary>
    internal const string ApplePrivacy = "Mozilla/5.0";

    /// <summary>Words of programs that are nobody's eyes.</summary>
    private static readonly string[] s_programs =
    [
        "bot", "crawl", "spider", "slurp", "scan", "headless", "phantomjs", "selenium", "puppeteer", "playwright", "curl", "wget", "python", "urllib", "aiohttp", "httpx", "go-http", "java/", "okhttp",
        "apache-http", "httpclient", "http-client", "http_client", "libwww", "lwp", "perl", "ruby", "php", "guzzle", "axios", "node", "undici", "got (", "rust", "reqwest", "winhttp", "powershell", "postman", "insomnia",
        "preview", "prefetch", "monitor", "validator", "checker", "archiver", "fetcher", "externalhit", "urlcheck", "safelinks", "sandbox", "antivirus", "phish",
        .. ScannerNames.Words,
    ];

    private static readonly (string Word, string Family)[] s_proxies =
    [
        ("googleimageproxy", "Gmail"), ("yahoomailproxy", "Yahoo Mail"),
    ];

    private static readonly (string Word, string Family)[] s_mailPrograms =
    [
        ("thunderbird/", "Thunderbird"), ("betterbird/", "Thunderbird"), ("microsoft outlook", "Outlook"), ("msoffice", "Outlook"), ("ms-office", "Outlook"), ("airmail", "Airmail"), ("postbox", "Postbox"),
        ("spark/", "Spark"), ("emclient", "eM Client"), ("mailmate", "MailMate"), ("evolution/", "Evolution"), ("kmail", "KMail"), ("becky", "Becky!"), ("shuriken", "Shuriken"), ("k-9", "Thunderbird"),
        ("lotus-notes", "Notes"), ("samsungemail", "Samsung Email"),
    ];

    /// <summary>Imitators before those they imitate.</summary>
    private static readonly (string Word, string Family)[] s_browsers =
    [
        ("edg/", "Edge"), ("edga/", "Edge"), ("edgios/", "Edge"), ("opr/", "Opera"), ("opera", "Opera"), ("vivaldi/", "Vivaldi"), ("samsungbrowser/", "Samsung Internet"), ("yabrowser/", "Yandex Browser"), ("ucbrowser/", "UC Browser"),
        ("fxios/", "Firefox"), ("firefox/", "Firefox"), ("crios/", "Chrome"), ("chromium/", "Chrome"), ("chrome/", "Chrome"), ("trident/", "Internet Explorer"), ("msie ", "Internet Explorer"),
    ];

    private static readonly (string Word, string System, DeviceKind Device)[] s_systems =
    [
        ("ipad", "iOS", DeviceKind.Tablet), ("iphone", "iOS", DeviceKind.Phone), ("ipod", "iOS", DeviceKind.Phone), ("android", "Android", DeviceKind.Tablet), ("windows phone", "Windows", DeviceKind.Phone),
        ("windows", "Windows", DeviceKind.Desktop), ("macintosh", "macOS", DeviceKind.Desktop), ("cros ", "ChromeOS", DeviceKind.Desktop), ("linux", "Linux", DeviceKind.Desktop), ("x11", "Unix", DeviceKind.Desktop),
    ];

    public static Agent Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var agent = (text.Length > OpenRequest.MaxField ? text[..OpenRequest.MaxField] : text).Trim().ToLowerInvariant();
        if (agent.Length == 0)
            return Agent.None;
        if (Find(s_proxies, agent) is { } proxy)
            return new Agent(AgentKind.PictureProxy, proxy, "", DeviceKind.Unknown);
        // Telephones of the maker Cubot are no bots.
        var spoken = agent.Replace("cubot", "", StringComparison.Ordinal);
        if (Array.Exists(s_programs, word => spoken.Contains(word, StringComparison.Ordinal)))
            return new Agent(AgentKind.Program, "", "", DeviceKind.Unknown);
        var (system, device) = SystemOf(agent);
        if (Find(s_mailPrograms, agent) is { } mail)
            return new Agent(AgentKind.MailProgram, mail, system, device);
        if (Find(s_browsers, agent) is { } browser)
            return new Agent(AgentKind.Browser, browser, system, device) { TellsPurpose = TellsPurpose(agent) };
        if (!agent.Contains("applewebkit/", StringComparison.Ordinal) || system is not ("iOS" or "macOS"))
            return new Agent(AgentKind.Other, "", system, device);
        // Safari names itself; Apple's mail program, and others built on the same part of the system, do not.
        return agent.Contains("safari/", StringComparison.Ordinal) && agent.Contains("version/", StringComparison.Ordinal)
            ? new Agent(AgentKind.Browser, "Safari", system, device) { TellsPurpose = VersionAfter(agent, "version/") >= 17 }
            : new Agent(AgentKind.MailProgram, "Apple Mail", system, device);
    }

    private static string? Find((string Word, string Family)[] words, string agent)
    {
        foreach (var (word, family) in words)
        {
            if (agent.Contains(word, StringComparison.Ordinal))
                return family;
        }

        return null;
    }

    private static (string System, DeviceKind Device) SystemOf(string agent)
    {
        foreach (var (word, system, device) in s_systems)
        {
            if (agent.Contains(word, StringComparison.Ordinal))
                return (system, word == "android" && agent.Contains("mobile", StringComparison.Ordinal) ? DeviceKind.Phone : device);
        }

        return ("", DeviceKind.Unknown);
    }

    /// <summary>Chromium since 80, Firefox since 90, and what is built on Apple's WebKit under another name never for certain.</summary>
    private static bool TellsPurpose(string agent) => VersionAfter(agent, "chrome/") >= 80 || VersionAfter(agent, "firefox/") >= 90;

    private static int VersionAfter(string agent, string word)
    {
        var at = agent.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
            return 0;
        var digits = agent.AsSpan(at + word.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
