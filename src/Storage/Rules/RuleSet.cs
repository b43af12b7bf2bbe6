using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing.Rules;

namespace Platform.Storage.Rules;

/// <summary>A rule that is switched on, ready to be tried.</summary>
public sealed record Rule(Guid Id, string Name, Condition Condition, PolicyAction Action, int Revision, bool FromMsp);

/// <summary>The rules over a tenant's mail in the order in which they are tried: those of its MSP, then its own.</summary>
public sealed record RuleSet(IReadOnlyList<Rule> Rules, RuleRevisions Revisions)
{
    public static RuleSet Empty { get; } = new([], RuleRevisions.None);

    /// <summary>The rules over what the tenant sends, in the same order.</summary>
    public IReadOnlyList<SendRule> Sending { get; init; } = [];

    /// <summary>The approval chains that those may name.</summary>
    public IReadOnlyDictionary<Guid, ChainInForce> Chains { get; init; } = new Dictionary<Guid, ChainInForce>();
}

/// <summary>The rules that are in force, from memory.</summary>
public interface IRuleBook
{
    /// <param name="tenant">As the directory knows it now: its <see cref="TenantSettings.Rules"/> say when to read anew.</param>
    ValueTask<RuleSet> OfAsync(TenantSettings tenant, CancellationToken cancellationToken);
}
