namespace Platform.Api.Edge;

/// <summary>Which paths are the API's; the rest of the site (portal, public pages) answers for itself.</summary>
internal static class ApiPaths
{
    private static readonly PathString[] Prefixes = ["/v1", "/scim", "/graphql", "/connect", "/openapi", "/health", "/metrics", "/.well-known"];

    public static bool IsApi(this HttpRequest request)
    {
        foreach (var prefix in Prefixes)
            if (request.Path.StartsWithSegments(prefix))
                return true;
        return false;
    }
}
