namespace Platform.Storage.Policies;

/// <summary>
/// All that decides over the mail of one tenant's mailboxes, at one moment, in memory. Mailboxes in the same groups share one resolved
/// policy, and only what differs from the tenant's is remembered, so that a question is one or two look-ups however many mailboxes there are.
/// </summary>
public sealed class TenantPolicies
{
    private readonly IReadOnlyList<PolicyLayer> _outer;
    private readonly IReadOnlyList<PolicyLayer> _groups;
    private readonly IReadOnlyDictionary<Guid, PolicyLayer> _mailboxes;
    private readonly IReadOnlyDictionary<Guid, IReadOnlyList<int>> _places;
    private readonly Dictionary<Guid, EffectivePolicy> _apart = [];

    /// <param name="outer">Of the MSP and of the tenant, where they set anything.</param>
    /// <param name="groups">Of the groups that set anything, in the tenant's order.</param>
    /// <param name="places">For each mailbox in such a group, the indices of its groups, ascending.</param>
    /// <param name="mailboxes">Of the mailboxes that set anything.</param>
    internal TenantPolicies(
        IReadOnlyList<PolicyLayer> outer, IReadOnlyList<PolicyLayer> groups, IReadOnlyDictionary<Guid, IReadOnlyList<int>> places, IReadOnlyDictionary<Guid, PolicyLayer> mailboxes)
    {
        (_outer, _groups, _places, _mailboxes) = (outer, groups, places, mailboxes);
        Tenant = PolicyResolution.Resolve(outer);
        Dictionary<string, EffectivePolicy> ofGroups = [];
        foreach (var (mailbox, indices) in places)
        {
            if (mailboxes.ContainsKey(mailbox))
                continue;
            var together = string.Join(',', indices);
            if (!ofGroups.TryGetValue(together, out var policy))
                ofGroups.Add(together, policy = Resolve(indices, null));
            _apart.Add(mailbox, policy);
        }

        foreach (var (mailbox, layer) in mailboxes)
            _apart.Add(mailbox, Resolve(places.GetValueOrDefault(mailbox) ?? [], layer));
    }

    /// <summary>Nothing is set anywhere.</summary>
    public static TenantPolicies Unset { get; } = new([], [], new Dictionary<Guid, IReadOnlyList<int>>(), new Dictionary<Guid, PolicyLayer>());

    /// <summary>What holds where no group and no mailbox says otherwise.</summary>
    public EffectivePolicy Tenant { get; }

    /// <summary>Mailboxes with a policy that groups or they themselves have a part in.</summary>
    public IReadOnlyDictionary<Guid, EffectivePolicy> Apart => _apart;

    /// <param name="mailboxId">Null: a delivery to no mailbox.</param>
    public EffectivePolicy OfMailbox(Guid? mailboxId) => mailboxId is { } id && _apart.TryGetValue(id, out var policy) ? policy : Tenant;

    /// <summary>For a mailbox that is in this group alone.</summary>
    public EffectivePolicy OfGroup(Guid groupId)
    {
        for (var i = 0; i < _groups.Count; i++)
            if (_groups[i].Origin.Id == groupId)
                return Resolve([i], null);
        return Tenant;
    }

    private EffectivePolicy Resolve(IReadOnlyList<int> groups, PolicyLayer? mailbox)
    {
        List<PolicyLayer> layers = [.. _outer, .. groups.Reverse().Select(index => _groups[index])];
        if (mailbox is not null)
            layers.Add(mailbox);
        return PolicyResolution.Resolve(layers);
    }

    /// <summary>As it would be with other values at one place.</summary>
    /// <param name="values">Null unsets one.</param>
    internal TenantPolicies With(PolicyOrigin place, IReadOnlyDictionary<string, string?> values)
    {
        switch (place.Level)
        {
            case PolicyLevel.Mailbox:
                var mailboxes = new Dictionary<Guid, PolicyLayer>(_mailboxes);
                mailboxes[place.Id!.Value] = Changed(mailboxes.GetValueOrDefault(place.Id.Value), place, values);
                return new TenantPolicies(_outer, _groups, _places, mailboxes);
            case PolicyLevel.Group:
                return new TenantPolicies(_outer, [.. _groups.Select(layer => layer.Origin.Id == place.Id ? Changed(layer, place, values) : layer)], _places, _mailboxes);
            default:
                var outer = _outer.Where(layer => layer.Origin.Level != place.Level)
                    .Append(Changed(_outer.FirstOrDefault(layer => layer.Origin.Level == place.Level), place, values))
                    .OrderBy(layer => layer.Origin.Level);
                return new TenantPolicies([.. outer], _groups, _places, _mailboxes);
        }
    }

    private static PolicyLayer Changed(PolicyLayer? layer, PolicyOrigin origin, IReadOnlyDictionary<string, string?> values)
    {
        var changed = layer is null ? [] : new Dictionary<string, LayerValue>(layer.Values, StringComparer.Ordinal);
        foreach (var (setting, value) in values)
        {
            if (value is null)
                changed.Remove(setting);
            else
                changed[setting] = new LayerValue(value, changed.GetValueOrDefault(setting).Locked);
        }

        return new PolicyLayer(origin, changed);
    }
}
