using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Access;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Whence;

internal sealed class AccessMutations(IAccessRuleCommands commands, IPlatformDbFactory databases, AccessGate gate, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.AccessRulesWrite)]
    [Description("Adds a rule that says whence people, programs or mailboxes come in. It holds at once, in open sessions too.")]
    public async Task<AddAccessRulePayload> AddAccessRule([Description("The rule.")] AddAccessRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForAsync(
            () => AccessPlaces.Find(caller.Current, input.Tenant, input.GroupId, input.MailboxId, input.AccountId),
            _ => caller.Current.Home,
            "addAccessRule",
            input,
            async place => Outcome.Of(await commands.CreateAsync(
                caller.Current.Scope,
                place,
                new NewAccessRule(
                    input.Services, input.Networks ?? [], input.Countries ?? [], input.CountriesExcluded == true, input.TakesUnknownCountry == true, input.Comment ?? "", input.ExpiresAt),
                Maker(input.ConfirmOwnAddressRefused),
                cancellationToken)),
            Outcome.Refused,
            cancellationToken);
        return new AddAccessRulePayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.AccessRulesWrite)]
    [Description("Changes a rule. Whom it holds for stays: for another place make another rule.")]
    public async Task<UpdateAccessRulePayload> UpdateAccessRule([Description("The change.")] UpdateAccessRuleInput input, CancellationToken cancellationToken)
    {
        var change = new AccessRuleChange(
            input.Services, input.Networks, input.Countries, input.CountriesExcluded, input.TakesUnknownCountry, input.Comment, input.ExpiresAt, input.NeverExpires == true);
        var outcome = await runner.RunAsync(caller.Current.Home, "updateAccessRule", input, async () => GlobalId.Find(input.RuleId, NodeKind.AccessRule) is { } id
            ? Outcome.Of(await commands.UpdateAsync(caller.Current.Scope, id, change, Maker(input.ConfirmOwnAddressRefused), cancellationToken))
            : Unknown(), cancellationToken);
        return new UpdateAccessRulePayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.AccessRulesWrite)]
    [Description("Removes a rule. Without any, everybody comes in from anywhere.")]
    public async Task<RemoveAccessRulePayload> RemoveAccessRule([Description("Which rule.")] RemoveAccessRuleInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeAccessRule", input, async () => GlobalId.Find(input.RuleId, NodeKind.AccessRule) is { } id
            ? Outcome.Of(await commands.RemoveAsync(caller.Current.Scope, id, Maker(input.ConfirmOwnAddressRefused), cancellationToken))
            : Unknown(), cancellationToken),
        input);

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such rule is in reach of this client.", "ruleId");

    /// <summary>A person must get in again by the portal too, whatever application it uses now.</summary>
    private AccessMaker Maker(bool? confirmed)
    {
        var now = caller.Current;
        return new AccessMaker(
            now.Account?.Id,
            now.Account is { } account ? account.TenantId is not null : now.Scope.MspId is null,
            now.Account is null ? [now.Service] : [.. new[] { now.Service, AccessService.Portal }.Distinct()],
            gate.SourceOf(now.Address),
            confirmed == true);
    }

    private async Task<AccessRuleNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || !caller.Current.Scope.Allows(Permissions.AccessRulesRead))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.AccessRules.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new AccessRuleNode(row) : null;
    }
}
