namespace Platform.Engine.Tracking;

/// <summary>
/// What a request tells of who made it (RFC 9110; Fetch Metadata of the W3C; User-Agent Client Hints). Everything is written by the client and
/// hostile: each field is cut to <see cref="MaxField"/> characters, without control characters.
/// </summary>
public sealed record OpenRequest
{
    public const int MaxField = 512;

    /// <summary>By the method HEAD.</summary>
    public bool IsHead { get; init; }

    public string Agent { get; init; } = "";

    public string Accept { get; init; } = "";

    /// <summary>Accept-Language.</summary>
    public string Languages { get; init; } = "";

    /// <summary>Sec-Fetch-Dest: <c>image</c> where a page or mail shows a picture.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Sec-Fetch-Mode: <c>no-cors</c> where a page or mail shows a picture.</summary>
    public string Mode { get; init; } = "";

    /// <summary>Sec-Fetch-Site: <c>none</c> where somebody typed the address.</summary>
    public string Site { get; init; } = "";

    /// <summary>Sec-CH-UA.</summary>
    public string Brands { get; init; } = "";

    /// <summary>Sec-Purpose, Purpose, X-Purpose or X-Moz.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Via and what is left of X-Forwarded-For behind the proxies that are trusted: programs on the way.</summary>
    public string Via { get; init; } = "";

    /// <summary>The referrer is the very site that was asked.</summary>
    public bool IsReferredByItself { get; init; }

    /// <param name="field">The value of a header field by its name; null: it was not sent.</param>
    public static OpenRequest Of(string method, Func<string, string?> field)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(field);
        return new OpenRequest
        {
            IsHead = method.Equals("HEAD", StringComparison.OrdinalIgnoreCase),
            Agent = Cut(field("User-Agent")),
            Accept = Cut(field("Accept")),
            Languages = Cut(field("Accept-Language")),
            Destination = Cut(field("Sec-Fetch-Dest")),
            Mode = Cut(field("Sec-Fetch-Mode")),
            Site = Cut(field("Sec-Fetch-Site")),
            Brands = Cut(field("Sec-CH-UA")),
            Purpose = Cut(field("Sec-Purpose") ?? field("Purpose") ?? field("X-Purpose") ?? field("X-Moz")),
            Via = Cut($"{Cut(field("Via"))} {Cut(field("X-Forwarded-For"))}".Trim()),
            IsReferredByItself = Cut(field("Host")) is { Length: > 0 } host && Uri.TryCreate(Cut(field("Referer")), UriKind.Absolute, out var from) && from.Authority.Equals(host, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string Cut(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var cut = value.Length > MaxField ? value[..MaxField] : value;
        return cut.Any(char.IsControl) ? string.Concat(cut.Where(letter => !char.IsControl(letter))) : cut;
    }
}
