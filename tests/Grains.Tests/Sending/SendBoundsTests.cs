using Platform.Grains.Sending;
using Platform.Storage.Policies;
using Platform.Storage.Sending;

namespace Platform.Grains.Tests.Sending;

public sealed class SendBoundsTests
{
    private static readonly Guid s_tenant = Guid.NewGuid();
    private static readonly Guid s_group = Guid.NewGuid();
    private static readonly Guid s_mailbox = Guid.NewGuid();
    private static readonly SendSubject s_sender = new(s_tenant, SendSubjectKind.Mailbox, s_mailbox);

    [Fact]
    public void The_product_ships_with_limits_of_an_account_and_no_total()
    {
        var bound = Assert.Single(SendBounds.Of(EffectivePolicy.Platform, s_sender));

        Assert.Equal(SendSubjectKind.Mailbox, bound.Subject.Kind);
        Assert.Equal(["hour.new", "day.outside"], bound.Limits.Select(limit => limit.Name));
    }

    [Fact]
    public void A_limit_of_an_account_counts_that_account_wherever_it_is_set()
    {
        var bounds = Bounds((PolicyLevel.Tenant, s_tenant, "send.minute.messages", "5"));

        Assert.Contains(new SendLimit(SendPeriod.Minute, SendMeasure.Messages, 5), Assert.Single(bounds).Limits);
    }

    [Theory]
    [InlineData(PolicyLevel.Msp, SendSubjectKind.Tenant)]
    [InlineData(PolicyLevel.Tenant, SendSubjectKind.Tenant)]
    [InlineData(PolicyLevel.Group, SendSubjectKind.Group)]
    public void A_total_counts_the_place_at_which_it_is_set(PolicyLevel level, SendSubjectKind kind)
    {
        var bounds = Bounds((level, IdOf(level), "send.total.hour.messages", "100"));

        Assert.Equal([SendSubjectKind.Mailbox, kind], bounds.Select(bound => bound.Subject.Kind));
        Assert.Equal(new SendLimit(SendPeriod.Hour, SendMeasure.Messages, 100), Assert.Single(bounds[1].Limits));
    }

    [Fact]
    public void The_total_of_a_group_takes_the_place_of_the_tenants()
    {
        var bounds = Bounds((PolicyLevel.Tenant, s_tenant, "send.total.hour.messages", "100"), (PolicyLevel.Group, s_group, "send.total.hour.messages", "10"));

        Assert.Equal(new SendSubject(s_tenant, SendSubjectKind.Group, s_group), bounds[1].Subject);
    }

    [Fact]
    public void A_total_at_a_mailbox_is_one_more_limit_of_it()
    {
        var bounds = Bounds((PolicyLevel.Mailbox, s_mailbox, "send.total.day.outside", "3"));

        Assert.Contains(new SendLimit(SendPeriod.Day, SendMeasure.Outside, 3), Assert.Single(bounds).Limits);
    }

    [Fact]
    public void A_server_of_the_tenants_own_is_bounded_by_itself()
    {
        var server = new SendSubject(s_tenant, SendSubjectKind.Connector, Guid.NewGuid());

        Assert.Equal(server, Assert.Single(SendBounds.Of(EffectivePolicy.Platform, server)).Subject);
    }

    [Fact]
    public void None_of_them_asks_nobody() => Assert.Empty(Bounds((PolicyLevel.Tenant, s_tenant, "send.hour.new", "none"), (PolicyLevel.Tenant, s_tenant, "send.day.outside", "none")));

    private static Guid IdOf(PolicyLevel level) => level switch { PolicyLevel.Tenant => s_tenant, PolicyLevel.Group => s_group, PolicyLevel.Mailbox => s_mailbox, _ => Guid.NewGuid() };

    private static IReadOnlyList<SendBound> Bounds(params (PolicyLevel Level, Guid Id, string Key, string Value)[] values) => SendBounds.Of(
        PolicyResolution.Resolve([.. values.GroupBy(value => (value.Level, value.Id)).OrderBy(place => place.Key.Level).Select(place => new PolicyLayer(
            new PolicyOrigin(place.Key.Level, place.Key.Id, "x"), place.ToDictionary(value => value.Key, value => new LayerValue(value.Value, Locked: false))))]),
        s_sender);
}
