namespace Platform.Api.Identity.SignIn;

/// <summary>Where a sign-in leads: to our own pages and the authorization endpoint, never to another site.</summary>
internal static class ReturnUrl
{
    public const string Home = "/account";
    private const int MaxLength = 8_000;

    private static readonly string[] Prefixes = ["/account", "/connect/authorize", "/connect/verify"];

    public static string Of(string? asked) => asked is not null && IsOurs(asked) ? asked : Home;

    // Only what begins with one of our prefixes and a boundary: "//evil", "/\evil" and "https:" have no chance to. Control characters
    // are dropped by browsers and could join what they part; dots, also escaped, lead up.
    private static bool IsOurs(string url)
    {
        if (url.Length > MaxLength || url.Any(char.IsControl) || url.Contains('\\', StringComparison.Ordinal))
            return false;
        var path = url.Split('?', '#')[0];
        // Signing out is a button; who comes back to it would be shown an error.
        return path != "/account/sign-out" && !path.Contains("..", StringComparison.Ordinal) && !path.Contains('%', StringComparison.Ordinal)
            && Prefixes.Any(prefix => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal));
    }
}
