using System.Text.Json;
using Platform.Api.Edge;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity.SignIn;

/// <summary>
/// Writes to the audit log of the account's tenant, MSP or the platform who signed in how, and what changed of their ways to sign in.
/// Failures are not in it, since strangers could fill it with them; they are in the program's log.
/// </summary>
internal sealed class SignInAudit(IAuditLog log)
{
    public const string SessionStarted = "session.started";
    public const string SessionEnded = "session.ended";
    public const string DeviceAllowed = "session.device-allowed";
    public const string PasswordChanged = "password.changed";
    public const string PasswordReset = "password.reset";
    public const string AuthenticatorAdded = "authenticator.added";
    public const string AuthenticatorRemoved = "authenticator.removed";
    public const string RecoveryCodesRenewed = "recovery-codes.renewed";
    public const string PasskeyAdded = "passkey.added";
    public const string PasskeyRemoved = "passkey.removed";
    public const string SignInReset = "sign-in.reset";
    public const string AppAllowed = "app.allowed";
    public const string AppRemoved = "app.removed";

    /// <param name="detail">Small, without secrets; null: nothing beside the action.</param>
    public Task WriteAsync(SignInAccount account, string action, object? detail, CancellationToken cancellationToken)
    {
        var owner = account.TenantId ?? account.MspId ?? AccountOwner.Platform.Id;
        var subject = AccountScopes.SubjectPrefix + account.Id;
        var scope = new Scope(new HashSet<Guid> { owner }, account.Permissions, subject);
        return log.AppendAsync(scope, owner, action, subject, detail is null ? "{}" : JsonSerializer.Serialize(detail), cancellationToken);
    }
}
