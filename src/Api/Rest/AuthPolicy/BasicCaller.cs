using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OpenIddict.Abstractions;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest.AuthPolicy;

/// <summary>
/// The caller behind the id and secret of an API client sent as they are (RFC 7617), since a mail server has one fixed header and gets no
/// tokens. Taken by the auth-policy route alone, and good for nothing but to ask about logins.
/// </summary>
internal sealed class BasicCaller(IServiceScopeFactory scopes, ClientScopes clients, IClientRegistry registry, LastUse lastUse, RateLimits rates, TimeProvider time)
{
    private const string Scheme = "Basic";
    private const int MaxLength = 1_024;
    private const int MaxKept = 1_000;

    /// <summary>A server asks twice for each login, and the check of a secret is slow on purpose. One with an old secret asks as often.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (bool Holds, long At)> _kept = new(StringComparer.Ordinal);

    public static bool IsMeant(HttpRequest request) =>
        request.Path.StartsWithSegments(AuthPolicyRoutes.FullPath) && request.Headers.Authorization.ToString().StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase);

    /// <returns>Null: no such client, another secret, or it has ended.</returns>
    /// <exception cref="ApiException">Too many were tried; the secret was not looked at.</exception>
    public async Task<Caller?> FindAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (Read(request) is not var (id, secret) || !await HoldsAsync(id, secret, request.HttpContext, cancellationToken) || await registry.FindAsync(id, cancellationToken) is not { } client)
            return null;
        if (await clients.FindAsync(id, client.Permissions.Where(permission => permission == Permissions.LoginsCheck), cancellationToken) is not { } scope)
            return null;
        await lastUse.NoteAsync(id, cancellationToken);
        return new Caller(scope, id, Languages.Choose(request));
    }

    private static (string Id, string Secret)? Read(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is not { Length: <= MaxLength } header || !AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { } given)
            return null;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(given.Length)];
        if (!Convert.TryFromBase64String(given, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (text[..colon], text[(colon + 1)..]) : null;
    }

    private async ValueTask<bool> HoldsAsync(string id, string secret, HttpContext context, CancellationToken cancellationToken)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        if (_kept.TryGetValue(digest, out var kept) && time.GetElapsedTime(kept.At) < KeptFor)
            return kept.Holds;
        if (!rates.TryTakeAddress(context.Connection.RemoteIpAddress))
            throw TooMany();
        await using var scope = scopes.CreateAsyncScope();
        var attempts = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        var key = AttemptKey.OfClient(id, RateLimits.Network(context.Connection.RemoteIpAddress));
        if (!(await attempts.TakeAsync(key, cancellationToken)).IsGiven)
            throw TooMany();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var holds = await applications.FindByClientIdAsync(id, cancellationToken) is { } application && await applications.ValidateClientSecretAsync(application, secret, cancellationToken);
        if (holds)
            await attempts.GiveBackAsync(key, whole: true, cancellationToken);
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        _kept[digest] = (holds, time.GetTimestamp());
        return holds;
    }

    private static ApiException TooMany() => new(ErrorCodes.RateLimited, "Too many wrong secrets came from this address; try again later.", StatusCodes.Status429TooManyRequests);
}
