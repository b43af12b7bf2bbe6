using System.Globalization;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>The steps of a check in their order. What cannot be tried for want of something before is skipped.</summary>
internal sealed class FlowCheckRun(IFlowChecks checks, IRecipientDirectory directory, RecordChecks records, RouteCheck route, RoundTrip trip, FlowSettings settings, TimeProvider clock)
{
    public const string Actor = "flow-check";

    /// <exception cref="OperationCanceledException">The lease was lost, or the process stops.</exception>
    public async Task RunAsync(FlowJob job, CancellationToken cancellationToken)
    {
        var progress = new FlowProgress(checks, job, settings.Onboarding.Lease, clock);
        if (await directory.FindTenantAsync(job.TenantId, cancellationToken) is { } tenant)
            await RunAsync(job, tenant, progress, cancellationToken);
        await checks.EndAsync(job, [.. progress.Steps.Select(step => step.State == FlowStepState.Waiting ? step with { State = FlowStepState.Skipped } : step)], cancellationToken);
    }

    private async Task RunAsync(FlowJob job, TenantSettings tenant, FlowProgress progress, CancellationToken cancellationToken)
    {
        var domain = job.Mailbox is { } address ? SmtpAddress.Split(address).Domain : tenant.Domains is [var first, ..] ? first : null;
        var found = await progress.RunAsync(FlowStepKind.Domain, () => Task.FromResult(Domain(tenant, domain, job.Mailbox)), cancellationToken);
        if (domain is null || !found.IsGood)
            return;
        await progress.RunAsync(FlowStepKind.Mx, () => records.MxAsync(domain, cancellationToken), cancellationToken);
        await progress.RunAsync(FlowStepKind.Spf, () => records.SpfAsync(domain, cancellationToken), cancellationToken);
        if (job.Mailbox is not { } mailbox)
            return;
        await progress.RunAsync(FlowStepKind.Route, () => route.CheckAsync(tenant.Route, mailbox, cancellationToken), cancellationToken);

        // The route is tried by the delivery itself, whatever the probe said: servers treat the two differently.
        var mail = Mail(job, tenant, mailbox);
        var since = clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        if ((await progress.RunAsync(FlowStepKind.Send, () => trip.SendAsync(mail, cancellationToken), cancellationToken)).IsGood
            && (await progress.RunAsync(FlowStepKind.Inspect, () => trip.InspectAsync(tenant.Id, mail, since, cancellationToken), cancellationToken)).IsGood)
        {
            await progress.RunAsync(FlowStepKind.Deliver, () => trip.DeliverAsync(tenant.Id, mail, since, cancellationToken), cancellationToken);
        }
    }

    private static FlowFinding Domain(TenantSettings tenant, string? domain, string? mailbox) => (domain, mailbox) switch
    {
        (null, _) => new FlowFinding(FlowStepState.Failed, "domain-none"),
        ({ } name, null) => new FlowFinding(FlowStepState.Failed, "mailbox-none", ("domain", name)),
        ({ } name, _) when tenant.Domains.Contains(name, StringComparer.OrdinalIgnoreCase) => new FlowFinding(FlowStepState.Passed, "domain-proven", ("domain", name)),
        ({ } name, _) => new FlowFinding(FlowStepState.Failed, "domain-open", ("domain", name)),
    };

    private TestMail Mail(FlowJob job, TenantSettings tenant, string mailbox) => new(
        string.Create(CultureInfo.InvariantCulture, $"flow-check.{job.Token:N}@{settings.Hostname}"),
        settings.Notices.FromAddress ?? $"no-reply@{settings.Hostname}",
        settings.Notices.FromName,
        mailbox,
        tenant.Language,
        clock.GetUtcNow());
}
