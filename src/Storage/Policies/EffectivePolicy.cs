using Platform.Engine.Verdicts;
using Platform.Storage.Directory;

namespace Platform.Storage.Policies;

/// <summary>What holds for a tenant, a group or a mailbox: every setting with its value and where that comes from.</summary>
public sealed class EffectivePolicy
{
    private readonly Dictionary<string, EffectiveValue> _values;

    internal EffectivePolicy(IReadOnlyList<EffectiveValue> values)
    {
        Values = values;
        _values = values.ToDictionary(value => value.Setting.Key, StringComparer.Ordinal);
        Actions = new VerdictPolicy(Enum.GetValues<VerdictKind>().ToDictionary(kind => kind, kind => Enum.Parse<PolicyAction>(ActionFor(kind).Value, ignoreCase: true)));
    }

    /// <summary>The platform's values alone.</summary>
    public static EffectivePolicy Platform { get; } = PolicyResolution.Resolve([]);

    /// <summary>In the order of <see cref="PolicySettings.All"/>.</summary>
    public IReadOnlyList<EffectiveValue> Values { get; }

    /// <summary>What is done with mail of each verdict.</summary>
    public VerdictPolicy Actions { get; }

    public string TagText => this[PolicySettings.TagText].Value;

    public EffectiveValue this[PolicySetting setting]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(setting);
            return _values[setting.Key];
        }
    }

    public EffectiveValue ActionFor(VerdictKind verdict) => this[PolicySettings.ActionFor(verdict)];
}

/// <param name="Locked">Levels further in than the origin cannot change it.</param>
/// <param name="Overrides">Values set elsewhere that do not count here, from the outside in.</param>
public sealed record EffectiveValue(PolicySetting Setting, string Value, PolicyOrigin Origin, bool Locked, IReadOnlyList<OverriddenValue> Overrides);

/// <param name="ByLock">Set further in than a lock, which keeps it from counting; else replaced by a value further in.</param>
public sealed record OverriddenValue(string Value, PolicyOrigin Origin, bool ByLock);
