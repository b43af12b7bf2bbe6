namespace Platform.Storage.Push;

/// <summary>Whose events are pushed, and who says whereto: a tenant, or an MSP for all its tenants. Ids of tenants and MSPs never meet.</summary>
public readonly record struct PushOwner(Guid Id, bool IsMsp)
{
    public static PushOwner Tenant(Guid id) => new(id, IsMsp: false);

    public static PushOwner Msp(Guid id) => new(id, IsMsp: true);
}
