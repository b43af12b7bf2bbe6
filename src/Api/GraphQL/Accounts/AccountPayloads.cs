using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Accounts;

[Requires(Permissions.AccountsWrite)]
[Description("Result of the mutations that change an account.")]
internal sealed class AccountPayload(AccountNode? account, Outcome outcome, MutationInput input)
{
    [Description("The account after the call.")]
    public AccountNode? Account => account;

    [Description("Why nothing was done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.AccountsWrite)]
[Description("Result of removeAccount.")]
internal sealed class RemoveAccountPayload(Outcome outcome, AccountInput input)
{
    [Id]
    [Description("The id of the account that is gone; null when it is not.")]
    public string? RemovedAccountId => outcome.Error is null ? input.AccountId : null;

    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[AnyClient]
[Description("Result of updateMyAccount.")]
internal sealed class UpdateMyAccountPayload(SignedInAccountNode? account, Outcome outcome, MutationInput input)
{
    [Description("The account after the call.")]
    public SignedInAccountNode? Account => account;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
