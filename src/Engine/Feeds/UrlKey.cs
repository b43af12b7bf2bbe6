namespace Platform.Engine.Feeds;

/// <summary>
/// The form in which URLs are compared with lists: without scheme, user and fragment, host in lower-case A-labels, default port
/// and a lone slash left out. Lists write http where a mail writes https, and the other way round.
/// </summary>
public static class UrlKey
{
    /// <summary>Null for what is no http, https or ftp URL.</summary>
    public static string? Of(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true, Scheme: "http" or "https" or "ftp" } || HostOf(uri) is not { Length: > 0 } host)
            return null;
        var path = uri.PathAndQuery;
        return $"{(uri.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{(path == "/" ? "" : path)}";
    }

    /// <summary>Reads a line of a list; one without a scheme is taken for http.</summary>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > FeedQuestions.MaxText)
            return null;
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri) ? Of(uri) : null;
    }

    // Some hosts can be read and yet not be written in A-labels.
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost.ToLowerInvariant().TrimEnd('.');
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
