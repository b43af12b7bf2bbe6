using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Policies;

/// <summary>Check the values, then in one transaction find the place, lock its owner, look for locks further out, write, and tell every tenant concerned.</summary>
internal sealed class PolicyCommands(IMoveRunner moves, RecipientDirectory directory) : IPolicyCommands
{
    public async Task<CommandResult<Guid>> SetAsync(Scope scope, PolicyTarget target, IReadOnlyList<PolicyChange> changes, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        var (good, refusal) = PolicyChecks.Check(target.Level, changes);
        refusal = PolicyChecks.Reach(scope, target) ?? refusal;
        if (refusal is not null)
            return refusal.As<Guid>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                await SetAsync(session, scope, target, good, ct);
                await directory.ChangedAsync(session, ct);
                return target.Id;
            },
            cancellationToken);
    }

    private static async ValueTask SetAsync(MoveSession session, Scope scope, PolicyTarget target, IReadOnlyList<PolicyChange> changes, CancellationToken cancellationToken)
    {
        var policies = new PolicySession(session);
        var place = await policies.FindAsync(target, cancellationToken);
        if (place is null || (target.Level > PolicyLevel.Msp && !scope.Tenants.Contains(place.OwnerId)))
            throw new RefusedException(PolicyChecks.Unknown);
        await policies.LockAsync(place, cancellationToken);
        // A lock that is set further out at this very moment is not seen here; it counts all the same, since the resolution passes over what it locks.
        var furtherOut = PolicyResolution.Resolve(await policies.FurtherOutAsync(place, cancellationToken));
        var before = await policies.ReadAsync(target.Id, cancellationToken);
        List<ToldValue> told = [];
        foreach (var change in changes)
        {
            var held = before.GetValueOrDefault(change.Setting);
            if (held is { Locked: true, TemplateId: not null } && scope.MspId is null)
                throw new RefusedException(PolicyChecks.LockedByTemplate(change.Setting));
            var outer = furtherOut[PolicySettings.Find(change.Setting)!];
            if (change.Value is not null && outer.Locked)
                throw new RefusedException(PolicyChecks.Locked(change.Setting, outer.Origin));
            if (held?.Value == change.Value && (held?.Locked ?? false) == change.Locked)
                continue;
            await policies.WriteAsync(place, change, template: null, scope.Actor, cancellationToken);
            told.Add(new ToldValue(change.Setting, held?.Value, change.Value, change.Locked));
        }

        if (told.Count > 0)
            await TellAsync(session, policies, scope, place, told, cancellationToken);
    }

    private static async ValueTask TellAsync(
        MoveSession session, PolicySession policies, Scope scope, PolicyPlace place, IReadOnlyList<ToldValue> changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> tenants = place.Target.Level == PolicyLevel.Msp ? await policies.TenantsOfAsync(place.OwnerId, cancellationToken) : [place.OwnerId];
        foreach (var tenant in tenants)
        {
            var actions = PolicyJson.Actions((await policies.OfTenantAsync(tenant, cancellationToken)).Actions);
            var data = PolicyJson.Write(new ToldPolicy(scope.Actor, PolicyJson.Name(place.Target.Level), place.Name, changes, actions));
            session.Record(new PendingEvent(tenant, EventKinds.PolicyChanged, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, scope.Actor, "policy.set", place.Target.Id.ToString(), data));
        }

        if (place.Target.Level != PolicyLevel.Msp)
            return;
        var own = PolicyJson.Write(new ToldPolicy(scope.Actor, PolicyJson.Name(PolicyLevel.Msp), place.Name, changes, new Dictionary<string, string>()));
        session.Record(new PendingAudit(place.OwnerId, scope.Actor, "policy.set", place.OwnerId.ToString(), own));
    }
}
