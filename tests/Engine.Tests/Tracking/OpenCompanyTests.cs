using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

public sealed class OpenCompanyTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_own = Guid.NewGuid();
    private static readonly SeenOpen s_open = new(s_own, s_now, "", IsHead: false, "agent", IsMachine: false);

    [Fact]
    public void Alone_there_is_none() => Assert.Equal(OpenCompany.None, OpenCompany.Of(s_open, []));

    [Theory]
    [InlineData(9, "agent", 1)]
    [InlineData(-9, "agent", 1)]
    [InlineData(11, "agent", 0)]
    [InlineData(0, "another", 0)]
    public void Copies_of_others_count_by_the_same_program_at_the_same_moment(int seconds, string agent, int count) =>
        Assert.Equal(count, OpenCompany.Of(s_open, [Other(seconds) with { Agent = agent }]).Deliveries);

    [Fact]
    public void The_same_copy_counts_once_and_not_beside_itself()
    {
        var other = Other(1);
        Assert.Equal(1, OpenCompany.Of(s_open, [other, other with { At = s_now.AddSeconds(2) }, s_open with { At = s_now.AddSeconds(3) }]).Deliveries);
    }

    [Theory]
    [InlineData("link-1", 0.5, true)]
    [InlineData("link-1", 2, false)]
    [InlineData("", 0.5, false)]
    public void Several_parts_of_the_copy_within_a_second_are_all_at_once(string part, double seconds, bool atOnce) =>
        Assert.Equal(atOnce, OpenCompany.Of(s_open, [s_open with { Part = part, At = s_now.AddSeconds(seconds) }]).AllAtOnce);

    [Theory]
    [InlineData(true, false, -3_600, true)]
    [InlineData(false, true, -3_600, true)]
    [InlineData(true, false, 5, true)]
    [InlineData(false, false, -3_600, false)]
    [InlineData(true, false, -100_000, false)]
    public void What_the_program_did_within_a_day_is_remembered(bool head, bool machine, int seconds, bool was) =>
        Assert.Equal(was, OpenCompany.Of(s_open, [Other(seconds) with { IsHead = head, IsMachine = machine }]).WasMachine);

    private static SeenOpen Other(int seconds) => s_open with { DeliveryId = Guid.NewGuid(), At = s_now.AddSeconds(seconds) };
}
