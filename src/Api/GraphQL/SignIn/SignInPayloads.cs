using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

[Requires(Permissions.SignInWrite)]
[Description("Result of a change of a sign-in provider.")]
internal sealed class SignInProviderPayload(SignInProviderNode? provider, Outcome outcome, MutationInput input)
{
    [Description("The provider after the call.")]
    public SignInProviderNode? Provider => provider;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SignInWrite)]
[Description("Result of removeSignInProvider.")]
internal sealed class RemoveSignInProviderPayload(Outcome outcome, SignInProviderInput input)
{
    [Id]
    [Description("The id of the provider that is gone; null when it is not.")]
    public string? RemovedProviderId => outcome.Error is null ? input.ProviderId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SignInWrite)]
[Description("Result of checkSignInProvider.")]
internal sealed class CheckSignInProviderPayload(IReadOnlyList<SignInCheckStepNode> steps, Outcome outcome, MutationInput input)
{
    [Description("What was tried, in turn.")]
    public IReadOnlyList<SignInCheckStepNode> Steps => steps;

    [Description("Why nothing was tried; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SignInWrite)]
[Description("Result of forgetOutsideSignIn.")]
internal sealed class ForgetOutsideSignInPayload(Outcome outcome, ForgetOutsideSignInInput input)
{
    [Id]
    [Description("The account that is linked to nobody any more; null when nothing was done.")]
    public string? AccountId => outcome.Error is null ? input.AccountId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
