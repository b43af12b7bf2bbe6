namespace Platform.Storage.Access;

/// <summary>Whether somebody may come in from where it is.</summary>
/// <param name="Reason">Null: it may.</param>
/// <param name="Place">The place whose rules decided; null: no rule holds, and so everybody may.</param>
/// <param name="Name">Of that place, for people.</param>
public sealed record AccessDecision(AccessReason? Reason, AccessTarget? Place, string? Name)
{
    public static AccessDecision Open { get; } = new(null, null, null);

    public bool IsAllowed => Reason is null;

    /// <summary>The one place that decides: of the rules that concern somebody, those of the nearest place that has any for the service.</summary>
    public static AccessDecision Of(IReadOnlyList<AccessRule> rules, AccessService service, AccessSource source, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(source);
        var deciding = Deciding(rules, service, now);
        if (deciding.Count == 0)
            return Open;
        var plain = source.Address.IsIPv4MappedToIPv6 ? source with { Address = source.Address.MapToIPv4() } : source;
        // What came nearest to being admitted says why it was not.
        AccessReason? reason = null;
        foreach (var rule in deciding)
        {
            if (rule.Refuse(plain) is not { } refused)
                return new AccessDecision(null, rule.Place, rule.Name);
            reason = reason > refused ? reason : refused;
        }

        return new AccessDecision(reason, deciding[0].Place, deciding[0].Name);
    }

    /// <summary>The rules of the nearest place that has any for the service: the account's before the mailbox's, before the first group's, before the tenant's.</summary>
    public static IReadOnlyList<AccessRule> Deciding(IReadOnlyList<AccessRule> rules, AccessService service, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count == 0)
            return [];
        AccessRule? nearest = null;
        foreach (var rule in rules)
        {
            if (rule.HoldsFor(service, now) && (nearest is null || IsNearer(rule, nearest)))
                nearest = rule;
        }

        return nearest is null ? [] : [.. rules.Where(rule => rule.Place == nearest.Place && rule.HoldsFor(service, now))];
    }

    private static bool IsNearer(AccessRule rule, AccessRule other) =>
        rule.Place.Level != other.Place.Level ? rule.Place.Level > other.Place.Level : rule.Position < other.Position;
}
