using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>Who the provider says is at the browser.</summary>
/// <param name="Subject">The person at the issuer, for good.</param>
/// <param name="Address">Null: none, or one that the provider says it has not checked.</param>
/// <param name="Values">Of the claim that roles follow from.</param>
/// <param name="Strong">The provider asked for more than one factor (RFC 8176, mfa).</param>
/// <param name="AuthenticatedAt">When it had the person prove it (OpenID Connect Core 1.0, 2, auth_time); null: it does not say.</param>
internal sealed record OutsidePerson(
    string Subject, string? Address, string? Name, string? Language, IReadOnlySet<string> Values, bool Strong, DateTimeOffset? AuthenticatedAt);

/// <summary>Reads the claims of the ID token, and of the userinfo endpoint where the token leaves something out.</summary>
internal sealed class OutsideClaims(CodeExchange exchange, TimeProvider time)
{
    private const double MaxSeconds = 100_000_000_000;

    public async Task<OutsidePerson> ReadAsync(SignInProvider provider, ProviderMetadata metadata, ProviderTokens tokens, JsonWebToken token, CancellationToken cancellationToken)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var claims = payload.RootElement;
        var complete = AddressIn(claims, out _) is not null && ClaimText.Of(claims, "name") is not null && (provider.RoleClaim is null || ClaimText.Find(claims, provider.RoleClaim) is not null);
        using var more = complete ? null : await exchange.UserInfoAsync(metadata, tokens, token.Subject, cancellationToken);
        JsonElement[] sources = more is null ? [claims] : [claims, more.RootElement];
        return new OutsidePerson(
            token.Subject,
            AddressOf(sources),
            sources.Select(source => ClaimText.Of(source, "name")).FirstOrDefault(text => text is not null),
            sources.Select(source => ClaimText.Of(source, "locale")).FirstOrDefault(text => text is not null) is { } locale ? LanguageOf(locale) : null,
            sources.Select(source => provider.RoleClaim is null ? null : ClaimText.Find(source, provider.RoleClaim)).FirstOrDefault(found => found is not null) is { } values
                ? ClaimText.Values(values)
                : new HashSet<string>(),
            ClaimText.Find(claims, "amr") is { } methods && ClaimText.Values(methods).Contains("mfa"),
            MomentIn(claims, "auth_time"));
    }

    /// <returns>Not after now, whatever the provider's clock says. Null: none, or not of this age.</returns>
    private DateTimeOffset? MomentIn(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var said) || said.ValueKind != JsonValueKind.Number || !said.TryGetDouble(out var seconds) || seconds is not (> 0 and < MaxSeconds))
            return null;
        var (at, now) = (DateTimeOffset.FromUnixTimeSeconds((long)seconds), time.GetUtcNow());
        return at < now ? at : now;
    }

    private static string? AddressOf(JsonElement[] sources)
    {
        foreach (var source in sources)
            if (AddressIn(source, out var isChecked) is { } address)
                return isChecked ? address : null;
        return null;
    }

    /// <summary>Directories of companies leave <c>email_verified</c> out; what counts is that the domain is routed to this provider.</summary>
    private static string? AddressIn(JsonElement claims, out bool isChecked)
    {
        isChecked = !claims.TryGetProperty("email_verified", out var flag) || flag.ValueKind == JsonValueKind.True || (flag.ValueKind == JsonValueKind.String && flag.GetString() == "true");
        // Not preferred_username, which people may choose for themselves (OpenID Connect Core 1.0, 5.7).
        return ClaimText.Of(claims, "email") is { Length: > 0 } email ? email : null;
    }

    private static string? LanguageOf(string locale)
    {
        var language = locale.Split('-', '_')[0].ToLowerInvariant();
        return language is "ja" or "en" ? language : null;
    }
}

/// <summary>Claims as text, whatever the provider put there.</summary>
internal static class ClaimText
{
    private const int MaxText = 64 * 1024;
    private const int MaxValues = 2_000;

    /// <returns>Null: it is not there, no text, or no valid Unicode.</returns>
    public static string? Of(JsonElement claims, string name) => claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <summary>By its name, else by the path that its dots may mean (<c>realm_access.roles</c>).</summary>
    public static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.TryGetProperty(name, out var whole))
            return whole;
        var found = claims;
        foreach (var step in name.Split('.'))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found))
                return null;
        return found;
    }

    /// <summary>Of one text, or of a list of them.</summary>
    public static IReadOnlySet<string> Values(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.Array => claim.EnumerateArray().Take(MaxValues).Select(Text).OfType<string>().ToHashSet(StringComparer.Ordinal),
        _ => Text(claim) is { } text ? new HashSet<string>(StringComparer.Ordinal) { text } : new HashSet<string>(),
    };

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is { Length: <= MaxText } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
