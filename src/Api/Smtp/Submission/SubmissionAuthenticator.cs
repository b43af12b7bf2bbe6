using System.Globalization;
using System.Security.Cryptography;
using OpenIddict.Validation;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.Identity.SignIn;
using Platform.Smtp;
using Platform.Storage.Access;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Smtp.Submission;

/// <summary>
/// Logins of submission: a mailbox by one of its app passwords, or by a token of its owner that was granted <c>submission.write</c>. What is
/// tried is counted by user and network, so that guessing is slow and costs little.
/// </summary>
internal sealed class SubmissionAuthenticator(IRecipientDirectory directory, IAppPasswords passwords, IConnectorBook connectors, AccessGate gate, IServiceScopeFactory scopes) : ISmtpAuthenticator
{
    /// <summary>Said to who has shown the right secret alone, so that nobody else learns of the mailbox or its rules.</summary>
    private static readonly SmtpReply NotFromHere = new(535, "5.7.1", "The rules of your organisation let nobody in from this address");

    public async ValueTask<SmtpAuthResult> CheckPasswordAsync(SmtpAuthAttempt attempt, string password, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        var user = attempt.UserName!;
        var (found, connector, kept) = await KeptAsync(user, cancellationToken);
        return await SettleAsync(attempt, found, connector, Fitting(kept, password, passwords.SaltOf(user)), cancellationToken);
    }

    public async ValueTask<ScramSecrets> FindSecretsAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        var (_, _, kept) = await KeptAsync(attempt.UserName!, cancellationToken);
        // A salt is one for all; those of before the platform's key was changed log in by PLAIN.
        var keys = kept is [var newest, ..] ? newest.Keys : new AppPasswordKeys(passwords.SaltOf(attempt.UserName!), NewAppPassword.Iterations, [], []);
        return new ScramSecrets(keys.Salt, keys.Iterations, [.. kept.Where(one => one.Keys.Iterations == keys.Iterations && one.Keys.Salt.AsSpan().SequenceEqual(keys.Salt)).Select(Keys)]);
    }

    public async ValueTask<SmtpAuthResult> SettleProofAsync(SmtpAuthAttempt attempt, string? reference, CancellationToken cancellationToken)
    {
        var (found, connector, kept) = await KeptAsync(attempt.UserName!, cancellationToken);
        return await SettleAsync(attempt, found, connector, reference is null ? null : kept.FirstOrDefault(one => Keys(one).Reference == reference), cancellationToken);
    }

    public async ValueTask<SmtpAuthResult> CheckTokenAsync(SmtpAuthAttempt attempt, string token, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        if (await CallerAsync(scope.ServiceProvider, token, cancellationToken) is not { Account: { } account } caller)
            return await FailedAsync(attempt, attempt.UserName is null ? new RecipientLookup(null, null) : await FindAsync(attempt.UserName, cancellationToken));
        var (tenant, mailbox) = await directory.FindOwnAsync(attempt.UserName ?? account.Address, cancellationToken);
        // Also who may do everything in the tenant sends as itself alone.
        if (tenant is null || mailbox is null || !caller.Scope.Tenants.Contains(tenant.Id) || !caller.Scope.Allows(Permissions.SubmissionWrite) || !account.Owns(tenant.Id, mailbox))
            return await FailedAsync(attempt, new RecipientLookup(tenant, mailbox));
        return await LetInAsync(attempt, tenant, mailbox, account.Id, null, cancellationToken);
    }

    /// <summary>The password is derived once for each salt, and once for a mailbox without any: who does not exist costs as much as who does.</summary>
    private static AppPassword? Fitting(IReadOnlyList<AppPassword> kept, string password, byte[] salt)
    {
        AppPassword? found = null;
        var derived = new Dictionary<string, ScramKeys> { [Name(salt, NewAppPassword.Iterations)] = ScramKeys.Of("", password, salt, NewAppPassword.Iterations) };
        foreach (var one in kept)
        {
            var name = Name(one.Keys.Salt, one.Keys.Iterations);
            if (!derived.TryGetValue(name, out var keys))
                derived[name] = keys = ScramKeys.Of("", password, one.Keys.Salt, one.Keys.Iterations);
            if (CryptographicOperations.FixedTimeEquals(keys.StoredKey.Span, one.Keys.StoredKey))
                found = one;
        }

        return found;

        static string Name(byte[] salt, int iterations) => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(salt)}/{iterations}");
    }

    private static async Task<Caller?> CallerAsync(IServiceProvider services, string token, CancellationToken cancellationToken)
    {
        if (token.Length == 0)
            return null;
        try
        {
            var principal = await services.GetRequiredService<OpenIddictValidationService>().ValidateAccessTokenAsync(token, cancellationToken);
            return await services.GetRequiredService<TokenCaller>().FindAsync(principal, "en", cancellationToken);
        }
        catch (OpenIddict.Abstractions.OpenIddictExceptions.ProtocolException)
        {
            return null;
        }
    }

    private async ValueTask<SmtpAuthResult> SettleAsync(SmtpAuthAttempt attempt, RecipientLookup found, Connector? connector, AppPassword? fitting, CancellationToken cancellationToken)
    {
        if (fitting is null)
            return await FailedAsync(attempt, found);
        if (connector is not null)
            return await LetInAsync(attempt, connector, cancellationToken);
        return found is { Tenant: { } tenant, Mailbox: { } mailbox } ? await LetInAsync(attempt, tenant, mailbox, null, fitting, cancellationToken) : await FailedAsync(attempt, found);
    }

    /// <summary>A server of a tenant's own. For whom it sends, and from where, is looked at with each message.</summary>
    private async ValueTask<SmtpAuthResult> LetInAsync(SmtpAuthAttempt attempt, Connector connector, CancellationToken cancellationToken)
    {
        if (!connector.TakesFrom(attempt.Peer.RemoteAddress))
        {
            await gate.FailedAsync(connector.TenantId, "", AccessService.Submission, AccessReason.Network, attempt.Peer.RemoteAddress);
            return SmtpAuthResult.Refused(NotFromHere);
        }

        await GiveBackAsync(attempt, cancellationToken);
        return SmtpAuthResult.Accepted(attempt, connector.Login!, SubmissionLogin.ReferenceOf(connector.Id));
    }

    /// <summary>The secret was right. Where the rules say no, it stays counted: whoever stole it does not try place after place for nothing.</summary>
    private async ValueTask<SmtpAuthResult> LetInAsync(
        SmtpAuthAttempt attempt, TenantSettings tenant, MailboxRef mailbox, Guid? account, AppPassword? password, CancellationToken cancellationToken)
    {
        var address = attempt.Peer.RemoteAddress;
        if (!await gate.AdmitsAsync(new AccessWho(tenant.Id, mailbox.Id, account), mailbox.Address, AccessService.Submission, address, cancellationToken))
            return SmtpAuthResult.Refused(NotFromHere);
        await GiveBackAsync(attempt, cancellationToken);
        if (password is not null)
            await passwords.NoteUseAsync(password, gate.SourceOf(address), cancellationToken);
        await gate.CameInAsync(tenant.Id, mailbox.Address, AccessService.Submission, address, cancellationToken);
        return SmtpAuthResult.Accepted(attempt, mailbox.Address, new SubmissionLogin(mailbox.Id, password?.Id, account, account is { } person ? [person] : password?.Makers ?? []).ToString());
    }

    /// <summary>Recorded for the tenant that the name is of.</summary>
    private async ValueTask<SmtpAuthResult> FailedAsync(SmtpAuthAttempt attempt, RecipientLookup found)
    {
        if (found.Tenant is { } tenant)
            await gate.FailedAsync(tenant.Id, found.Mailbox?.Address ?? "", AccessService.Submission, AccessReason.Failed, attempt.Peer.RemoteAddress);
        return SmtpAuthResult.Refused();
    }

    /// <summary>What a user name may log in by: the app passwords of a mailbox, or the one secret of a server.</summary>
    private async ValueTask<(RecipientLookup Found, Connector? Connector, IReadOnlyList<AppPassword> Kept)> KeptAsync(string user, CancellationToken cancellationToken)
    {
        var found = await FindAsync(user, cancellationToken);
        if (found.Mailbox is { } mailbox)
            return (found, null, await passwords.OfMailboxAsync(mailbox.Id, cancellationToken));
        if (found.Tenant is null && await connectors.FindLoginAsync(user, cancellationToken) is { Keys: { } keys } connector)
            return (new RecipientLookup(await directory.FindTenantAsync(connector.TenantId, cancellationToken), null), connector, [new AppPassword(connector.Id, keys, null, null)]);
        return (found, null, []);
    }

    /// <summary>By its own address, neither an alias nor one with a tag: the salt is the address's. The tenant is that of the domain, also without such a mailbox.</summary>
    private async ValueTask<RecipientLookup> FindAsync(string user, CancellationToken cancellationToken)
    {
        if (await directory.FindOwnAsync(user, cancellationToken) is { Mailbox: not null } found)
            return found;
        var at = user.LastIndexOf('@');
        return new RecipientLookup(at > 0 ? (await directory.FindAsync(user[..at], user[(at + 1)..], cancellationToken)).Tenant : null, null);
    }

    private static ScramKeys Keys(AppPassword password) => new(password.Id.ToString("N"), password.Keys.StoredKey, password.Keys.ServerKey);

    /// <exception cref="SmtpRefusedException">Too much was tried already.</exception>
    private async Task TakeAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var limits = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        // What one mailbox is refused for costs its network nothing: a device with an old password locks nobody else out.
        var permit = await limits.TakeAsync(KeyOf(attempt), cancellationToken);
        if (permit.IsGiven)
        {
            permit = await limits.TakeAsync(NetworkOf(attempt), cancellationToken);
            if (!permit.IsGiven)
                await limits.GiveBackAsync(KeyOf(attempt), whole: false, cancellationToken);
        }

        if (!permit.IsGiven)
        {
            throw new SmtpRefusedException(new SmtpReply(
                454, "4.7.0", string.Create(CultureInfo.InvariantCulture, $"Too many failed logins from your network, try again in {Math.Ceiling(permit.Wait.TotalSeconds)} seconds")));
        }
    }

    private async Task GiveBackAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var limits = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        await limits.GiveBackAsync(NetworkOf(attempt), whole: false, cancellationToken);
        await limits.GiveBackAsync(KeyOf(attempt), whole: true, cancellationToken);
    }

    private static AttemptKey NetworkOf(SmtpAuthAttempt attempt) => AttemptKey.OfSubmission(RateLimits.Network(attempt.Peer.RemoteAddress));

    private static AttemptKey KeyOf(SmtpAuthAttempt attempt) => AttemptKey.OfSubmission(attempt.UserName?.ToLowerInvariant() ?? "", RateLimits.Network(attempt.Peer.RemoteAddress));
}
