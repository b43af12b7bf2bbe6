using System.Net;
using Platform.Storage.Access;

namespace Platform.Storage.Tests.Access;

/// <summary>The one place that decides whence somebody comes in (OUT2).</summary>
public sealed class AccessDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();
    private static readonly Guid Mailbox = Guid.NewGuid();
    private static readonly Guid Account = Guid.NewGuid();

    [Fact]
    public void Without_a_rule_everybody_comes_in() => Assert.Equal(AccessDecision.Open, Decide([]));

    [Theory]
    [InlineData("192.0.2.0/24", "", false, false, "192.0.2.7", null, null)]
    [InlineData("192.0.2.0/24", "", false, false, "192.0.3.7", null, AccessReason.Network)]
    [InlineData("192.0.2.0/24", "", false, false, "::ffff:192.0.2.7", null, null)]
    [InlineData("192.0.2.7/32", "", false, false, "192.0.2.8", null, AccessReason.Network)]
    [InlineData("2001:db8::/32", "", false, false, "2001:db8:1::7", null, null)]
    [InlineData("2001:db8::/32", "", false, false, "2001:db9::7", null, AccessReason.Network)]
    [InlineData("0.0.0.0/0", "", false, false, "2001:db8::1", null, AccessReason.Network)]
    [InlineData("0.0.0.0/0 ::/0", "", false, false, "2001:db8::1", null, null)]
    [InlineData("", "JP KR", false, false, "192.0.2.7", "KR", null)]
    [InlineData("", "JP KR", false, false, "192.0.2.7", "US", AccessReason.Country)]
    [InlineData("", "JP KR", false, false, "192.0.2.7", null, AccessReason.UnknownCountry)]
    [InlineData("", "JP KR", false, true, "192.0.2.7", null, null)]
    [InlineData("", "JP KR", false, true, "192.0.2.7", "US", AccessReason.Country)]
    [InlineData("", "RU", true, false, "192.0.2.7", "JP", null)]
    [InlineData("", "RU", true, false, "192.0.2.7", "RU", AccessReason.Country)]
    [InlineData("", "RU", true, false, "192.0.2.7", null, AccessReason.UnknownCountry)]
    [InlineData("", "RU", true, true, "192.0.2.7", null, null)]
    [InlineData("192.0.2.0/24", "JP", false, false, "192.0.2.7", "JP", null)]
    [InlineData("192.0.2.0/24", "JP", false, false, "192.0.2.7", "US", AccessReason.Country)]
    [InlineData("192.0.2.0/24", "JP", false, false, "192.0.3.7", "JP", AccessReason.Network)]
    public void All_that_one_rule_says_must_hold(string networks, string countries, bool excluded, bool unknown, string address, string? country, AccessReason? reason)
    {
        var rule = Rule(AccessLevel.Tenant, Tenant) with
        {
            Networks = [.. networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)],
            Countries = countries.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            CountriesExcluded = excluded,
            TakesUnknownCountry = unknown,
        };

        Assert.Equal(reason, Decide([rule], address, country).Reason);
    }

    [Theory]
    [InlineData("192.0.2.7", "US", null)]
    [InlineData("198.51.100.7", "JP", null)]
    [InlineData("198.51.100.7", "US", AccessReason.Country)]
    [InlineData("198.51.100.7", null, AccessReason.UnknownCountry)]
    public void Of_the_rules_of_one_place_one_that_admits_is_enough(string address, string? country, AccessReason? reason) =>
        Assert.Equal(reason, Decide([At(AccessLevel.Tenant, Tenant, "192.0.2.0/24"), In(AccessLevel.Tenant, Tenant, "JP")], address, country).Reason);

    public static TheoryData<AccessLevel[], AccessLevel> Places => new()
    {
        { [AccessLevel.Tenant], AccessLevel.Tenant },
        { [AccessLevel.Tenant, AccessLevel.Group], AccessLevel.Group },
        { [AccessLevel.Group, AccessLevel.Mailbox, AccessLevel.Tenant], AccessLevel.Mailbox },
        { [AccessLevel.Account, AccessLevel.Mailbox, AccessLevel.Group, AccessLevel.Tenant], AccessLevel.Account },
        { [AccessLevel.Tenant, AccessLevel.Account], AccessLevel.Account },
    };

    /// <summary>Whether it is wider or narrower than what stands further out.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void The_nearest_place_with_a_rule_decides_alone(AccessLevel[] set, AccessLevel deciding)
    {
        foreach (var admits in new[] { true, false })
        {
            var rules = set.Select(level => At(level, IdOf(level), (level == deciding) == admits ? "192.0.2.0/24" : "203.0.113.0/24")).ToList();
            var decision = Decide(rules);

            Assert.Equal((admits, deciding), (decision.IsAllowed, decision.Place!.Value.Level));
        }
    }

    [Fact]
    public void Of_several_groups_the_first_in_the_tenants_order_decides()
    {
        AccessRule[] rules = [At(AccessLevel.Group, First, "192.0.2.0/24") with { Position = 2 }, At(AccessLevel.Group, Second, "203.0.113.0/24") with { Position = 1 }];

        Assert.Equal((AccessReason.Network, Second), (Decide(rules).Reason, Decide(rules).Place!.Value.Id));
    }

    [Fact]
    public void A_rule_for_another_service_changes_nothing()
    {
        var other = At(AccessLevel.Account, Account, "203.0.113.0/24") with { Services = new HashSet<AccessService> { AccessService.Portal } };

        Assert.Equal(AccessDecision.Open, Decide([other]));
        Assert.Equal(AccessLevel.Tenant, Decide([other, At(AccessLevel.Tenant, Tenant, "192.0.2.0/24")]).Place!.Value.Level);
    }

    [Theory]
    [InlineData(1, AccessReason.Network, AccessLevel.Mailbox)]
    [InlineData(0, null, AccessLevel.Tenant)]
    [InlineData(-1, null, AccessLevel.Tenant)]
    public void A_rule_that_has_ended_is_as_if_it_were_not_there(int seconds, AccessReason? reason, AccessLevel deciding)
    {
        var decision = Decide([At(AccessLevel.Tenant, Tenant, "192.0.2.0/24"), At(AccessLevel.Mailbox, Mailbox, "203.0.113.0/24") with { ExpiresAt = Now.AddSeconds(seconds) }]);

        Assert.Equal((reason, deciding), (decision.Reason, decision.Place!.Value.Level));
    }

    /// <summary>Over every set of places and every service: the reference is written as the sentence is, the nearest that has one.</summary>
    [Fact]
    public void It_is_as_the_sentence_says_for_every_set_of_rules()
    {
        var levels = Enum.GetValues<AccessLevel>();
        // Each place: no rule, one that admits, one that refuses, one of another service that refuses, one that has ended and refuses.
        const int Kinds = 5;
        for (var set = 0; set < (int)Math.Pow(Kinds, levels.Length); set++)
        {
            var kinds = levels.Select((_, index) => set / (int)Math.Pow(Kinds, index) % Kinds).ToArray();
            var rules = levels.Zip(kinds).Where(pair => pair.Second > 0).Select(pair => pair.Second switch
            {
                1 => At(pair.First, IdOf(pair.First), "192.0.2.0/24"),
                2 => At(pair.First, IdOf(pair.First), "203.0.113.0/24"),
                3 => At(pair.First, IdOf(pair.First), "203.0.113.0/24") with { Services = new HashSet<AccessService> { AccessService.Reader } },
                _ => At(pair.First, IdOf(pair.First), "203.0.113.0/24") with { ExpiresAt = Now },
            }).ToList();
            var nearest = levels.Zip(kinds).Reverse().FirstOrDefault(pair => pair.Second is 1 or 2, (First: AccessLevel.Tenant, Second: 1));

            Assert.Equal(nearest.Second == 1, Decide(rules).IsAllowed);
        }
    }

    private static AccessDecision Decide(IReadOnlyList<AccessRule> rules, string address = "192.0.2.7", string? country = null) =>
        AccessDecision.Of(rules, AccessService.Submission, new AccessSource(IPAddress.Parse(address), country), Now);

    private static AccessRule At(AccessLevel level, Guid id, string network) => Rule(level, id) with { Networks = [IPNetwork.Parse(network)] };

    private static AccessRule In(AccessLevel level, Guid id, string country) => Rule(level, id) with { Countries = new HashSet<string> { country } };

    private static AccessRule Rule(AccessLevel level, Guid id) =>
        new(Guid.NewGuid(), new AccessTarget(level, id), "", 0, new HashSet<AccessService> { AccessService.Submission }, [], new HashSet<string>(), false, false, null);

    private static Guid IdOf(AccessLevel level) => level switch
    {
        AccessLevel.Tenant => Tenant,
        AccessLevel.Group => First,
        AccessLevel.Mailbox => Mailbox,
        _ => Account,
    };
}
