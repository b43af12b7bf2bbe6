using System.Text.Json;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding.Flow;

internal sealed class FlowChecks(IMoveRunner moves) : IFlowChecks
{
    /// <summary>Of one tenant, with the newest.</summary>
    private const int MaxKept = 20;

    public async Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, string? mailbox, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                // The lock of the tenant: two who ask at once get one check.
                await session.Sql.FirstAsync("SELECT 1 FROM tenants WHERE id = @id" + session.Dialect.ForUpdate, _ => true, ct, ("@id", tenantId));
                var address = await MailboxAsync(session, tenantId, mailbox, ct);
                var open = await session.Sql.FirstAsync(
                    "SELECT id FROM flow_checks WHERE tenant_id = @tenant AND state IN ('queued', 'running')", row => (Guid?)row.GetGuid(0), ct, ("@tenant", tenantId));
                return open ?? await InsertAsync(session, tenantId, address, scope.Actor, ct);
            },
            cancellationToken);
    }

    public Task<FlowJob?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.FirstAsync(
            $"""
            UPDATE flow_checks SET state = 'running', lease_token = @token, lease_until = @until
            WHERE id = (SELECT id FROM flow_checks WHERE state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until <= @now) ORDER BY created_at LIMIT 1{session.Dialect.SkipLocked})
            RETURNING id, tenant_id, lease_token, mailbox
            """,
            row => new FlowJob(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.Text(3)),
            ct,
            ("@token", Guid.NewGuid()),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds)),
        cancellationToken);

    public Task<bool> SaveAsync(FlowJob job, IReadOnlyList<FlowStep> steps, TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "UPDATE flow_checks SET steps = @steps, lease_until = @until WHERE id = @id AND lease_token = @token",
            ct,
            ("@steps", FlowStep.Write(steps)),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@id", job.Id),
            ("@token", job.Token)) == 1,
        cancellationToken);

    public Task EndAsync(FlowJob job, IReadOnlyList<FlowStep> steps, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var state = steps.Any(step => step.State == FlowStepState.Failed) ? FlowCheckStates.Failed : FlowCheckStates.Passed;
            var ended = await session.Sql.ExecuteAsync(
                "UPDATE flow_checks SET state = @state, steps = @steps, ended_at = @now, lease_token = NULL, lease_until = NULL WHERE id = @id AND lease_token = @token",
                ct,
                ("@state", state),
                ("@steps", FlowStep.Write(steps)),
                ("@now", session.NowMilliseconds),
                ("@id", job.Id),
                ("@token", job.Token));
            if (ended == 0)
                return false;
            var codes = string.Join(',', steps.Where(step => step.Code.Length > 0).Select(step => JsonSerializer.Serialize(step.Code, TenantJsonContext.Default.String)));
            session.Record(new PendingEvent(job.TenantId, EventKinds.FlowChecked, session.Now, null, null, $$"""{"outcome":"{{state}}","findings":[{{codes}}]}"""));
            if (Has(FlowStepKind.Domain) && Has(FlowStepKind.Deliver))
                await ReadyAsync(session, job, ct);
            return true;

            bool Has(FlowStepKind kind) => steps.Any(step => step.Kind == kind && step.State == FlowStepState.Passed);
        },
        cancellationToken);

    private static async ValueTask ReadyAsync(MoveSession session, FlowJob job, CancellationToken cancellationToken)
    {
        var slug = await session.Sql.FirstAsync(
            "UPDATE tenants SET ready_at = @now WHERE id = @id AND ready_at IS NULL RETURNING slug", row => row.GetString(0), cancellationToken, ("@now", session.NowMilliseconds), ("@id", job.TenantId));
        if (slug is null)
            return;
        var data = $$"""{"slug":{{JsonSerializer.Serialize(slug, TenantJsonContext.Default.String)}},"mailbox":{{JsonSerializer.Serialize(job.Mailbox ?? "", TenantJsonContext.Default.String)}}}""";
        session.Record(new PendingEvent(job.TenantId, EventKinds.TenantReady, session.Now, null, null, data));
        session.Record(new PendingAudit(job.TenantId, "system:flow-check", "tenant.ready", job.TenantId.ToString(), data));
    }

    private static async ValueTask<string?> MailboxAsync(MoveSession session, Guid tenantId, string? mailbox, CancellationToken cancellationToken)
    {
        if (mailbox is null)
        {
            return await session.Sql.FirstAsync(
                "SELECT address FROM mailboxes WHERE tenant_id = @tenant ORDER BY created_at, id LIMIT 1", row => row.GetString(0), cancellationToken, ("@tenant", tenantId));
        }

        var address = MailAddress.TryParse(mailbox, out var local, out var domain) ? $"{local}@{domain}" : "";
        return await session.Sql.FirstAsync(
            "SELECT address FROM mailboxes WHERE tenant_id = @tenant AND address = @address", row => row.GetString(0), cancellationToken, ("@tenant", tenantId), ("@address", address))
            ?? throw new RefusedException(new("MAILBOX_UNKNOWN", "That is no mailbox of this tenant; make it first, or leave it out."));
    }

    private static async ValueTask<Guid> InsertAsync(MoveSession session, Guid tenantId, string? mailbox, string actor, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            "INSERT INTO flow_checks (id, tenant_id, mailbox, state, steps, requested_by, created_at) VALUES (@id, @tenant, @mailbox, 'queued', @steps, @actor, @now)",
            cancellationToken,
            ("@id", id),
            ("@tenant", tenantId),
            ("@mailbox", mailbox),
            ("@steps", FlowStep.Write(FlowStep.New)),
            ("@actor", actor),
            ("@now", session.NowMilliseconds));
        await session.Sql.ExecuteAsync(
            "DELETE FROM flow_checks WHERE tenant_id = @tenant AND id NOT IN (SELECT id FROM flow_checks WHERE tenant_id = @tenant ORDER BY created_at DESC, id DESC LIMIT @kept)",
            cancellationToken,
            ("@tenant", tenantId),
            ("@kept", (long)MaxKept));
        session.Record(new PendingAudit(tenantId, actor, "flow.check", mailbox ?? "", "{}"));
        return id;
    }
}
