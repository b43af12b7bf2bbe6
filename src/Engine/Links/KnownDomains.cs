using System.Collections.Frozen;

namespace Platform.Engine.Links;

/// <summary>Domains with a meaning of their own, from the embedded lists.</summary>
internal sealed class KnownDomains
{
    private static readonly Lazy<KnownDomains> FromResource = new(() => new KnownDomains());

    private static readonly (string Host, string Path)[] OpenPages =
    [
        ("script.google.com", "/macros/"), ("docs.google.com", "/forms/"), ("docs.google.com", "/drawings/"), ("docs.google.com", "/presentation/d/e/"), ("www.figma.com", "/proto/"), ("www.figma.com", "/deck/"),
        ("www.canva.com", "/design/"), ("express.adobe.com", "/page/"), ("new.express.adobe.com", "/webpage/"), ("www.linkedin.com", "/slink"), ("www.baidu.com", "/link"), ("customervoice.microsoft.com", "/Pages/"),
    ];

    private readonly FrozenSet<string> _freeMail = Read("Links/free-mail.txt");
    private readonly FrozenSet<string> _shorteners = Read("Links/shorteners.txt");
    private readonly FrozenSet<string> _freeHosting = Read("Links/free-hosting.txt");
    private readonly FrozenSet<string> _trackers = Read("Links/click-trackers.txt");

    private readonly FrozenSet<string> _scriptLibraries = Read("Links/script-libraries.txt");
    private readonly FrozenSet<string> _commonplace = Read("Links/commonplace.txt");
    private readonly FrozenSet<string> _cheapSuffixes = Read("Links/cheap-suffixes.txt");

    private KnownDomains()
    {
    }

    public static KnownDomains Embedded => FromResource.Value;

    /// <summary>Anyone gets an address here without being asked who they are.</summary>
    public bool IsFreeMail(string domain) => _freeMail.Contains(domain);

    public bool IsShortener(string host) => _shorteners.Contains(WithoutWww(host));

    /// <summary>Pages here are made by anyone, free of charge, under the host's good name.</summary>
    public bool IsFreeHosting(string host) =>
        MatchesParent(_freeHosting, host)
        // Stores and machines of the largest of them bear their region in the name.
        || host.EndsWith(".amazonaws.com", StringComparison.Ordinal) && (host.Contains(".s3", StringComparison.Ordinal) || host.StartsWith("s3", StringComparison.Ordinal) || host.Contains(".compute", StringComparison.Ordinal));

    /// <summary>A form, script or drawing that anyone can publish on the host of a well-known service.</summary>
    public static bool IsOpenPage(Uri uri) =>
        uri.Scheme is "http" or "https" && Array.Exists(OpenPages, page => uri.IdnHost.Equals(page.Host, StringComparison.OrdinalIgnoreCase) && uri.AbsolutePath.StartsWith(page.Path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Counts clicks for senders of bulk mail, or wraps links for a mail filter.</summary>
    public bool IsClickTracker(string host) => MatchesParent(_trackers, host);

    /// <summary>Stands in footers and templates of any mail: networks, app stores, fonts, standards.</summary>
    public bool IsCommonplace(string host) => MatchesParent(_commonplace, host);

    /// <summary>Pages load libraries from here.</summary>
    public bool IsScriptLibrary(string host) => MatchesParent(_scriptLibraries, host);

    /// <summary>Names below this suffix cost next to nothing and are abused more than others.</summary>
    public bool HasCheapSuffix(string host)
    {
        var last = host.LastIndexOf('.');
        if (last < 0)
            return false;
        var before = last == 0 ? -1 : host.LastIndexOf('.', last - 1);
        return _cheapSuffixes.Contains(host[(last + 1)..]) || before >= 0 && _cheapSuffixes.Contains(host[(before + 1)..]);
    }

    private static bool MatchesParent(FrozenSet<string> set, string host)
    {
        for (var rest = host; rest.Length > 0;)
        {
            if (set.Contains(rest))
                return true;
            var dot = rest.IndexOf('.');
            if (dot < 0)
                return false;
            rest = rest[(dot + 1)..];
        }

        return false;
    }

    private static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;

    private static FrozenSet<string> Read(string name) => EmbeddedText.Lines(name).ToFrozenSet(StringComparer.Ordinal);
}
