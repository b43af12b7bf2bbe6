using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Policies;

/// <summary>What a change must look like, and who may make it; null when it is good.</summary>
internal static class PolicyChecks
{
    private const string Invalid = "INVALID_POLICY";

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such tenant, group or mailbox.");

    public static Refusal NotTheMsp { get; } = new("FORBIDDEN", "Only a client of the MSP changes what the MSP sets.");

    /// <returns>The changes as they are kept.</returns>
    public static (IReadOnlyList<PolicyChange> Changes, Refusal? Refusal) Check(PolicyLevel level, IReadOnlyList<PolicyChange> changes)
    {
        List<PolicyChange> good = [];
        foreach (var change in changes)
        {
            if (PolicySettings.Find(change.Setting) is not { } setting)
                return ([], new(Invalid, "There is no such setting. Ask for policySettings, which lists them."));
            var value = change.Value is null ? null : setting.Normalise(change.Value);
            if (value is null && change.Value is not null)
                return ([], new(Invalid, setting.Form));
            if (change.Locked && value is null)
                return ([], new(Invalid, $"'{setting.Key}' is locked with a value: give one."));
            if (change.Locked && level == PolicyLevel.Mailbox)
                return ([], new(Invalid, $"Below a mailbox there is nothing to lock '{setting.Key}' for."));
            good.Add(new PolicyChange(setting.Key, value, change.Locked));
        }

        return good.Count > 0 && good.DistinctBy(change => change.Setting).Count() == good.Count
            ? (good, null)
            : ([], new(Invalid, "Name at least one setting, and each once."));
    }

    public static Refusal? Reach(Scope scope, PolicyTarget target) => target.Level switch
    {
        PolicyLevel.Msp when scope.MspId != target.Id => NotTheMsp,
        PolicyLevel.Tenant when !scope.Tenants.Contains(target.Id) => Unknown,
        PolicyLevel.Platform => Unknown,
        _ => null,
    };

    public static Refusal Locked(string setting, PolicyOrigin by) =>
        new("POLICY_LOCKED", $"'{setting}' is locked by the {by.Level.ToString().ToLowerInvariant()} '{by.Name}'. Only there can it be changed or unlocked.");

    public static Refusal LockedByTemplate(string setting) =>
        new("POLICY_LOCKED", $"'{setting}' is set and locked by a template of the MSP, which alone can change it.");
}
