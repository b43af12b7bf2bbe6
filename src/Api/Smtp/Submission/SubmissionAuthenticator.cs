using System.Globalization;
using System.Security.Cryptography;
using OpenIddict.Validation;
using Platform.Api.Edge;
using Platform.Api.Identity.SignIn;
using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Smtp.Submission;

/// <summary>
/// Logins of submission: a mailbox by one of its app passwords, or by a token of its owner that was granted <c>submission.write</c>. What is
/// tried is counted by user and network, so that guessing is slow and costs little.
/// </summary>
internal sealed class SubmissionAuthenticator(IRecipientDirectory directory, IAppPasswords passwords, IServiceScopeFactory scopes) : ISmtpAuthenticator
{
    public async ValueTask<SmtpAuthResult> CheckPasswordAsync(SmtpAuthAttempt attempt, string password, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        var user = attempt.UserName!;
        var mailbox = await FindAsync(user, cancellationToken);
        var kept = mailbox is null ? [] : await passwords.OfMailboxAsync(mailbox.Id, cancellationToken);
        return await SettleAsync(attempt, mailbox, Fitting(kept, password, passwords.SaltOf(user)), cancellationToken);
    }

    public async ValueTask<ScramSecrets> FindSecretsAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        var kept = await KeptAsync(attempt, cancellationToken);
        // A salt is one for all; those of before the platform's key was changed log in by PLAIN.
        var keys = kept is [var newest, ..] ? newest.Keys : new AppPasswordKeys(passwords.SaltOf(attempt.UserName!), NewAppPassword.Iterations, [], []);
        return new ScramSecrets(keys.Salt, keys.Iterations, [.. kept.Where(one => one.Keys.Iterations == keys.Iterations && one.Keys.Salt.AsSpan().SequenceEqual(keys.Salt)).Select(Keys)]);
    }

    public async ValueTask<SmtpAuthResult> SettleProofAsync(SmtpAuthAttempt attempt, string? reference, CancellationToken cancellationToken)
    {
        var mailbox = reference is null ? null : await FindAsync(attempt.UserName!, cancellationToken);
        var fitting = reference is null ? null : (await KeptAsync(attempt, cancellationToken)).FirstOrDefault(one => Keys(one).Reference == reference);
        return await SettleAsync(attempt, mailbox, fitting, cancellationToken);
    }

    public async ValueTask<SmtpAuthResult> CheckTokenAsync(SmtpAuthAttempt attempt, string token, CancellationToken cancellationToken)
    {
        await TakeAsync(attempt, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        if (await CallerAsync(scope.ServiceProvider, token, cancellationToken) is not { Account: { } account } caller)
            return SmtpAuthResult.Refused();
        var (tenant, mailbox) = await directory.FindOwnAsync(attempt.UserName ?? account.Address, cancellationToken);
        // Also who may do everything in the tenant sends as itself alone.
        if (tenant is null || mailbox is null || !caller.Scope.Tenants.Contains(tenant.Id) || !caller.Scope.Allows(Permissions.SubmissionWrite)
            || !(account.Mailboxes?.Contains(mailbox.Id) ?? string.Equals(mailbox.Address, account.Address, StringComparison.OrdinalIgnoreCase)))
            return SmtpAuthResult.Refused();
        await GiveBackAsync(attempt, cancellationToken);
        return Accepted(attempt, mailbox, null);
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

    private async ValueTask<SmtpAuthResult> SettleAsync(SmtpAuthAttempt attempt, MailboxRef? mailbox, AppPassword? fitting, CancellationToken cancellationToken)
    {
        if (mailbox is null || fitting is null)
            return SmtpAuthResult.Refused();
        await GiveBackAsync(attempt, cancellationToken);
        await passwords.NoteUseAsync(fitting, attempt.Peer.RemoteAddress.ToString(), cancellationToken);
        return Accepted(attempt, mailbox, fitting.Id);
    }

    private static SmtpAuthResult Accepted(SmtpAuthAttempt attempt, MailboxRef mailbox, Guid? appPassword) =>
        SmtpAuthResult.Accepted(attempt, mailbox.Address, new SubmissionLogin(mailbox.Id, appPassword).ToString());

    private async ValueTask<IReadOnlyList<AppPassword>> KeptAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken) =>
        await FindAsync(attempt.UserName!, cancellationToken) is { } mailbox ? await passwords.OfMailboxAsync(mailbox.Id, cancellationToken) : [];

    /// <summary>By its own address, neither an alias nor one with a tag: the salt is the address's.</summary>
    private async ValueTask<MailboxRef?> FindAsync(string user, CancellationToken cancellationToken) => (await directory.FindOwnAsync(user, cancellationToken)).Mailbox;

    private static ScramKeys Keys(AppPassword password) => new(password.Id.ToString("N"), password.Keys.StoredKey, password.Keys.ServerKey);

    /// <exception cref="SmtpRefusedException">Too much was tried already.</exception>
    private async Task TakeAsync(SmtpAuthAttempt attempt, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var limits = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        var permit = await limits.TakeAsync(NetworkOf(attempt), cancellationToken);
        if (permit.IsGiven)
            permit = await limits.TakeAsync(KeyOf(attempt), cancellationToken);
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
