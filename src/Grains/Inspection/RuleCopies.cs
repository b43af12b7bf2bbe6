using Platform.Grains.Policy;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Rules;

namespace Platform.Grains.Inspection;

/// <summary>The copies that sending rules ask for, each to a mailbox of the tenant that is there still, once.</summary>
internal static class RuleCopies
{
    /// <param name="why">The decision kept with a copy, but for its rule.</param>
    public static async ValueTask<IReadOnlyList<NewCopy>> OfAsync(IRecipientDirectory directory, Guid tenantId, DecisionRecord why, IEnumerable<CopyDemand> demanded, CancellationToken cancellationToken)
    {
        List<NewCopy> copies = [];
        foreach (var demand in demanded.DistinctBy(demand => demand.Address, StringComparer.OrdinalIgnoreCase))
        {
            var at = demand.Address.LastIndexOf('@');
            var found = await directory.FindAsync(demand.Address[..at], demand.Address[(at + 1)..], cancellationToken);
            if (found is { Tenant.Id: var owner, Mailbox: { } mailbox } && owner == tenantId)
                copies.Add(new NewCopy(demand.Address, mailbox.Id, why with { Basis = DecisionBasis.SendingRule, Rule = demand.Rule }));
        }

        return copies;
    }
}
