using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

internal sealed class PolicyQueries(IRecipientDirectory directory, CallerContext caller)
{
    [Requires(Permissions.PolicyRead)]
    [Description("What a tenant does with mail of each verdict.")]
    public async Task<PolicyNode?> Policy([Id][Description("Which tenant; needed where several are in reach.")] string? tenant, CancellationToken cancellationToken)
    {
        var (_, tenantId) = caller.Current.ForTenant(tenant);
        return await directory.FindTenantAsync(tenantId, cancellationToken) is { } settings ? new PolicyNode(settings.Policy) : null;
    }
}
