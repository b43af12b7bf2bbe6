using Platform.Engine.Feeds;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Sending.Correspondents;

namespace Platform.Grains.Inspection;

/// <summary>Looks at whom an outgoing mail goes to, with what the tenant knows of them, before it is decided over (OUT6, OUT10).</summary>
internal sealed class RecipientCheck(ICorrespondence correspondence, ITenantLists lists, TimeProvider clock)
{
    /// <param name="mailbox">That sends it; null: none of the tenant's.</param>
    public async Task<CheckedRecipients> CheckAsync(ScanLease lease, MessageFacts mail, TenantSettings tenant, Guid? mailbox, EffectivePolicy policy, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        List<string> outside = [.. lease.Deliveries.Where(delivery => delivery.MailboxId is null).Select(delivery => delivery.Recipient)];
        var visible = VisibleRecipients.Count(mail, tenant.Domains);
        if (outside.Count == 0)
            return CheckedRecipients.Nothing with { Visible = visible };
        var attackersFor = policy.AttackersFor();
        var query = new CorrespondenceQuery(tenant.Id, mailbox, outside, attackersFor > TimeSpan.Zero ? asked - attackersFor : null)
        {
            InReplyTo = mail.InReplyTo,
            Organisations = [.. OrganisationNames.In(mail).Select(named => named.Name)],
        };
        var facts = await correspondence.OfAsync(query, cancellationToken) with { Blocked = await BlockedAsync(outside, tenant, asked, cancellationToken) };
        return new CheckedRecipients(MisdirectionFinder.Find(new OutgoingRecipients(mail, outside, tenant.Domains), facts, policy.MostVisibleOf()), visible, attackersFor > TimeSpan.Zero ? asked : null);
    }

    /// <summary>What the greeting teaches of a mail that goes to one organisation outside and raises no question; null: nothing.</summary>
    public static OrganisationName? Greeted(ScanLease lease, MessageFacts mail, IReadOnlyList<DeliveryDecision> decisions)
    {
        var outside = lease.Deliveries.Where(delivery => delivery.MailboxId is null).ToList();
        if (outside.Select(delivery => OutgoingRecipients.OrganisationOf(delivery.Recipient)).Distinct(StringComparer.Ordinal).ToList() is not [{ Length: > 0 } domain] || MailProviders.IsProvider(domain))
            return null;
        var ids = outside.Select(delivery => delivery.Id).ToHashSet();
        return decisions.Where(decision => ids.Contains(decision.DeliveryId)).All(IsUnasked) && OrganisationNames.GreetedIn(mail.Text) is { } greeted ? new OrganisationName(greeted.Name, domain, 1) : null;
    }

    private static bool IsUnasked(DeliveryDecision decision) =>
        decision.To is DeliveryState.Queued or DeliveryState.Waiting && decision.Plan.Stages.All(stage => stage is SendStage.Wait { Reasons: null });

    private async ValueTask<Dictionary<string, string>> BlockedAsync(List<string> outside, TenantSettings tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<string, string> blocked = new(StringComparer.Ordinal);
        if (await lists.OfAsync(tenant, cancellationToken) is not { } entries)
            return blocked;
        foreach (var address in outside.Select(recipient => recipient.ToLowerInvariant()).Distinct(StringComparer.Ordinal))
        {
            if (entries.DecidingOf(address, now) is { Action: ListAction.Block } entry)
                blocked[address] = entry.Value;
        }

        return blocked;
    }
}

/// <summary>What was found of whom a mail goes to.</summary>
/// <param name="Visible">Addresses outside of the tenant that all recipients see.</param>
/// <param name="AskedAt">When it was asked whether attacks came from them; null: it does not matter.</param>
internal sealed record CheckedRecipients(IReadOnlyList<SendFinding> Findings, int Visible, DateTimeOffset? AskedAt)
{
    public static CheckedRecipients Nothing { get; } = new([], 0, null);

    /// <summary>About one delivery. What is about the mail as a whole is no colleague's business.</summary>
    public IReadOnlyList<SendFinding> Of(DeliveryRef delivery) => delivery.MailboxId is null ? [.. Findings.Where(finding => finding.IsAbout(delivery.Recipient))] : [];
}
