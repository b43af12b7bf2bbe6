namespace Platform.Storage.Policies;

/// <summary>The values that are set at one place: by an MSP, a tenant, a group or a mailbox.</summary>
/// <param name="Values">By key of the setting; what is not there is not set.</param>
internal sealed record PolicyLayer(PolicyOrigin Origin, IReadOnlyDictionary<string, LayerValue> Values);

/// <param name="Locked">Levels further in cannot change it.</param>
internal readonly record struct LayerValue(string Value, bool Locked);

/// <summary>
/// The order of precedence, in this one place. From the platform's value on, each layer that sets a value replaces the one before it,
/// unless that was locked at a level further out. Groups are of one level: among them a lock binds no other group.
/// </summary>
internal static class PolicyResolution
{
    /// <param name="layers">From the outside in: MSP, tenant, the mailbox's groups from the last in order to the first, mailbox.</param>
    public static EffectivePolicy Resolve(IReadOnlyList<PolicyLayer> layers) => new([.. PolicySettings.All.Select(setting => Resolve(setting, layers))]);

    private static EffectiveValue Resolve(PolicySetting setting, IReadOnlyList<PolicyLayer> layers)
    {
        var (value, origin, locked) = (setting.Default, PolicyOrigin.Platform, false);
        List<OverriddenValue> overrides = [];
        foreach (var layer in layers)
        {
            if (!layer.Values.TryGetValue(setting.Key, out var set))
                continue;
            if (locked && layer.Origin.Level > origin.Level)
            {
                overrides.Add(new OverriddenValue(set.Value, layer.Origin, ByLock: true));
                continue;
            }

            overrides.Add(new OverriddenValue(value, origin, ByLock: false));
            (value, origin, locked) = (set.Value, layer.Origin, set.Locked);
        }

        return new EffectiveValue(setting, value, origin, locked, overrides);
    }
}
