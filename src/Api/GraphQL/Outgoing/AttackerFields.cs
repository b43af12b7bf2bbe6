using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class AttackerQueries(IPlatformDbFactory databases, CallerContext caller)
{
    private const int Most = 200;

    [Requires(Permissions.PolicyRead)]
    [Description("Addresses and domains from which a tenant received attacks, the last attack first; at most 200. For how long nothing goes there the policy says.")]
    public async Task<IReadOnlyList<KnownAttackerNode>> KnownAttackers(
        [Description("Only this address or domain.")] string? name,
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var (scope, id) = caller.Current.ForTenant(tenant);
        var asked = name?.Trim().ToLowerInvariant();
        await using var db = databases.Open(scope);
        var rows = await db.Attackers.AsNoTracking()
            .Where(row => row.TenantId == id && (asked == null || row.Name == asked))
            .OrderByDescending(row => row.LastAt).ThenBy(row => row.Name)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new KnownAttackerNode(row))];
    }
}

internal sealed class AttackerMutations(IKnownAttackers attackers, MutationRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Lets mail go to an attacker again, until the next attack. What is held for it stays held.")]
    public async Task<ForgetAttackerPayload> ForgetAttacker([Description("Which.")] ForgetAttackerInput input, CancellationToken cancellationToken) => new(
        await runner.RunForTenantAsync(
            input.Tenant, "forgetAttacker", input, async (scope, tenant) => Outcome.Of(await attackers.ForgetAsync(scope, tenant, input.Name, cancellationToken)), cancellationToken),
        input);
}
