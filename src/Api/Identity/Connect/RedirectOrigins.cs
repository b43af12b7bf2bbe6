namespace Platform.Api.Identity.Connect;

/// <summary>
/// The origin of a client's redirect address, for <c>form-action</c> of a page: browsers hold the redirects behind a form to it.
/// Only for addresses that are registered.
/// </summary>
internal static class RedirectOrigins
{
    public static string Of(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        ? uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : uri.Scheme + ":"
        : "";
}
