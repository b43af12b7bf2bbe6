using Platform.Api.Edge;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Subscriptions;

/// <summary>
/// The caller of a subscription as it is now. It was asked for permissions and tenants when it began; it ends when any of them is gone, or when
/// token, client or account end. Asked before each result, and every few seconds while there is none.
/// </summary>
internal sealed class LiveScope(CallerContext context)
{
    private Func<CancellationToken, ValueTask<Caller?>>? _now;
    private Scope? _begun;

    /// <param name="now">Who stands behind the token at this moment; null when nobody does.</param>
    public void Follow(Caller caller, Func<CancellationToken, ValueTask<Caller?>> now)
    {
        context.Set(caller);
        _begun = caller.Scope;
        _now = now;
    }

    /// <exception cref="ApiException">Less is in reach than when it began.</exception>
    public async ValueTask<Caller> RequireAsync(CancellationToken cancellationToken)
    {
        if (_now is null || _begun is null)
            return context.Current;
        if (await _now(cancellationToken) is not { } caller)
            throw new ApiException(ErrorCodes.Unauthenticated, "The token has expired, or its client or account has ended. Connect anew with a new token.", 401);
        if (!caller.Scope.Tenants.IsSupersetOf(_begun.Tenants) || !caller.Scope.Permissions.IsSupersetOf(_begun.Permissions))
            throw new ApiException(ErrorCodes.Forbidden, "Permissions or tenants that this subscription began with were taken away. Subscribe anew.", 403);
        context.Set(caller);
        return caller;
    }
}
