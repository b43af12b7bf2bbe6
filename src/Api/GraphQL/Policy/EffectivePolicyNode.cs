using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Conditions;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

[Named("EffectivePolicy")]
[Requires(Permissions.PolicyRead)]
[Description("What holds at a place, where each value comes from, and what the place sets itself.")]
internal sealed class EffectivePolicyNode(PolicyView view)
{
    [Description("Whose policy it is.")]
    public PolicyOriginNode Place => new(new PolicyOrigin(view.Target.Level, view.Target.Id, view.Name));

    [Description("Every setting once.")]
    public IReadOnlyList<EffectivePolicyValueNode> Values =>
        [.. view.Effective.Values.Select(value => new EffectivePolicyValueNode(value, view.Own.GetValueOrDefault(value.Setting.Key)))];
}

[Named("EffectivePolicyValue")]
[Requires(Permissions.PolicyRead)]
[Description("The value of one setting.")]
internal sealed class EffectivePolicyValueNode(EffectiveValue value, PolicyValueRow? own)
{
    [Description("Key of the setting: 'action.spam'.")]
    public string Setting => value.Setting.Key;

    [Description("What holds.")]
    public string Value => value.Value;

    [Description("Where it was set.")]
    public PolicyOriginNode Origin => new(value.Origin);

    [Description("It is locked where it was set: nobody further in can change it.")]
    public bool Locked => value.Locked;

    [Description("Values set elsewhere that do not count here, from the outside in.")]
    public IReadOnlyList<OverriddenPolicyValueNode> Overrides => [.. value.Overrides.Select(overridden => new OverriddenPolicyValueNode(overridden))];

    [Description("What this place itself has set, or has set and unset again; null: never anything.")]
    public OwnPolicyValueNode? Own => own is null ? null : new OwnPolicyValueNode(own);
}

[Named("PolicyOrigin")]
[AnyClient]
[Description("Where a value of the policy is set.")]
internal sealed class PolicyOriginNode(PolicyOrigin origin)
{
    [Description("At which level.")]
    public PolicyLevel Level => origin.Level;

    [Id]
    [Description("Id of the MSP, tenant, group or mailbox; null for the platform.")]
    public string? Id => PolicyPlaces.IdOf(origin.Level, origin.Id);

    [Description("Its name, or the mailbox's address; empty for the platform.")]
    public string Name => origin.Name;
}

[Named("OverriddenPolicyValue")]
[Requires(Permissions.PolicyRead)]
[Description("A value that does not count.")]
internal sealed class OverriddenPolicyValueNode(OverriddenValue value)
{
    [Description("The value.")]
    public string Value => value.Value;

    [Description("Where it is set.")]
    public PolicyOriginNode Origin => new(value.Origin);

    [Description("Set further in than a lock, which keeps it from counting. False: a value further in replaces it.")]
    public bool ByLock => value.ByLock;
}

[Named("OwnPolicyValue")]
[Requires(Permissions.PolicyRead)]
[Description("What a place sets itself.")]
internal sealed class OwnPolicyValueNode(PolicyValueRow row)
{
    [Description("The value; null: unset, so that what is set further out holds.")]
    public string? Value => row.Value;

    [Description("Levels further in cannot change it; what a template locked, the tenant cannot either.")]
    public bool Locked => row.Locked;

    [Description("A template of the MSP set it.")]
    public bool FromTemplate => row.TemplateId is not null;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it.")]
    public string ChangedBy => row.ChangedBy;
}

[Named("PolicySetting")]
[Requires(Permissions.PolicyRead)]
[Description("A setting that a policy has.")]
internal sealed class PolicySettingNode(PolicySetting setting, CallerContext caller)
{
    [Description("Stable key: 'action.spam'.")]
    public string Key => setting.Key;

    [Description("What its values are.")]
    public PolicyValueKind Kind => setting.Kind;

    [Description("The platform's value.")]
    public string Default => setting.Default;

    [Description("The values that there are; empty where any text is one.")]
    public IReadOnlyList<string> Choices => setting.Choices;

    [Description("Characters of a text; null where there are choices.")]
    public int? MaxLength => setting.MaxLength;

    [Description("The smallest number; null where it is none.")]
    public int? Least => setting.Least;

    [Description("The largest number; null where it is none.")]
    public int? Most => setting.Most;

    [Description("What it does, for people.")]
    public string Description([Description("By default the language of Accept-Language.")] Language? language) => PolicyText.Setting(setting.Key, language.Culture(caller));
}
