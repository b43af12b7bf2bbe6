using System.Net;

namespace Platform.Storage.Directory;

/// <summary>What a value of the directory must look like. Each rule gives a code and a sentence that says what to do, or null when the value is good.</summary>
internal static class DirectoryRules
{
    private const int MaxSlug = 40;
    private const int MaxName = 200;
    private const int MaxHops = 200;
    private const int MaxRoute = 500;

    public static Refusal? Slug(string slug) =>
        slug.Length is > 0 and <= MaxSlug && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && char.IsAsciiLetter(slug[0]) && slug[^1] != '-'
            ? null
            : new("INVALID_SLUG", $"A short name has 1 to {MaxSlug} lower-case letters, digits and hyphens, and begins with a letter.");

    public static Refusal? Name(string name) =>
        name.Trim().Length is > 0 and <= MaxName && !name.Any(char.IsControl) ? null : new("INVALID_NAME", $"A name has 1 to {MaxName} characters and no control characters.");

    public static Refusal? Language(string language) =>
        language is "ja" or "en" ? null : new("INVALID_LANGUAGE", "The language must be 'ja' or 'en'.");

    public static Refusal? Route(string route, IRouteRule rule)
    {
        var good = route.Length <= MaxRoute && !route.Any(char.IsControl) && route.Split(':', 2) switch
        {
            ["maildir", { Length: > 0 }] => true,
            ["smtp", var rest] => rest.StartsWith("//", StringComparison.Ordinal) && Uri.TryCreate(route, UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, Port: > 0, AbsolutePath: "/" or "" },
            _ => false,
        };
        if (!good)
            return new("INVALID_ROUTE", "The route must be 'smtp://host:port' or 'maildir:PATH'.");
        return rule.Refuse(route) is { } reason ? new("INVALID_ROUTE", reason) : null;
    }

    public static Refusal? TrustedHops(IReadOnlyList<string> ranges) =>
        ranges.Count <= MaxHops && ranges.All(r => IPNetwork.TryParse(r, out _))
            ? null
            : new("INVALID_TRUSTED_HOPS", $"Trusted hops are at most {MaxHops} address ranges such as '192.0.2.0/24' or '2001:db8::/32', each with its host bits zero.");

    public static Refusal? Journal(string? address) =>
        address is null || MailAddress.TryParse(address, out _, out _) ? null : new("INVALID_ADDRESS", "The journal address must be an address such as 'journal@example.com'.");

    public static Refusal? Report(string? address) =>
        address is null or "" || MailAddress.TryParse(address, out _, out _) ? null : new("INVALID_ADDRESS", "The report address must be an address such as 'report@example.com', in a domain of the tenant.");

    /// <summary>The form in which addresses are kept and compared: lower case, the domain in A-labels. Null and empty stay.</summary>
    public static string? Kept(string? address) => MailAddress.TryParse(address ?? "", out var local, out var domain) ? $"{local}@{domain}" : address;

    public static Refusal? Limits(TenantLimits limits) =>
        limits is { MaxConnections: > 0 and <= 10_000, MaxRecipients: >= 100 and <= 100_000, MaxMessageBytes: >= 64 * 1024 and <= 1024L * 1024 * 1024 }
            ? null
            : new("INVALID_LIMITS", "Limits: connections 1 to 10,000; recipients 100 to 100,000 (RFC 5321 4.5.3.1.8 asks for 100 at least); message size 64 KiB to 1 GiB.");

    public static Refusal? First(params ReadOnlySpan<Refusal?> checks)
    {
        foreach (var check in checks)
        {
            if (check is not null)
                return check;
        }

        return null;
    }
}

internal sealed record Refusal(string Code, string Message)
{
    public static Refusal NoTenant { get; } = new("NOT_FOUND", "There is no such tenant.");

    public CommandResult<T> As<T>() => new(default, Code, Message);
}
