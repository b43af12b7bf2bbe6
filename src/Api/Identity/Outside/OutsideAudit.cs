using System.Text.Json;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity.Outside;

/// <summary>
/// Tells the tenant, on its feed and its audit log, who came by its provider. Only what the provider has vouched for is told: strangers could
/// fill both otherwise.
/// </summary>
internal sealed class OutsideAudit(IAuditLog log, ITenantEvents events)
{
    private const int MaxAddress = 320;

    public Task LinkedAsync(SignInProvider provider, SignInAccount account, bool made, CancellationToken cancellationToken) =>
        WriteAsync(ScopeOf(provider.TenantId), provider.TenantId, EventKinds.SignInLinked, $"account:{account.Id}", new { provider = provider.Name, address = account.Address, made }, cancellationToken);

    public Task ForgottenAsync(Scope scope, Guid tenantId, Guid accountId, string address, CancellationToken cancellationToken) =>
        WriteAsync(scope, tenantId, EventKinds.SignInLinked, $"account:{accountId}", new { forgotten = true, address, actor = scope.Actor }, cancellationToken);

    public Task RefusedAsync(SignInProvider provider, OutsidePerson person, OutsideProblem problem, CancellationToken cancellationToken)
    {
        var address = person.Address is { } said ? new string([.. said.Take(MaxAddress).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]) : null;
        var reason = JsonNamingPolicy.CamelCase.ConvertName(problem.ToString());
        return WriteAsync(ScopeOf(provider.TenantId), provider.TenantId, EventKinds.SignInRefused, $"sign-in-provider:{provider.Id}", new { provider = provider.Name, address, reason }, cancellationToken);
    }

    /// <summary>As which the platform acts on a provider's word.</summary>
    public static Scope ScopeOf(Guid tenantId) => Scope.System(tenantId, "sign-in");

    private async Task WriteAsync(Scope scope, Guid tenantId, string kind, string target, object detail, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(detail);
        await events.RecordAsync(scope, tenantId, kind, data, cancellationToken);
        await log.AppendAsync(scope, tenantId, kind, target, data, cancellationToken);
    }
}
