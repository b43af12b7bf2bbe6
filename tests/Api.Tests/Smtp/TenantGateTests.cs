using Platform.Api.Smtp;

namespace Platform.Api.Tests.Smtp;

public sealed class TenantGateTests
{
    private readonly TenantGate gate = new();
    private readonly Guid tenant = Guid.NewGuid();

    [Fact]
    public void One_more_than_the_limit_is_turned_away()
    {
        Assert.Equal([true, true, false], [gate.TryEnter(tenant, 2), gate.TryEnter(tenant, 2), gate.TryEnter(tenant, 2)]);
    }

    [Fact]
    public void Who_was_turned_away_takes_no_place()
    {
        gate.TryEnter(tenant, 1);
        gate.TryEnter(tenant, 1);
        gate.Leave(tenant);

        Assert.True(gate.TryEnter(tenant, 1));
    }

    [Fact]
    public void A_full_tenant_leaves_room_for_another()
    {
        gate.TryEnter(tenant, 1);

        Assert.True(gate.TryEnter(Guid.NewGuid(), 1));
    }
}
