using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Platform.Api.Identity.Connect;

/// <summary>Answers that OpenIddict gives to the client in our name.</summary>
internal static class OidcAnswers
{
    /// <param name="error">A code of RFC 6749, RFC 8628 or OpenID Connect Core.</param>
    public static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    /// <summary>The parameters of a request again, for the address to come back to or the hidden fields of a form.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ParametersOf(OpenIddictRequest request, params string[] without) =>
    [
        .. from parameter in request.GetParameters()
           where !without.Contains(parameter.Key, StringComparer.Ordinal)
           let value = (string?)parameter.Value
           where value is not null
           select KeyValuePair.Create(parameter.Key, value),
    ];
}
