using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>Where a provider sends people back to. Each tenant has an address of its own, so that what one provider gives is never taken for another's (RFC 9700, 4.4).</summary>
internal sealed class OutsideAddress(ApiSettings settings)
{
    public const string Path = "/account/sso";

    /// <param name="request">Says under which address the platform is reached where no setting does; null: the path alone can be told then.</param>
    public string Of(Guid tenantId, HttpRequest? request)
    {
        var site = settings.Issuer ?? (request is null ? settings.Site : new Uri($"{request.Scheme}://{request.Host}"));
        return $"{site?.ToString().TrimEnd('/')}{Path}/{GlobalId.Of(NodeKind.Tenant, tenantId)}";
    }
}

/// <summary>The question to a provider: OpenID Connect Core 1.0, 3.1.2.1, with PKCE.</summary>
internal sealed class OutsideRequest(ProviderDirectory directory, OutsideTransactions transactions, OutsideAddress address, TimeProvider time)
{
    private const int MaxHint = 320;

    private static readonly string[] Scopes = ["openid", "profile", "email"];

    /// <param name="hint">The address that was typed.</param>
    /// <param name="again">Somebody who is signed in must prove it anew.</param>
    /// <returns>Where the browser is to go.</returns>
    /// <exception cref="OutsideSignInException">The provider cannot be asked.</exception>
    public async Task<Uri> BeginAsync(HttpContext context, SignInProvider provider, string hint, string returnUrl, bool again)
    {
        var metadata = await directory.FindAsync(provider.Issuer, context.RequestAborted);
        var transaction = OutsideTransaction.Begin(provider.Id, returnUrl, again ? time.GetUtcNow() : null);
        transactions.Keep(context, transaction);
        Dictionary<string, string?> question = new()
        {
            ["response_type"] = "code",
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = address.Of(provider.TenantId, context.Request),
            ["scope"] = string.Join(' ', Scopes.Concat(provider.Scopes).Distinct()),
            ["state"] = transaction.State,
            ["nonce"] = transaction.Nonce,
            ["code_challenge"] = transaction.Challenge,
            ["code_challenge_method"] = "S256",
        };
        if (hint.Length is > 0 and <= MaxHint)
            question["login_hint"] = hint;
        if (again)
        {
            question["prompt"] = "login";
            // The answer must then say when (OpenID Connect Core 1.0, 3.1.2.1): the person at the browser can strike out the prompt.
            question["max_age"] = Visitors.Fresh.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return new Uri(QueryHelpers.AddQueryString(metadata.Authorization.ToString(), question));
    }
}
