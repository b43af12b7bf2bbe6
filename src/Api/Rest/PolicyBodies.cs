using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Policies;

namespace Platform.Api.Rest;

[Description("Values to set at a place. One place at most is named.")]
internal sealed record PolicyBody(
    IReadOnlyList<PolicyValueBody> Values,
    [property: Description("Id of a tenant; needed where several are in reach and nothing else is named.")] string? Tenant = null,
    [property: Description("Id of a group.")] string? Group = null,
    [property: Description("Id of a mailbox.")] string? Mailbox = null,
    [property: Description("true: the client's own MSP, for all its tenants.")] bool? Msp = null);

[Description("A value to set or unset.")]
internal sealed record PolicyValueBody(
    [property: Description("Key of the setting: action.spam.")] string Setting,
    [property: Description("Null or left out unsets it, so that what is set further out holds.")] string? Value = null,
    [property: Description("Levels further in cannot change it.")] bool? Locked = null);

[Description("What holds at a place.")]
internal sealed record PolicyAnswer(PolicyOriginAnswer Place, IReadOnlyList<PolicyValueAnswer> Values)
{
    public static PolicyAnswer Of(PolicyView view) => new(
        PolicyOriginAnswer.Of(new PolicyOrigin(view.Target.Level, view.Target.Id, view.Name)),
        [.. view.Effective.Values.Select(value => PolicyValueAnswer.Of(value, view.Own.GetValueOrDefault(value.Setting.Key)))]);
}

[Description("The value of one setting.")]
internal sealed record PolicyValueAnswer(
    [property: Description("Key of the setting: action.spam.")] string Setting,
    string Value,
    PolicyOriginAnswer Origin,
    [property: Description("Nobody further in can change it.")] bool Locked,
    [property: Description("Values set elsewhere that do not count here, from the outside in.")] IReadOnlyList<OverriddenAnswer> Overrides,
    [property: Description("What this place itself has set; null when it sets nothing.")] string? Own)
{
    public static PolicyValueAnswer Of(EffectiveValue value, PolicyValueRow? own) => new(
        value.Setting.Key, value.Value, PolicyOriginAnswer.Of(value.Origin), value.Locked, [.. value.Overrides.Select(OverriddenAnswer.Of)], own?.Value);
}

[Description("Where a value of the policy is set.")]
internal sealed record PolicyOriginAnswer(
    [property: Description("platform, msp, tenant, group or mailbox.")] string Level,
    [property: Description("Null for the platform.")] string? Id,
    [property: Description("Name, or the mailbox's address; empty for the platform.")] string Name)
{
    public static PolicyOriginAnswer Of(PolicyOrigin origin) => new(origin.Level.ToString().ToLowerInvariant(), PolicyPlaces.IdOf(origin.Level, origin.Id), origin.Name);
}

[Description("A value that does not count.")]
internal sealed record OverriddenAnswer(
    string Value,
    PolicyOriginAnswer Origin,
    [property: Description("Set further in than a lock, which keeps it from counting.")] bool ByLock)
{
    public static OverriddenAnswer Of(OverriddenValue value) => new(value.Value, PolicyOriginAnswer.Of(value.Origin), value.ByLock);
}
