using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>A link to the page on which a service asks its user to let a program in (OAuth 2.0, RFC 6749 4.1.1).</summary>
/// <param name="Host">Of the service.</param>
/// <param name="Wide">What the program wants to reach that is the user's own: mailbox, files, directory; empty when nothing such.</param>
/// <param name="Target">Host to which the answer goes when that is neither the author's, the reader's nor the service's; else null.</param>
internal sealed record ConsentLink(string Host, string Wide, string? Target)
{
    private const int LongestLink = 8_192;

    private static readonly string[] Services =
    [
        "login.microsoftonline.com", "login.microsoftonline.us", "login.microsoft.com", "login.windows.net", "login.live.com", "accounts.google.com", "github.com", "slack.com", "www.dropbox.com", "account.box.com", "login.salesforce.com",
    ];

    // Below these a program reads or writes what the user has, or keeps the right to it.
    private static readonly string[] WideScopes =
    [
        "mail.", "imap.", "pop.", "smtp.", "ews.", "full_access", "files.", "sites.", "notes.", "directory.", "contacts.", "calendars.", "chat.", "user.readwrite", "application.", "rolemanagement.", ".default", "offline_access",
        "mail.google.com", "/auth/gmail", "/auth/drive", "/auth/contacts", "/auth/admin", "/auth/cloud-platform", "files:read",
    ];

    public bool IsTrap => Wide.Length > 0 || Target is not null;

    /// <summary>What a link asks consent for; null when it leads to no such page.</summary>
    public static ConsentLink? Of(MailLink link, DetectionInput input)
    {
        if (link.Kind is LinkKind.Image or LinkKind.Script || link.Target.Length > LongestLink || !link.Target.Contains("auth", StringComparison.OrdinalIgnoreCase) || !LinkTarget.TryParse(link.Target, out var written))
            return null;
        foreach (var uri in (IEnumerable<Uri>)[written, .. LinkUnwrapping.Unwrap(written).Select(layer => layer.Uri)])
            if (uri.Scheme is "https" or "http" && IsConsentPage(uri))
                return Read(uri, input);
        return null;
    }

    private static bool IsConsentPage(Uri uri) =>
        Array.IndexOf(Services, uri.IdnHost.ToLowerInvariant()) >= 0
        && uri.AbsolutePath is var path
        && path.Contains("oauth", StringComparison.OrdinalIgnoreCase)
        && (path.EndsWith("/authorize", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/auth", StringComparison.OrdinalIgnoreCase))
        && uri.Query.Contains("client_id=", StringComparison.OrdinalIgnoreCase);

    private static ConsentLink Read(Uri uri, DetectionInput input)
    {
        var scopes = (Value(uri, "scope") ?? "").Split([' ', '+', ','], StringSplitOptions.RemoveEmptyEntries);
        var wide = scopes.Where(scope => Array.Exists(WideScopes, start => scope.Contains(start, StringComparison.OrdinalIgnoreCase))).Take(4).ToList();
        // Leave to stay signed in is asked by many that ask for nothing else.
        if (wide.TrueForAll(scope => scope.EndsWith("offline_access", StringComparison.OrdinalIgnoreCase)))
            wide.Clear();
        var target = Value(uri, "redirect_uri") is { } redirect && LinkTarget.TryParse(redirect, out var back) && back.Scheme is "http" or "https" && !IsKnown(back, uri, input) ? back.IdnHost.ToLowerInvariant() : null;
        return new ConsentLink(uri.IdnHost.ToLowerInvariant(), string.Join(", ", wide), target);
    }

    private static bool IsKnown(Uri back, Uri service, DetectionInput input)
    {
        var domain = input.Domains.Of(back.IdnHost);
        return back.IsLoopback
            || domain.Length > 0 && !input.Sender.IsFreeMail && domain == input.Sender.OrganisationalDomain
            || SenderView.IsWithin(back.IdnHost, input.Context.TenantDomains)
            || domain == input.Domains.Of(service.IdnHost)
            || Brands.Embedded.IsOfBrand(domain);
    }

    private static string? Value(Uri uri, string name)
    {
        const int MostParameters = 64;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', MostParameters))
            if (pair.StartsWith(name, StringComparison.OrdinalIgnoreCase) && pair.Length > name.Length && pair[name.Length] == '=')
                return Uri.UnescapeDataString(pair[(name.Length + 1)..].Replace('+', ' '));
        return null;
    }
}
