using Platform.Storage.Directory;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Rules;

/// <summary>Changes of sending rules (OUT5), with the events, audit entries, limits and refusals of other rules. Beside those: <c>INVALID_ACTIONS</c>, <c>UNKNOWN_CHAIN</c>, <c>UNKNOWN_MAILBOX</c>.</summary>
public interface ISendRuleCommands
{
    Task<RuleResult> CreateAsync(Scope scope, RuleOwner owner, NewSendRule rule, CancellationToken cancellationToken);

    Task<RuleResult> UpdateAsync(Scope scope, Guid ruleId, SendRuleChange change, CancellationToken cancellationToken);

    Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, CancellationToken cancellationToken);

    /// <param name="order">Every sending rule of the owner once.</param>
    Task<RuleResult> ReorderAsync(Scope scope, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken);
}

public sealed record NewSendRule(string Name, string Condition, IReadOnlyList<SendAction> Actions, bool Enabled);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="Expected">The revision that the caller saw.</param>
public sealed record SendRuleChange(string? Name = null, string? Condition = null, IReadOnlyList<SendAction>? Actions = null, bool? Enabled = null, int? Expected = null);

internal sealed class SendRuleCommands(IMoveRunner moves, RecipientDirectory directory) : ISendRuleCommands
{
    private readonly OwnedRules _rules = new(moves, directory, RuleTable.Sending);

    private static RuleResult UnknownChain { get; } = new(null, "UNKNOWN_CHAIN", "The rule names an approval chain that its tenant does not have. Rules of an MSP ask for no approval.", "actions");

    private static RuleResult UnknownMailbox { get; } = new(null, "UNKNOWN_MAILBOX", "The rule sends copies to an address that is no mailbox of its tenant. Rules of an MSP send no copies.", "actions");

    public Task<RuleResult> CreateAsync(Scope scope, RuleOwner owner, NewSendRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _rules.CreateAsync(
            scope,
            owner,
            new NewOwnedRule(rule.Name, rule.Condition, Doing(rule.Actions), rule.Enabled),
            RuleChecks.Condition(rule.Condition, ofSending: true) ?? SendActions.Check(rule.Actions),
            NamedBy(rule.Actions),
            cancellationToken);
    }

    public Task<RuleResult> UpdateAsync(Scope scope, Guid ruleId, SendRuleChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rules.UpdateAsync(
            scope,
            ruleId,
            new OwnedRuleChange(change.Name, change.Condition, change.Actions is null ? null : Doing(change.Actions), change.Enabled, change.Expected),
            RuleChecks.Condition(change.Condition, ofSending: true) ?? SendActions.Check(change.Actions),
            SendActions.Told,
            NamedBy(change.Actions ?? []),
            cancellationToken);
    }

    public Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, CancellationToken cancellationToken) => _rules.DeleteAsync(scope, ruleId, SendActions.Told, cancellationToken);

    public Task<RuleResult> ReorderAsync(Scope scope, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken) => _rules.ReorderAsync(scope, owner, order, cancellationToken);

    private static RuleDoing Doing(IReadOnlyList<SendAction> actions)
    {
        var kept = SendActions.Write(actions);
        return new RuleDoing(kept, SendActions.Told(kept));
    }

    private static Func<RuleSession, RuleOwner, CancellationToken, ValueTask<RuleResult?>> NamedBy(IReadOnlyList<SendAction> actions) => async (session, owner, cancellationToken) =>
    {
        foreach (var chain in actions.OfType<SendAction.Approve>().Select(approve => approve.ChainId).Distinct())
        {
            if (owner.IsMsp || !await session.Moves.Sql.FirstAsync("SELECT 1 FROM approval_chains WHERE id = @id AND tenant_id = @tenant", _ => true, cancellationToken, ("@id", chain), ("@tenant", owner.Id)))
                return UnknownChain;
        }

        foreach (var address in actions.OfType<SendAction.Bcc>().Select(bcc => bcc.Address).Distinct(StringComparer.Ordinal))
        {
            if (owner.IsMsp || !await session.Moves.Sql.FirstAsync("SELECT 1 FROM mailboxes WHERE address = @address AND tenant_id = @tenant", _ => true, cancellationToken, ("@address", address), ("@tenant", owner.Id)))
                return UnknownMailbox;
        }

        return null;
    };
}
