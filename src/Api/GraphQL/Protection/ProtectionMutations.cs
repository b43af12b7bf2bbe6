using System.ComponentModel;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Protection;

internal sealed class ProtectionMutations(IProtectedMails mails, SentMailRunner runner)
{
    [Requires(Permissions.MessagesAct)]
    [Description("Closes the secure reader of a protected mail, also for who reads it at this moment. What a recipient saved or copied before stays with them.")]
    public Task<ProtectionPayload> WithdrawProtection([Description("Which mail.")] WithdrawProtectionInput input, CancellationToken cancellationToken) => RunAsync(
        "withdrawProtection", input, (scope, message, deliveries, ct) => mails.WithdrawAsync(scope, message, deliveries, input.Destroy ?? false, ct), cancellationToken);

    [Requires(Permissions.MessagesAct)]
    [Description("Undoes a withdrawal: recipients read the mail again with a new code, as long as its time is not over.")]
    public Task<ProtectionPayload> RestoreProtection([Description("Which mail.")] RestoreProtectionInput input, CancellationToken cancellationToken) =>
        RunAsync("restoreProtection", input, mails.RestoreAsync, cancellationToken);

    [Requires(Permissions.MessagesAct)]
    [Description("Changes what recipients may do with a protected mail, and until when; it holds with their next click.")]
    public Task<ProtectionPayload> ChangeProtection([Description("Which mail, and how.")] ChangeProtectionInput input, CancellationToken cancellationToken) => RunAsync(
        "changeProtection", input, (scope, message, deliveries, ct) => mails.ChangeAsync(scope, message, deliveries, input.ViewOnly, input.ExpiresAt, ct), cancellationToken);

    private async Task<ProtectionPayload> RunAsync(
        string operation, SentMailInput input, Func<Scope, Guid, IReadOnlyList<Guid>?, CancellationToken, Task<CommandResult<int>>> command, CancellationToken cancellationToken)
    {
        var (message, outcome) = await runner.RunAsync(operation, input, command, cancellationToken);
        return new ProtectionPayload(message, outcome, input);
    }
}
