using Platform.Storage.Scopes;

namespace Platform.Storage.Events;

/// <summary>Whose feed: that of one tenant, or that of an MSP over all its tenants. Ids of tenants and MSPs never meet.</summary>
public readonly record struct FeedId(Guid OwnerId, bool IsMsp)
{
    public static FeedId OfTenant(Guid tenantId) => new(tenantId, IsMsp: false);

    public static FeedId OfMsp(Guid mspId) => new(mspId, IsMsp: true);

    /// <exception cref="ScopeViolationException">The feed is out of reach.</exception>
    /// <exception cref="PermissionDeniedException">The caller may not read events.</exception>
    internal void Require(Scope scope)
    {
        if (IsMsp ? scope.MspId != OwnerId : !scope.Tenants.Contains(OwnerId))
            throw new ScopeViolationException();
        scope.Require(Permissions.EventsRead);
    }
}

/// <summary>The columns and the counter of a feed in SQL.</summary>
internal sealed record FeedSql(string Owner, string Sequence, string Counters)
{
    private static readonly FeedSql Tenant = new("tenant_id", "sequence", "feed_counters");
    private static readonly FeedSql Msp = new("msp_id", "msp_sequence", "msp_feed_counters");

    public static FeedSql Of(FeedId feed) => feed.IsMsp ? Msp : Tenant;
}
