using Platform.Storage.Policies;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>The limits that hold for one sender.</summary>
internal sealed record SendBound(SendSubject Subject, IReadOnlyList<SendLimit> Limits);

/// <summary>Whose limits a message must keep, by the policy of the mailbox that sends it, or of the tenant for a server of its own.</summary>
internal static class SendBounds
{
    /// <param name="sender">The mailbox or connector.</param>
    /// <returns>The sender first, then the places whose totals hold, in one order for all, so that two messages never wait for each other.</returns>
    public static IReadOnlyList<SendBound> Of(EffectivePolicy policy, SendSubject sender)
    {
        var own = SendLimitSettings.Accounts
            .Select(limit => (limit, Most: policy.MostOf(limit)))
            .Where(one => one.Most is not null)
            .Select(one => new SendLimit(one.limit.Period, one.limit.Measure, one.Most!.Value))
            .ToList();
        var totals = SendLimitSettings.Totals
            .Select(limit => (Place: PlaceOf(policy[limit.Setting].Origin, sender), limit, Most: policy.MostOf(limit)))
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
            .. own.Count > 0 ? [new SendBound(sender, own)] : (IEnumerable<SendBound>)[],
            .. totals.Where(bound => bound != atMailbox).OrderBy(bound => bound.Subject.Kind).ThenBy(bound => bound.Subject.Id),
        ];
    }

    /// <summary>Whose mail together a total counts. What an MSP sets holds for each of its tenants by itself.</summary>
    private static SendSubject PlaceOf(PolicyOrigin origin, SendSubject sender) => origin.Level switch
    {
        PolicyLevel.Mailbox => sender,
        PolicyLevel.Group => new SendSubject(sender.TenantId, SendSubjectKind.Group, origin.Id!.Value),
        _ => new SendSubject(sender.TenantId, SendSubjectKind.Tenant, sender.TenantId),
    };
}
