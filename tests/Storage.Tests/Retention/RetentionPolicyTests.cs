using Platform.Storage.Retention;

namespace Platform.Storage.Tests.Retention;

public sealed class RetentionPolicyTests
{
    private static readonly RetentionRules Nothing = RetentionRules.None;

    [Fact]
    public void A_value_comes_from_the_nearest_who_says_it()
    {
        var policy = RetentionPolicy.Of(Rules(content: 20, metadata: 200), Rules(content: 10), 3_650);
        Assert.Equal((10, RetentionOrigin.Tenant), Of(policy.Periods[RetentionClass.Unwanted].Content));
        Assert.Equal((200, RetentionOrigin.Msp), Of(policy.Periods[RetentionClass.Unwanted].Metadata));
        Assert.Equal((30, RetentionOrigin.Platform), Of(policy.Periods[RetentionClass.Clean].Content));
    }

    [Theory]
    [InlineData(100, null, 50, 50)]
    [InlineData(100, 40, 3_650, 40)]
    [InlineData(100, 40, 30, 30)]
    [InlineData(20, 40, 3_650, 20)]
    public void No_value_is_longer_than_a_maximum(int asked, int? mspMax, int platformMax, int days)
    {
        var policy = RetentionPolicy.Of(Nothing with { MaxDays = mspMax }, Rules(content: asked, metadata: asked), platformMax);
        var period = policy.Periods[RetentionClass.Unwanted];
        Assert.Equal((days, days, days < asked), (period.Content.Days, period.Metadata.Days, period.Metadata.Capped));
    }

    [Fact]
    public void Content_is_never_kept_longer_than_what_is_known_of_it()
    {
        var period = RetentionPolicy.Of(Nothing, Rules(content: 90, metadata: 10), 3_650).Periods[RetentionClass.Unwanted];
        Assert.Equal((10, true), (period.Content.Days, period.Content.Capped));
    }

    private static RetentionRules Rules(int? content = null, int? metadata = null) => new(Values(content), Values(metadata), null);

    private static Dictionary<RetentionClass, int> Values(int? days) => days is { } value ? new() { [RetentionClass.Unwanted] = value } : [];

    private static (int, RetentionOrigin) Of(RetentionValue value) => (value.Days, value.Origin);
}
