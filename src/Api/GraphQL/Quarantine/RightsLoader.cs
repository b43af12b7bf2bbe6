using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;

namespace Platform.Api.GraphQL.Quarantine;

/// <summary>Rights over deliveries: the verdicts of a page are read at once, its policies come from memory.</summary>
internal sealed class RightsLoader
{
    private readonly BatchLoader<DeliveryRow, IReadOnlyList<QuarantineRights>> _rights;
    private readonly IPlatformDbFactory _databases;
    private readonly IMailboxRights _policies;
    private readonly CallerContext _caller;

    public RightsLoader(IPlatformDbFactory databases, IMailboxRights policies, CallerContext caller)
    {
        _databases = databases;
        _policies = policies;
        _caller = caller;
        _rights = new(FetchAsync, _ => []);
    }

    public IDataLoaderResult<IReadOnlyList<QuarantineRights>> Of(DeliveryRow delivery) => _rights.Load(delivery);

    private async Task<IReadOnlyDictionary<DeliveryRow, IReadOnlyList<QuarantineRights>>> FetchAsync(IReadOnlyCollection<DeliveryRow> deliveries, CancellationToken cancellationToken)
    {
        var messages = deliveries.Select(delivery => delivery.MessageId).Distinct().ToList();
        await using var db = _databases.Open(_caller.Current.Scope);
        var verdicts = await db.Messages.AsNoTracking().Where(row => messages.Contains(row.Id)).Select(row => new { row.Id, row.Verdict }).ToDictionaryAsync(row => row.Id, row => row.Verdict, cancellationToken);
        var rights = new Dictionary<DeliveryRow, IReadOnlyList<QuarantineRights>>();
        foreach (var delivery in deliveries)
        {
            var decision = delivery.DecisionJson is { } why ? RuleJson.ReadDecision(why) : null;
            var held = await _policies.OfAsync(delivery.TenantId, delivery.MailboxId, verdicts.GetValueOrDefault(delivery.MessageId), decision, cancellationToken);
            // Whoever sent it owns nothing of how others have it.
            rights[delivery] = delivery.MailboxId is null || !_caller.Current.Scope.Reaches(delivery.MailboxId) ? [] : [.. QuarantineRightNames.All.Where(known => held.HasFlag(known.Right)).Select(known => known.Right)];
        }

        return rights;
    }
}
