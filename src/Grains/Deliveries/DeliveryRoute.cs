using System.Globalization;
using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Deliveries;

/// <summary>
/// Where mail goes: <c>maildir:PATH</c>, or <c>smtp://host:port</c> with <c>?tls=none|may|must|verified</c> (default may, port 25).
/// </summary>
public abstract record DeliveryRoute
{
    private const int SmtpPort = 25;

    internal sealed record Maildir(string Path) : DeliveryRoute;

    internal sealed record Smtp(string Host, int Port, TlsPolicy Tls) : DeliveryRoute
    {
        public string Key => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
    }

    /// <returns>Null with a sentence that says what is wrong.</returns>
    public static DeliveryRoute? Parse(string text, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string maildir = "maildir:";
        if (text.StartsWith(maildir, StringComparison.Ordinal))
        {
            var path = text[maildir.Length..];
            error = path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? "A maildir route names a folder: maildir:PATH." : null;
            return error is null ? new Maildir(path) : null;
        }

        if (!text.StartsWith("smtp://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.AbsolutePath is not ("" or "/"))
        {
            error = "A route is smtp://host:port or maildir:PATH.";
            return null;
        }
        if (ReadTls(uri.Query) is not { } tls)
        {
            error = "The query of an smtp route is ?tls=none, may, must or verified.";
            return null;
        }
        error = null;
        return new Smtp(uri.IdnHost.Trim('[', ']'), uri.Port < 0 ? SmtpPort : uri.Port, tls);
    }

    private static TlsPolicy? ReadTls(string query) => query switch
    {
        "" or "?" or "?tls=may" => TlsPolicy.May,
        "?tls=none" => TlsPolicy.None,
        "?tls=must" => TlsPolicy.Must,
        "?tls=verified" => TlsPolicy.Verified,
        _ => null,
    };
}
