using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

internal sealed class PolicyQueries(IRecipientDirectory directory, IPolicyReading reading, CallerContext caller)
{
    [Requires(Permissions.PolicyRead)]
    [Description("What a tenant does with mail of each verdict where no group and no mailbox says otherwise.")]
    public async Task<PolicyNode?> Policy([Id][Description("Which tenant; needed where several are in reach.")] string? tenant, CancellationToken cancellationToken)
    {
        var (_, tenantId) = caller.Current.ForTenant(tenant);
        return await directory.FindTenantAsync(tenantId, cancellationToken) is { } settings ? new PolicyNode(settings.Policy) : null;
    }

    [Requires(Permissions.PolicyRead)]
    [Description("What holds at a place, and where each value comes from: for a group, a mailbox or the client's own MSP, else for a tenant. Null when the place is unknown or out of reach.")]
    public async Task<EffectivePolicyNode?> EffectivePolicy(
        [Id][Description("A tenant; needed where several are in reach and nothing else is named.")] string? tenant,
        [Id][Description("A group: what holds for a mailbox that is in it alone.")] string? group,
        [Id][Description("A mailbox.")] string? mailbox,
        [Description("True: the client's own MSP.")] bool? msp,
        CancellationToken cancellationToken)
    {
        if ((group is not null && GlobalId.Find(group, NodeKind.Group) is null) || (mailbox is not null && GlobalId.Find(mailbox, NodeKind.Mailbox) is null))
            return null;
        return await FindAsync(PolicyPlaces.Find(caller.Current, tenant, group, mailbox, msp ?? false), cancellationToken);
    }

    [Requires(Permissions.PolicyRead)]
    [Description("All settings that a policy has.")]
    public IReadOnlyList<PolicySettingNode> PolicySettings() => [.. global::Platform.Storage.Policies.PolicySettings.All.Select(setting => new PolicySettingNode(setting, caller))];

    internal async Task<EffectivePolicyNode?> FindAsync(PolicyTarget target, CancellationToken cancellationToken) =>
        await reading.FindAsync(caller.Current.Scope, target, cancellationToken) is { } view ? new EffectivePolicyNode(view) : null;
}
