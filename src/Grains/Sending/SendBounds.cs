using Platform.Storage.Policies;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>The limits that hold for one sender.</summary>
internal sealed record SendBound(SendSubject Subject, IReadOnlyList<SendLimit> Limits);

/// <summary>Whose limits a message of a mailbox must keep, by its policy.</summary>
internal static class SendBounds
{
    /// <returns>The mailbox first, then the places whose totals hold, in one order for all, so that two messages never wait for each other.</returns>
    public static IReadOnlyList<SendBound> Of(EffectivePolicy policy, Guid tenantId, Guid mailboxId)
    {
        var own = SendLimitSettings.Accounts
            .Select(limit => (limit, Most: policy.MostOf(limit)))
            .Where(one => one.Most is not null)
            .Select(one => new SendLimit(one.limit.Period, one.limit.Measure, one.Most!.Value))
            .ToList();
        var totals = SendLimitSettings.Totals
            .Select(limit => (Place: PlaceOf(policy[limit.Setting].Origin, tenantId, mailboxId), limit, Most: policy.MostOf(limit)))
            .Where(one => one.Most is not null)
            .GroupBy(one => one.Place)
            .Select(place => new SendBound(place.Key, [.. place.Select(one => new SendLimit(one.limit.Period, one.limit.Measure, one.Most!.Value))]))
            .ToList();
        // A total that is set at the mailbox itself is one more limit of it.
        var atMailbox = totals.Find(bound => bound.Subject.Kind == SendSubjectKind.Mailbox);
        if (atMailbox is not null)
            own.AddRange(atMailbox.Limits);
        return
        [
            .. own.Count > 0 ? [new SendBound(new SendSubject(tenantId, SendSubjectKind.Mailbox, mailboxId), own)] : (IEnumerable<SendBound>)[],
            .. totals.Where(bound => bound != atMailbox).OrderBy(bound => bound.Subject.Kind).ThenBy(bound => bound.Subject.Id),
        ];
    }

    /// <summary>Whose mail together a total counts. What an MSP sets holds for each of its tenants by itself.</summary>
    private static SendSubject PlaceOf(PolicyOrigin origin, Guid tenantId, Guid mailboxId) => origin.Level switch
    {
        PolicyLevel.Mailbox => new SendSubject(tenantId, SendSubjectKind.Mailbox, mailboxId),
        PolicyLevel.Group => new SendSubject(tenantId, SendSubjectKind.Group, origin.Id!.Value),
        _ => new SendSubject(tenantId, SendSubjectKind.Tenant, tenantId),
    };
}
