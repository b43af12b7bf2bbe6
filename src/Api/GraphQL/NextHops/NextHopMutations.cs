using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.NextHops;

internal sealed class NextHopMutations(ITransportPolicies policies, IDkimKeys keys, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    private const string NoPolicy = "No such transport policy is in reach of this client.";
    private const string NoKey = "No such DKIM key is in reach of this client.";

    /// <summary>A year: keys that leak unseen lose their worth, and nobody has to publish a record every month.</summary>
    private const int DefaultRotation = 365;

    [Requires(Permissions.TransportWrite)]
    [Description("Says how far the way to a domain outside, or to all, must be encrypted. Mail for which that cannot be had waits, and is returned to its sender in the end.")]
    public async Task<TransportPolicyPayload> SetTransportPolicy([Description("The policy.")] SetTransportPolicyInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant,
            "setTransportPolicy",
            input,
            async (scope, tenant) => Outcome.Of(await policies.SetAsync(scope, tenant, input.Domain ?? TransportPolicyRow.AllDomains, input.Tls, cancellationToken)),
            cancellationToken);
        return new TransportPolicyPayload(await FindPolicyAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.TransportWrite)]
    [Description("Takes a word on TLS back; what is said for all holds again, or AUTOMATIC.")]
    public async Task<RemovedNextHopPayload> RemoveTransportPolicy([Description("Which policy.")] RemoveTransportPolicyInput input, CancellationToken cancellationToken) => new(
        input.TransportPolicyId,
        await runner.RunAsync(caller.Current.Home, "removeTransportPolicy", input, async () => GlobalId.Find(input.TransportPolicyId, NodeKind.TransportPolicy) is { } id
            ? Outcome.Of(await policies.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, NoPolicy, "transportPolicyId"), cancellationToken),
        input);

    [Requires(Permissions.TransportWrite)]
    [Description("Makes a key that signs mail of a domain. It signs once the record that it tells is seen in DNS.")]
    public async Task<DkimKeyPayload> CreateDkimKey([Description("The key.")] CreateDkimKeyInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant,
            "createDkimKey",
            input,
            async (scope, tenant) => Outcome.Of(await keys.CreateAsync(scope, tenant, input.Domain, input.Kind ?? DkimKeyKind.Rsa, input.RotationDays ?? DefaultRotation, cancellationToken)),
            cancellationToken);
        return new DkimKeyPayload(await FindKeyAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.TransportWrite)]
    [Description("Makes the key that follows one that signs. The old one signs until the record of the new one is seen in DNS.")]
    public Task<DkimKeyPayload> RotateDkimKey([Description("Which key.")] DkimKeyInput input, CancellationToken cancellationToken) =>
        WithKeyAsync("rotateDkimKey", input, id => keys.RotateAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.TransportWrite)]
    [Description("Has DNS asked for the record of a key at once, instead of at its next time.")]
    public Task<DkimKeyPayload> CheckDkimKey([Description("Which key.")] DkimKeyInput input, CancellationToken cancellationToken) =>
        WithKeyAsync("checkDkimKey", input, id => keys.CheckAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.TransportWrite)]
    [Description("Ends a key: one that signs retires, and its record must stay for a week; any other is forgotten.")]
    public async Task<RemovedNextHopPayload> RemoveDkimKey([Description("Which key.")] DkimKeyInput input, CancellationToken cancellationToken) => new(
        input.DkimKeyId,
        await runner.RunAsync(caller.Current.Home, "removeDkimKey", input, async () => GlobalId.Find(input.DkimKeyId, NodeKind.DkimKey) is { } id
            ? Outcome.Of(await keys.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, NoKey, "dkimKeyId"), cancellationToken),
        input);

    private async Task<DkimKeyPayload> WithKeyAsync(string name, DkimKeyInput input, Func<Guid, Task<Storage.Directory.CommandResult<Guid>>> act, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(
            caller.Current.Home,
            name,
            input,
            async () => GlobalId.Find(input.DkimKeyId, NodeKind.DkimKey) is { } id ? Outcome.Of(await act(id)) : Outcome.Failed(ErrorCodes.NotFound, NoKey, "dkimKeyId"),
            cancellationToken);
        return new DkimKeyPayload(await FindKeyAsync(outcome, cancellationToken), outcome, input);
    }

    private async Task<TransportPolicyNode?> FindPolicyAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.TransportPolicies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new TransportPolicyNode(row) : null;
    }

    private async Task<DkimKeyNode?> FindKeyAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.DkimKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new DkimKeyNode(row) : null;
    }
}
