using Platform.Api.Identity.Pages;

namespace Platform.Api.Identity.Connect;

/// <summary>Scopes as a person reads them: a sentence for those of OpenID Connect, permissions by their name.</summary>
internal static class ScopeWords
{
    public static IReadOnlyList<string> Of(IEnumerable<string> scopes, Wording texts) =>
        [.. scopes.Select(scope => scope is "openid" or "profile" or "email" or "offline_access" ? texts["scope." + scope] : scope)];
}
