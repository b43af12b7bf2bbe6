using System.Collections.Frozen;
using Platform.Engine.Links;

namespace Platform.Engine.Misdirection;

/// <summary>Mail providers that so many people use that a slip towards one is told without knowing who writes to whom.</summary>
public static class MailProviders
{
    private static readonly string[] s_names =
    [
        "gmail.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.com", "live.jp", "icloud.com", "yahoo.com", "yahoo.co.jp", "ymail.ne.jp", "aol.com", "gmx.de", "gmx.net",
        "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "ybb.ne.jp", "rakuten.jp", "nifty.com", "biglobe.ne.jp", "ocn.ne.jp", "plala.or.jp", "so-net.ne.jp", "dion.ne.jp",
        "asahi-net.or.jp", "excite.co.jp", "infoseek.jp",
        "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com", "qq.com", "163.com", "126.com", "sina.com", "proton.me", "protonmail.com",
    ];

    // The companies that run them, under the name of the provider below an ending of their own.
    private static readonly FrozenSet<string> s_companies = new[] { "softbank.co.jp", "biglobe.co.jp", "so-net.co.jp", "asahi-net.co.jp" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_domains = s_names.ToFrozenSet(StringComparer.Ordinal);

    internal static IReadOnlyList<NamedHost> All { get; } = [.. s_names.Select(name => NamedHost.Of(name, OrganisationalDomain.Embedded)).OfType<NamedHost>().DistinctBy(host => host.Domain)];

    /// <summary>Anybody may have a mailbox there.</summary>
    /// <param name="domain">Lower-case A-labels.</param>
    public static bool IsProvider(string domain) => s_domains.Contains(domain) || FreeMail.IsProvider(domain);

    internal static bool IsCompanyOfOne(string domain) => s_companies.Contains(domain);
}
