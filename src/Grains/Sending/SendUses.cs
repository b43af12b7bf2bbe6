using Microsoft.Extensions.DependencyInjection;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>The limits that hold for a mailbox, and how much of each is used, for people to see.</summary>
public interface ISendUses
{
    Task<IReadOnlyList<SendUse>> OfAsync(TenantSettings tenant, Guid mailboxId, CancellationToken cancellationToken);
}

/// <param name="Subject">Whose sending the limit counts.</param>
/// <param name="Used">In the window that ends now.</param>
public sealed record SendUse(SendSubject Subject, SendLimit Limit, int Used);

internal sealed class SendUses(IPolicyBook policies, ISendLedger ledger, TimeProvider time) : ISendUses
{
    public async Task<IReadOnlyList<SendUse>> OfAsync(TenantSettings tenant, Guid mailboxId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        List<SendUse> uses = [];
        var now = time.GetUtcNow();
        foreach (var bound in SendBounds.Of((await policies.OfAsync(tenant, cancellationToken)).OfMailbox(mailboxId), new SendSubject(tenant.Id, SendSubjectKind.Mailbox, mailboxId)))
        {
            var counts = SendCounts.Of(await ledger.SentAsync(bound.Subject, now - SendCounts.Longest, cancellationToken));
            uses.AddRange(bound.Limits.Select(limit => new SendUse(bound.Subject, limit, counts.Sum(limit.Period, now).Of(limit.Measure))));
        }

        return uses;
    }
}

public static class SendUsesServices
{
    /// <summary><see cref="ISendUses"/> alone, for a host without the rest of the flow. Needs the storage.</summary>
    public static IServiceCollection AddSendUses(this IServiceCollection services) => services.AddSingleton<ISendUses, SendUses>();
}
