using Platform.Engine.Conditions;
using Platform.Engine.Misdirection;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Policy.Replays;

/// <summary>Tries the condition of a sending rule on what mailboxes sent before, from stored verdicts; no mail is opened and nothing is changed.</summary>
public interface ISendRuleTrials
{
    /// <param name="since">The newest <see cref="SendRuleTrial.MaxMails"/> since then are examined.</param>
    Task<SendRuleTrial> TryAsync(Scope scope, TenantSettings tenant, Condition condition, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <param name="Examined">Mails.</param>
/// <param name="Matched">Of those, mails for which it holds for a recipient at least.</param>
/// <param name="First">The newest of those.</param>
/// <param name="WithoutText">Mails whose text it asks for, which is gone.</param>
public sealed record SendRuleTrial(int Examined, int Matched, IReadOnlyList<Guid> First, int WithoutText)
{
    public const int MaxMails = 2_000;

    public const int MaxListed = 50;

    public static SendRuleTrial Nothing { get; } = new(0, 0, [], 0);
}

internal sealed class SendRuleTrials(IStoredVerdicts verdicts, ISenderGroups groups, IPolicyBook policies, TimeProvider clock) : ISendRuleTrials
{
    private const int Page = 200;

    public async Task<SendRuleTrial> TryAsync(Scope scope, TenantSettings tenant, Condition condition, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var zone = (await policies.OfAsync(tenant, cancellationToken)).Tenant.DigestOf().Zone;
        var period = new VerdictPeriod(since, clock.GetUtcNow()) { SentOnly = true };
        Dictionary<Guid, IReadOnlyList<string>> known = [];
        List<Guid> matched = [];
        var (examined, withoutText) = (0, 0);
        VerdictPlace? after = null;
        while (examined < SendRuleTrial.MaxMails)
        {
            var page = await verdicts.ReadAsync(scope, tenant.Id, period, after, Page, condition.AsksText, cancellationToken);
            foreach (var mail in page)
            {
                var sender = mail.SenderMailboxId ?? Guid.Empty;
                if (!known.TryGetValue(sender, out var names))
                    known[sender] = names = await groups.OfMailboxAsync(tenant.Id, sender, cancellationToken);
                if (Holds(condition, mail, names, tenant.Domains, zone))
                    matched.Add(mail.Place.MessageId);
                withoutText += mail.TextGone ? 1 : 0;
            }

            examined += page.Count;
            if (page.Count < Page)
                break;
            after = page[^1].Place;
        }

        return new SendRuleTrial(examined, matched.Count, [.. matched.Take(SendRuleTrial.MaxListed)], withoutText);
    }

    private static bool Holds(Condition condition, StoredVerdict mail, IReadOnlyList<string> groups, IReadOnlyList<string> ownDomains, TimeZoneInfo zone)
    {
        var outside = mail.Deliveries.Where(delivery => delivery.MailboxId is null).Select(delivery => delivery.Recipient).ToHashSet(StringComparer.Ordinal);
        var sending = new SendingFacts(groups, outside, TimeZoneInfo.ConvertTime(mail.Place.ReceivedAt, zone))
        {
            Findings = [.. mail.Deliveries.SelectMany(delivery => delivery.Findings)],
            Visible = VisibleRecipients.Count(mail.Verdict.Facts, ownDomains),
        };
        var facts = new ConditionFacts(mail.Verdict, mail.Envelope, mail.Size) { Sending = sending };
        return condition.AsksRecipient ? mail.Deliveries.Any(delivery => condition.Holds(facts.For(delivery.Recipient))) : condition.Holds(facts);
    }
}
