using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Grains.Egress;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>What the token endpoint gave.</summary>
internal sealed record ProviderTokens(string IdToken, string AccessToken)
{
    /// <summary>So that no log shows them.</summary>
    public override string ToString() => nameof(ProviderTokens);
}

/// <summary>Asks a provider's token endpoint (OpenID Connect Core 1.0, 3.1.3) and userinfo endpoint (5.3).</summary>
internal sealed class CodeExchange(IOutsideHttp http, ISignInProviders providers)
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="OutsideSignInException">The provider gave no tokens for it.</exception>
    public async Task<ProviderTokens> ForCodeAsync(SignInProvider provider, ProviderMetadata metadata, string code, string verifier, string redirect, CancellationToken cancellationToken)
    {
        var (status, body) = await AskAsync(provider, metadata, code, verifier, redirect, cancellationToken);
        using var document = Json(body);
        if (status is < 200 or >= 300)
            throw new OutsideSignInException(OutsideProblem.Refused, $"The token endpoint answered {status}: {ErrorOf(document)}.");
        return Text(document, "id_token") is { } id && Text(document, "access_token") is { } access
            ? new ProviderTokens(id, access)
            : throw new OutsideSignInException(OutsideProblem.Untrusted, "The token endpoint gave no ID token; is the scope 'openid' allowed for this client?");
    }

    /// <summary>Whether the provider knows the client: a code that cannot be right is shown, and what is wrong of the two is named.</summary>
    /// <returns>The error code of the answer; null: none was named.</returns>
    public async Task<string?> TryClientAsync(SignInProvider provider, ProviderMetadata metadata, string redirect, CancellationToken cancellationToken)
    {
        var (_, body) = await AskAsync(provider, metadata, "check-of-this-client", new string('x', 43), redirect, cancellationToken);
        using var document = Json(body);
        return Text(document, "error");
    }

    /// <returns>Claims of the same subject; null: the provider has no such endpoint.</returns>
    /// <exception cref="OutsideSignInException">It gave none: what is missing must not be taken for what the person has not.</exception>
    public async Task<JsonDocument?> UserInfoAsync(ProviderMetadata metadata, ProviderTokens tokens, string subject, CancellationToken cancellationToken)
    {
        if (metadata.UserInfo is null)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, metadata.UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await SendAsync(request, cancellationToken);
        if (!answer.IsSuccess)
            throw new OutsideSignInException(OutsideProblem.Unreachable, $"The userinfo endpoint answered {answer.Status}.");
        if (Json(answer.Content) is not { } document)
            throw new OutsideSignInException(OutsideProblem.Untrusted, "The userinfo endpoint answered with no JSON object; signed answers (application/jwt) are not taken.");
        // 5.3.2: claims of anybody else are worth nothing.
        if (Text(document, "sub") == subject)
            return document;
        document.Dispose();
        throw new OutsideSignInException(OutsideProblem.Untrusted, "The userinfo endpoint tells of another subject than the ID token.");
    }

    private async Task<(int Status, string Body)> AskAsync(
        SignInProvider provider, ProviderMetadata metadata, string code, string verifier, string redirect, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirect), new("code_verifier", verifier),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.Token);
        var secret = await providers.OpenSecretAsync(provider, cancellationToken);
        if (secret is null || metadata.PostsSecret)
            form.Add(new("client_id", provider.ClientId));
        if (secret is not null && metadata.PostsSecret)
            form.Add(new("client_secret", secret));
        else if (secret is not null)
            request.Headers.Authorization = Basic(provider.ClientId, secret);
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await SendAsync(request, cancellationToken);
        return (answer.Status, answer.Content);
    }

    private async Task<OutsideAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, MaxBytes, Patience, cancellationToken);
        }
        catch (EgressRefusedException refused)
        {
            throw new OutsideSignInException(OutsideProblem.Unreachable, $"{request.RequestUri}: {refused.Message}", refused);
        }
    }

    /// <summary>RFC 6749, 2.3.1: each is form-encoded first.</summary>
    private static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Form(id)}:{Form(secret)}")));

    private static string Form(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static JsonDocument? Json(string body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Told by the caller.
        }

        return null;
    }

    private static string? Text(JsonDocument? document, string name) => document is null ? null : ClaimText.Of(document.RootElement, name);

    /// <summary>The code is one of a list (RFC 6749, 5.2); what is beside it may be anything.</summary>
    private static string ErrorOf(JsonDocument? document) =>
        Text(document, "error") is { Length: <= 60 } code && code.All(c => char.IsAsciiLetterLower(c) || c == '_') ? code : "no error that is known";
}
