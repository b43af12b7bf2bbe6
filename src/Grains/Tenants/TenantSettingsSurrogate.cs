using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Tenants;

/// <summary><see cref="TenantSettings"/> between silos. Numbers are never given out twice: silos of two versions speak with each other during an upgrade.</summary>
[GenerateSerializer]
[Alias("tenant-settings")]
internal readonly record struct TenantSettingsSurrogate(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid? MspId,
    [property: Id(2)] string Slug,
    [property: Id(3)] string Name,
    [property: Id(4)] string Language,
    [property: Id(5)] string[] Domains,
    [property: Id(6)] string Route,
    [property: Id(7)] string[] TrustedHops,
    [property: Id(8)] string? JournalAddress,
    [property: Id(9)] Dictionary<int, int> Policy,
    [property: Id(10)] int MaxConnections,
    [property: Id(11)] long MaxMessageBytes,
    [property: Id(12)] int MaxRecipients,
    [property: Id(13)] long TenantRules,
    [property: Id(14)] long MspRules,
    [property: Id(15)] bool RejectsByRule,
    [property: Id(16)] long TenantPolicies,
    [property: Id(17)] long MspPolicies,
    [property: Id(18)] bool RejectsForSome,
    [property: Id(19)] bool KeepsContentFromMsp,
    [property: Id(20)] string? ReportAddress);

[RegisterConverter]
internal sealed class TenantSettingsConverter : IConverter<TenantSettings, TenantSettingsSurrogate>
{
    public TenantSettings ConvertFromSurrogate(in TenantSettingsSurrogate surrogate) => new(
        surrogate.Id,
        surrogate.MspId,
        surrogate.Slug,
        surrogate.Name,
        surrogate.Language,
        surrogate.Domains,
        surrogate.Route,
        surrogate.TrustedHops,
        surrogate.JournalAddress,
        new VerdictPolicy(surrogate.Policy.ToDictionary(static entry => (VerdictKind)entry.Key, static entry => (PolicyAction)entry.Value)),
        new TenantLimits(surrogate.MaxConnections, surrogate.MaxMessageBytes, surrogate.MaxRecipients))
    {
        Rules = new RuleRevisions(surrogate.TenantRules, surrogate.MspRules),
        RejectsByRule = surrogate.RejectsByRule,
        Policies = new PolicyRevisions(surrogate.TenantPolicies, surrogate.MspPolicies),
        RejectsForSome = surrogate.RejectsForSome,
        MspContentAccess = !surrogate.KeepsContentFromMsp,
        ReportAddress = surrogate.ReportAddress,
    };

    public TenantSettingsSurrogate ConvertToSurrogate(in TenantSettings value) => new(
        value.Id,
        value.MspId,
        value.Slug,
        value.Name,
        value.Language,
        [.. value.Domains],
        value.Route,
        [.. value.TrustedHops],
        value.JournalAddress,
        value.Policy.Actions.ToDictionary(static entry => (int)entry.Key, static entry => (int)entry.Value),
        value.Limits.MaxConnections,
        value.Limits.MaxMessageBytes,
        value.Limits.MaxRecipients,
        value.Rules.Tenant,
        value.Rules.Msp,
        value.RejectsByRule,
        value.Policies.Tenant,
        value.Policies.Msp,
        value.RejectsForSome,
        !value.MspContentAccess,
        value.ReportAddress);
}
