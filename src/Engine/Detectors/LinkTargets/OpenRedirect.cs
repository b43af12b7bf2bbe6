using System.Buffers;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>A good name in front, the real target in a parameter: redirectors, translators, caches, AMP.</summary>
internal sealed class OpenRedirect : IDetector
{
    private static readonly SearchValues<char> HostEnds = SearchValues.Create("/?#&:\"' ");

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("link-open-redirect", "A link leads through one organisation's redirector to another one's page.", "CWE-601; ATT&CK T1566.002", "host", "target")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var link in input.Message.Links)
        {
            if (TargetOf(link, input) is not { } target)
                continue;
            yield return new Sign("link-open-redirect", Seen.Link(link), ("host", link.Host), ("target", target));
            yield break;
        }
    }

    /// <summary>The host to which a link leads on under another's good name; null when it does not.</summary>
    public static string? TargetOf(MailLink link, DetectionInput input)
    {
        if (link.Kind is LinkKind.Image or LinkKind.Script || link.Uri?.Scheme is not ("http" or "https") || KnownDomains.Embedded.IsClickTracker(link.Host))
            return null;
        var domain = input.Domains.Of(link.Host);
        // A sender's own redirector counts clicks; a stranger's, under a well-known name, hides the target.
        if (domain.Length == 0 || domain == input.Sender.OrganisationalDomain || !Brands.Embedded.IsOfBrand(domain))
            return null;
        return Inner(link.Uri) is { } inner && input.Domains.Of(inner) is { Length: > 0 } target && target != domain && target != input.Sender.OrganisationalDomain && !Brands.Embedded.IsOfBrand(target)
            ? inner
            : null;
    }

    private static string? Inner(Uri uri)
    {
        var rest = Uri.UnescapeDataString(uri.PathAndQuery + uri.Fragment);
        foreach (var mark in (ReadOnlySpan<string>)["https://", "http://", "/amp/s/", "=//"])
        {
            var at = rest.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            var start = at + mark.Length;
            var end = rest.AsSpan(start).IndexOfAny(HostEnds);
            var host = end < 0 ? rest[start..] : rest[start..(start + end)];
            if (host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns)
                return host.ToLowerInvariant();
        }

        return null;
    }
}
