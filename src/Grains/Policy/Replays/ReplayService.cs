using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Conditions;
using Platform.Engine.Verdicts;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Policy.Replays;

internal sealed class ReplayService(
    IPlatformDbFactory databases, IRecipientDirectory directory, IPolicyReading policies, IAuditLog audit, ReplaySignal signal, FlowSettings settings, TimeProvider clock) : IRuleReplays
{
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromDays(7);

    private const int MaxName = 200;

    public async Task<RuleResult> StartAsync(Scope scope, Guid tenantId, ReplayRequest request, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.PolicyWrite);
        scope.Require(Permissions.MessagesRead);
        var now = clock.GetUtcNow();
        var until = request.Until ?? now;
        var since = request.Since ?? until - DefaultPeriod;
        if (since >= until || until - since > settings.Replays.MaxPeriod)
            return new RuleResult(null, "INVALID_PERIOD", $"A replay runs over a period of at most {settings.Replays.MaxPeriod.Days} days that ends after it begins.", "since");
        if (await directory.FindTenantAsync(tenantId, cancellationToken) is not { } tenant)
            return NotFound;

        await using var database = databases.Open(scope);
        var open = await database.RuleReplays.CountAsync(r => r.TenantId == tenantId && (r.State == ReplayStates.Queued || r.State == ReplayStates.Running), cancellationToken);
        if (open >= settings.Replays.MaxOpen)
            return new RuleResult(null, "TOO_MANY_REPLAYS", $"{open} replays of this tenant are not done yet. Wait until one is.");
        if (await TrialAsync(scope, tenantId, request, cancellationToken) is not { } trial)
            return NoPlace;
        var (plan, refusal) = await PlanAsync(database, tenant, trial, request, cancellationToken);
        if (plan is null)
            return refusal!;
        if (plan.Subject is { } subject && AsksText(subject.Condition) && !scope.AllowsFor(tenantId, Permissions.MessagesContent))
            return Closed;

        var id = Guid.CreateVersion7(now);
        await ForgetOldAsync(database, tenantId, cancellationToken);
        database.RuleReplays.Add(new RuleReplayRow
        {
            Id = id,
            TenantId = tenantId,
            RuleId = request.RuleId,
            Name = plan.Subject?.Name ?? "policy",
            Plan = RuleJson.Write(plan),
            Since = since,
            Until = until,
            State = ReplayStates.Queued,
            Total = 0,
            Examined = 0,
            Tally = RuleJson.Write(ReplayTally.Empty),
            StartedBy = scope.Actor,
            CreatedAt = now,
            ChangedAt = now,
        });
        await database.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(scope, tenantId, "rule.replay", id.ToString(), plan.Subject is null ? "{}" : RuleJson.Write(plan.Subject), cancellationToken);
        signal.ReplayReady();
        return new RuleResult(id);
    }

    private static RuleResult NotFound { get; } = new(null, "NOT_FOUND", "No such rule is in reach of this client.", "ruleId");

    private static RuleResult NoPlace { get; } = new(null, "NOT_FOUND", "No such group or mailbox of the tenant is in reach of this client.", "policy");

    /// <summary>Tried word by word, a condition on the text would read what its caller may not open.</summary>
    private static RuleResult Closed { get; } =
        new(null, "CONTENT_CLOSED", "You may not open this tenant's messages, so no condition on their 'text' can be tried on them. Use other facts.", "condition");

    private static bool AsksText(string condition) => Condition.TryParse(condition, out var parsed, out _) && parsed.AsksText;

    private Task<PolicyTrial?> TrialAsync(Scope scope, Guid tenantId, ReplayRequest request, CancellationToken cancellationToken) => policies.TryAsync(
        scope,
        tenantId,
        request.PolicyOf ?? PolicyTarget.Tenant(tenantId),
        Tried(request).ToDictionary(tried => PolicySettings.ActionFor(tried.Key).Key, tried => (string?)PolicySettings.Name(tried.Value)),
        cancellationToken);

    private static IReadOnlyDictionary<VerdictKind, PolicyAction> Tried(ReplayRequest request) => request.Policy ?? new Dictionary<VerdictKind, PolicyAction>();

    /// <summary>A plan without rules: the policies alone.</summary>
    private static ReplayPlan Plan(PolicyTrial trial, ReplayRequest request) => new(null, [], [])
    {
        PolicyBefore = trial.Before.Tenant.Actions.Actions,
        PolicyAfter = trial.After.Tenant.Actions.Actions,
        Apart =
        [
            .. trial.Before.Apart.Keys.Union(trial.After.Apart.Keys)
                .GroupBy(mailbox => (Before: trial.Before.OfMailbox(mailbox), After: trial.After.OfMailbox(mailbox)))
                .Select(alike => new PlannedPolicy(alike.Key.Before.Actions.Actions, alike.Key.After.Actions.Actions, [.. alike])),
        ],
        Place = request.Policy is { Count: > 0 } ? trial.Place : null,
        Tried = Tried(request),
    };

    private static async Task<(ReplayPlan? Plan, RuleResult? Refusal)> PlanAsync(
        PlatformDb database, TenantSettings tenant, PolicyTrial trial, ReplayRequest request, CancellationToken cancellationToken)
    {
        var rows = await database.Rules.AsNoTracking()
            .Where(r => r.TenantId == tenant.Id || (r.MspId != null && r.MspId == tenant.MspId))
            .OrderBy(r => r.MspId == null).ThenBy(r => r.Position).ThenBy(r => r.Id)
            .ToListAsync(cancellationToken);
        List<PlannedRule> before = [.. rows.Where(row => row.Enabled).Select(Planned)];
        var plan = Plan(trial, request) with { Before = before, After = before };
        if (request.RuleId is { } ruleId)
        {
            if (rows.Find(row => row.Id == ruleId) is not { } row)
                return (null, NotFound);
            var subject = Planned(row) with
            {
                Name = Cut(request.Name ?? row.Name),
                Condition = request.Condition ?? row.Condition,
                Action = request.Action ?? row.Action,
            };
            if (Refuse(subject.Condition) is { } wrong)
                return (null, wrong);
            // In its place among the others, also when it is off now.
            List<PlannedRule> after = [.. rows.Where(other => other.Id == ruleId ? request.Enabled : other.Enabled).Select(other => other.Id == ruleId ? subject : Planned(other))];
            return (plan with { Subject = subject, After = after }, null);
        }

        if (request.Condition is null || request.Action is null)
        {
            return request is { Condition: null, Action: null, Policy.Count: > 0 }
                ? (plan, null)
                : (null, new RuleResult(null, "BAD_USER_INPUT", "Name a rule, or give condition and action of a new one, or a policy.", "ruleId"));
        }

        if (Refuse(request.Condition) is { } refusal)
            return (null, refusal);
        var made = new PlannedRule(Guid.Empty, Cut(request.Name ?? "new"), request.Condition, request.Action.Value, Revision: 0, request.ForMsp);
        List<PlannedRule> with = request.ForMsp ? [.. before.Where(rule => rule.FromMsp), made, .. before.Where(rule => !rule.FromMsp)] : [.. before, made];
        return (plan with { Subject = made, After = with }, null);
    }

    /// <summary>The newest of those that ended are kept.</summary>
    private async Task ForgetOldAsync(PlatformDb database, Guid tenantId, CancellationToken cancellationToken)
    {
        var old = await database.RuleReplays
            .Where(r => r.TenantId == tenantId && (r.State == ReplayStates.Done || r.State == ReplayStates.Failed))
            .OrderByDescending(r => r.CreatedAt)
            .Skip(settings.Replays.MaxKept)
            .Take(settings.Replays.MaxKept)
            .ToListAsync(cancellationToken);
        database.RuleReplays.RemoveRange(old);
    }

    private static RuleResult? Refuse(string condition) => Condition.TryParse(condition, out _, out var error) ? null : RuleResult.Of(error);

    private static PlannedRule Planned(RuleRow row) => new(row.Id, row.Name, row.Condition, row.Action, row.Revision, row.MspId is not null);

    private static string Cut(string name) => string.Concat(name.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(MaxName));
}
