using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Policies;

namespace Platform.Storage.Tests.Policies;

/// <summary>The order of precedence, on whatever is set wherever.</summary>
public sealed class PolicyResolutionTests
{
    private static readonly string[] s_keys = ["action.spam", "action.phishing", "tag.text"];

    [Fact]
    public void Every_value_is_the_one_that_a_naive_reading_finds() => ForAll(layers =>
        PolicyResolution.Resolve(layers).Values.All(value => (value.Value, value.Origin) == Naive(value.Setting, layers)));

    [Fact]
    public void What_nobody_sets_is_the_platforms() => ForAll(layers =>
        PolicyResolution.Resolve(layers).Values.Where(value => !layers.Any(layer => layer.Values.ContainsKey(value.Setting.Key)))
            .All(value => value.Value == value.Setting.Default && value.Origin == PolicyOrigin.Platform && value.Overrides.Count == 0));

    [Fact]
    public void Nothing_further_in_changes_a_locked_value() => ForAll(layers =>
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var outer = PolicyResolution.Resolve([.. layers.Take(i)]);
            foreach (var locked in outer.Values.Where(value => value.Locked && layers.Skip(i).All(layer => layer.Origin.Level > value.Origin.Level)))
                if (PolicyResolution.Resolve(layers)[locked.Setting] is var found && (found.Value, found.Origin) != (locked.Value, locked.Origin))
                    return false;
        }

        return true;
    });

    [Fact]
    public void A_layer_that_sets_nothing_changes_nothing() => ForAll(layers =>
    {
        var empty = new PolicyLayer(new PolicyOrigin(PolicyLevel.Mailbox, Guid.NewGuid(), "empty"), new Dictionary<string, LayerValue>());
        return PolicyResolution.Resolve([.. layers, empty]).Values.Zip(PolicyResolution.Resolve(layers).Values).All(pair => Shown(pair.First) == Shown(pair.Second));
    });

    [Fact]
    public void One_more_value_further_in_changes_its_own_setting_or_none() => ForAll(layers =>
    {
        var more = Layer(PolicyLevel.Mailbox, "more", [("action.spam", "reject", false)]);
        var (before, after) = (PolicyResolution.Resolve(layers), PolicyResolution.Resolve([.. layers.Where(layer => layer.Origin.Level != PolicyLevel.Mailbox), more]));
        var withoutMailbox = PolicyResolution.Resolve([.. layers.Where(layer => layer.Origin.Level != PolicyLevel.Mailbox)]);
        return after.Values.Where(value => value.Setting.Key != "action.spam").All(value => value.Value == withoutMailbox[value.Setting].Value)
            && (after[PolicySettings.Find("action.spam")!].Value == "reject" || withoutMailbox[PolicySettings.Find("action.spam")!].Locked)
            && before.Values.Count == after.Values.Count;
    });

    [Fact]
    public void Every_value_that_is_set_is_shown_once() => ForAll(layers =>
        PolicyResolution.Resolve(layers).Values.All(value =>
            value.Overrides.Select(overridden => overridden.Origin).Append(value.Origin).Where(origin => origin.Level != PolicyLevel.Platform).Order(Comparer<PolicyOrigin>.Create((a, b) => a.Id!.Value.CompareTo(b.Id!.Value)))
                .SequenceEqual(layers.Where(layer => layer.Values.ContainsKey(value.Setting.Key)).Select(layer => layer.Origin).Order(Comparer<PolicyOrigin>.Create((a, b) => a.Id!.Value.CompareTo(b.Id!.Value))))));

    [Fact]
    public void Of_the_groups_of_a_mailbox_the_first_that_sets_a_value_decides_and_a_lock_of_the_second_binds_it_not()
    {
        var first = Layer(PolicyLevel.Group, "first", [("action.spam", "reject", false)]);
        var second = Layer(PolicyLevel.Group, "second", [("action.spam", "deliver", true), ("action.bulk", "tag", true)]);
        var policies = Policies([], [first, second], both: true, Layer(PolicyLevel.Mailbox, "box", [("action.spam", "tag", false), ("action.bulk", "reject", false)]));

        var policy = policies.OfMailbox(s_mailbox);
        Assert.Equal(("tag", PolicyLevel.Mailbox), Place(policy, "action.spam"));
        Assert.Equal(("tag", PolicyLevel.Group), Place(policy, "action.bulk"));
        Assert.True(Assert.Single(policy[PolicySettings.Find("action.bulk")!].Overrides, overridden => overridden.Origin.Level == PolicyLevel.Mailbox).ByLock);
    }

    [Fact]
    public void A_mailbox_of_no_group_has_the_tenants_policy_and_a_delivery_to_no_mailbox_too()
    {
        var policies = Policies([Layer(PolicyLevel.Tenant, "acme", [("action.spam", "reject", false)])], [Layer(PolicyLevel.Group, "first", [("action.spam", "tag", false)])], both: false, null);

        Assert.Same(policies.Tenant, policies.OfMailbox(Guid.NewGuid()));
        Assert.Same(policies.Tenant, policies.OfMailbox(null));
        Assert.Equal(("tag", PolicyLevel.Group), Place(policies.OfMailbox(s_mailbox), "action.spam"));
    }

    [Fact]
    public void Mailboxes_in_the_same_groups_share_one_policy()
    {
        var other = Guid.NewGuid();
        var places = new Dictionary<Guid, IReadOnlyList<int>> { [s_mailbox] = [0], [other] = [0] };
        var policies = new TenantPolicies([], [Layer(PolicyLevel.Group, "first", [("action.spam", "tag", false)])], places, new Dictionary<Guid, PolicyLayer>());

        Assert.Same(policies.OfMailbox(s_mailbox), policies.OfMailbox(other));
    }

    private static readonly Guid s_mailbox = Guid.NewGuid();

    private static TenantPolicies Policies(IReadOnlyList<PolicyLayer> outer, IReadOnlyList<PolicyLayer> groups, bool both, PolicyLayer? mailbox) => new(
        outer,
        groups,
        new Dictionary<Guid, IReadOnlyList<int>> { [s_mailbox] = both ? [0, 1] : [0] },
        mailbox is null ? new Dictionary<Guid, PolicyLayer>() : new Dictionary<Guid, PolicyLayer> { [s_mailbox] = mailbox });

    private static (string, PolicyLevel) Place(EffectivePolicy policy, string key) => policy[PolicySettings.Find(key)!] is var value ? (value.Value, value.Origin.Level) : default;

    /// <summary>From the inside: the innermost value above which no lock stands.</summary>
    private static (string Value, PolicyOrigin Origin) Naive(PolicySetting setting, IReadOnlyList<PolicyLayer> layers)
    {
        var levels = layers.Where(layer => layer.Values.ContainsKey(setting.Key))
            .GroupBy(layer => layer.Origin.Level)
            .OrderBy(level => level.Key)
            .Select(level => level.Last())
            .ToList();
        var decides = levels.Find(layer => layer.Values[setting.Key].Locked) ?? levels.LastOrDefault();
        return decides is null ? (setting.Default, PolicyOrigin.Platform) : (decides.Values[setting.Key].Value, decides.Origin);
    }

    private static (string, PolicyOrigin, bool) Shown(EffectiveValue value) => (value.Value, value.Origin, value.Locked);

    private static void ForAll(Func<IReadOnlyList<PolicyLayer>, bool> property) => Prop.ForAll(Layers().ToArbitrary(), property).QuickCheckThrowOnFailure();

    /// <summary>MSP, tenant, three groups and a mailbox, each with some values or none.</summary>
    private static Gen<IReadOnlyList<PolicyLayer>> Layers()
    {
        PolicyLevel[] levels = [PolicyLevel.Msp, PolicyLevel.Tenant, PolicyLevel.Group, PolicyLevel.Group, PolicyLevel.Group, PolicyLevel.Mailbox];
        return Gen.Choose(0, 63).ListOf(levels.Length).Select(shapes => (IReadOnlyList<PolicyLayer>)[.. levels.Select((level, i) => Layer(level, $"{level} {i}", Values(shapes[i])))]);
    }

    /// <summary>Two bits for each setting: set, and locked.</summary>
    private static IEnumerable<(string, string, bool)> Values(int shape) => s_keys.Where((_, i) => (shape >> (2 * i) & 1) == 1).Select(key =>
        (key, key == "tag.text" ? $"[{shape}]" : PolicySettings.Find(key)!.Choices[shape % 4], (shape >> ((2 * Array.IndexOf(s_keys, key)) + 1) & 1) == 1));

    private static PolicyLayer Layer(PolicyLevel level, string name, IEnumerable<(string Key, string Value, bool Locked)> values) =>
        new(new PolicyOrigin(level, Guid.NewGuid(), name), values.ToDictionary(value => value.Key, value => new LayerValue(value.Value, value.Locked)));
}
