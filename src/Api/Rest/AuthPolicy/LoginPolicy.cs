using System.Globalization;
using System.Net;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Access;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest.AuthPolicy;

/// <summary>
/// What a tenant's own mail server is told of a login: the tenant's rules, and whether too much failed before. A login that is no mailbox's is
/// under the tenant's own rules.
/// </summary>
internal sealed class LoginPolicy(IRecipientDirectory directory, AccessGate gate, IServiceScopeFactory scopes)
{
    /// <summary>Failures that cost nothing yet; beyond, a login waits a second for each, until it is not looked at.</summary>
    private const int Unslowed = 3;
    private const int MaxDelay = 5;

    private static readonly LoginAnswer NotFromHere = new(-1, "the tenant's rules let nobody in from this address");

    public async Task<LoginAnswer> AllowAsync(Scope scope, LoginQuestion question, IPAddress address, CancellationToken cancellationToken)
    {
        var (tenant, mailbox) = await FindAsync(scope, question.Login, cancellationToken);
        if (!await gate.AdmitsAsync(new AccessWho(tenant, mailbox?.Id), mailbox?.Address ?? "", AccessService.MailServer, address, cancellationToken))
            return NotFromHere;
        await using var services = scopes.CreateAsyncScope();
        var limits = services.ServiceProvider.GetRequiredService<AttemptLimits>();
        var (ofNetwork, waitOfNetwork) = await limits.LookAsync(NetworkKey(tenant, address), cancellationToken);
        var (ofUser, waitOfUser) = await limits.LookAsync(UserKey(tenant, question.Login, address), cancellationToken);
        var wait = waitOfNetwork > waitOfUser ? waitOfNetwork : waitOfUser;
        if (wait > TimeSpan.Zero)
        {
            await gate.FailedAsync(tenant, mailbox?.Address ?? "", AccessService.MailServer, AccessReason.Locked, address);
            return new LoginAnswer(-1, string.Create(CultureInfo.InvariantCulture, $"too many failed logins from there, try again in {Math.Ceiling(wait.TotalSeconds)} seconds"));
        }

        // Who guesses at one name waits; many people behind one address do not wait for each other.
        return ofUser > Unslowed ? new LoginAnswer(Math.Min(ofUser - Unslowed, MaxDelay), "failed logins from there before") : LoginAnswer.Open;
    }

    public async Task<LoginAnswer> ReportAsync(Scope scope, LoginQuestion question, IPAddress address, CancellationToken cancellationToken)
    {
        // What was refused here is recorded already, and what the server could not check is nobody's failure.
        if (question.PolicyReject == true || question.Success is null || question is { Success: false, FailType: "internal" or "policy" })
            return LoginAnswer.Open;
        var (tenant, mailbox) = await FindAsync(scope, question.Login, cancellationToken);
        await using var services = scopes.CreateAsyncScope();
        var limits = services.ServiceProvider.GetRequiredService<AttemptLimits>();
        var userKey = UserKey(tenant, question.Login, address);
        if (question.Success == true)
        {
            await limits.GiveBackAsync(userKey, whole: true, cancellationToken);
            if (mailbox is not null)
                await gate.CameInAsync(tenant, mailbox.Address, AccessService.MailServer, address, cancellationToken);
            return LoginAnswer.Open;
        }

        await limits.TakeAsync(NetworkKey(tenant, address), cancellationToken);
        await limits.TakeAsync(userKey, cancellationToken);
        await gate.FailedAsync(tenant, mailbox?.Address ?? "", AccessService.MailServer, AccessReason.Failed, address);
        return LoginAnswer.Open;
    }

    /// <summary>The tenant of the client; of an MSP's, the one whose domain it is.</summary>
    /// <exception cref="ApiException">Several tenants are in reach, and the login says of none that it is its.</exception>
    private async ValueTask<(Guid Tenant, MailboxRef? Mailbox)> FindAsync(Scope scope, string login, CancellationToken cancellationToken)
    {
        var at = login.LastIndexOf('@');
        var found = at > 0 ? await directory.FindAsync(login[..at], login[(at + 1)..], cancellationToken) : new RecipientLookup(null, null);
        if (found.Tenant is { } tenant && scope.Tenants.Contains(tenant.Id))
            return (tenant.Id, await directory.FindSenderAsync(login, cancellationToken));
        return scope.Tenants.Count == 1
            ? (scope.Tenants.First(), null)
            : throw new ApiException(ErrorCodes.TenantRequired, "This client reaches several tenants, and the login is an address of none of them: give each tenant's server a client of its own.", 400, "login");
    }

    private static AttemptKey NetworkKey(Guid tenant, IPAddress address) => AttemptKey.OfMailServer(tenant, AccessNetworks.KeyOf(address));

    private static AttemptKey UserKey(Guid tenant, string login, IPAddress address) => AttemptKey.OfMailServer(tenant, login.ToLowerInvariant(), AccessNetworks.KeyOf(address));
}
