using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Access;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>How a sign-in by password ended. Why it was refused is told to nobody.</summary>
internal abstract record PasswordOutcome
{
    public sealed record Passed(SignInAccount Account) : PasswordOutcome;

    public sealed record Refused : PasswordOutcome;

    /// <param name="Wait">Until the next attempt is looked at. Says nothing of the account: an unknown address waits as long.</param>
    public sealed record TooMany(TimeSpan Wait) : PasswordOutcome;
}

/// <summary>
/// The check of address and password. Whether the address is known, the account active, or the password right: the answer and the
/// work are the same until all three are true.
/// </summary>
internal sealed partial class PasswordSignIn(
    IAccountDirectory accounts, Passwords passwords, AttemptLimits limits, KnownDevices devices, SessionStore sessions, AccessGate gate, ILogger<PasswordSignIn> logger)
{
    private const int MaxAddressLength = 320;

    public async Task<PasswordOutcome> TryAsync(HttpContext context, string address, string password, CancellationToken cancellationToken)
    {
        var name = address.Trim().ToLowerInvariant();
        if (name.Length > MaxAddressLength)
            return new PasswordOutcome.Refused();
        var network = RateLimits.Network(context.Connection.RemoteIpAddress);
        var account = await accounts.FindByAddressAsync(name, cancellationToken);
        var device = account is null ? null : devices.Find(context, account.Id);
        var known = device is not null || await sessions.IsKnownNetworkAsync(account?.Id ?? Guid.Empty, network, cancellationToken);

        // Who was here before is counted apart, so that nobody else can use up its attempts.
        AttemptKey[] keys = device is not null
            ? [AttemptKey.OfDevice(account!.Id, device)]
            : known ? [AttemptKey.OfPlace(name, network)] : [AttemptKey.OfPlace(name, network), AttemptKey.OfNetwork(network), AttemptKey.OfStrangers(name)];
        foreach (var key in keys)
            if (await limits.TakeAsync(key, cancellationToken) is { IsGiven: false } refused)
            {
                Slowed(logger, network);
                await RecordAsync(context, account, AccessReason.Locked);
                return new PasswordOutcome.TooMany(refused.Wait);
            }

        var right = await passwords.CheckAsync(account?.Id, password, cancellationToken);
        if (!right || account is not { State: AccountState.Active })
        {
            Failed(logger, network);
            await RecordAsync(context, account, AccessReason.Failed);
            return new PasswordOutcome.Refused();
        }

        for (var i = 0; i < keys.Length; i++)
            await limits.GiveBackAsync(keys[i], whole: i == 0, cancellationToken);
        return new PasswordOutcome.Passed(account);
    }

    /// <summary>For the tenant of the account; of addresses that nobody has nothing is kept.</summary>
    private async Task RecordAsync(HttpContext context, SignInAccount? account, AccessReason reason)
    {
        if (account is { TenantId: { } tenant })
            await gate.FailedAsync(tenant, account.Address, AccessService.Portal, reason, context.Connection.RemoteIpAddress);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in from {Network} failed")]
    private static partial void Failed(ILogger logger, string network);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in from {Network} was not looked at: too many failed before")]
    private static partial void Slowed(ILogger logger, string network);
}
