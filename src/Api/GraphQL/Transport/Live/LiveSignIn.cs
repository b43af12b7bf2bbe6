using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Validation.AspNetCore;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>
/// Takes the token of a WebSocket: from the payload of <c>connection_init</c>, as <c>Authorization</c> (or <c>authorization</c>) with
/// <c>Bearer</c> before it, or as <c>token</c>; else the one that came with the handshake. Browsers cannot send headers with that.
/// </summary>
internal sealed class LiveSignIn(TokenCaller tokens, TimeProvider time)
{
    /// <summary>Null: no token, or one that is not taken.</summary>
    public async Task<LiveCaller?> SignInAsync(HttpContext context, JsonElement? payload, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Authorization.Count == 0 && Given(payload) is { } header)
            context.Request.Headers.Authorization = header;

        var result = await context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (result.Principal is not { } principal)
            return null;
        var live = new LiveCaller(principal, tokens, Languages.Choose(context.Request), context.Connection.RemoteIpAddress, time);
        return await live.NowAsync(cancellationToken) is not null ? live : null;
    }

    private static string? Given(JsonElement? payload)
    {
        if (payload is not { ValueKind: JsonValueKind.Object } members)
            return null;
        foreach (var name in (ReadOnlySpan<string>)["Authorization", "authorization"])
            if (members.TryGetProperty(name, out var header) && header.ValueKind == JsonValueKind.String)
                return header.GetString();
        return members.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? "Bearer " + token.GetString() : null;
    }
}
