using System.Threading.Channels;
using Platform.Api.Edge;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SelfService;

/// <summary>
/// Sends the mails of forgotten passwords in the background, so that neither the answer nor its time tells whether the address is
/// known. An address gets few in a row.
/// </summary>
internal sealed partial class ForgottenPasswords(IServiceScopeFactory scopes, ApiSettings settings, ILogger<ForgottenPasswords> logger) : BackgroundService
{
    private const int MaxWaiting = 1_000;

    private readonly Channel<(string Address, Uri Site)> _asked =
        Channel.CreateBounded<(string, Uri)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(string address, HttpContext context)
    {
        // The name in a request is the sender's to choose: in Production a link leads to the configured address alone.
        var site = settings.Issuer ?? (settings.AllowPlainHttp ? new Uri($"{context.Request.Scheme}://{context.Request.Host}/") : null);
        if (site is null)
            NoAddress(logger);
        else
            _asked.Writer.TryWrite((address.Trim().ToLowerInvariant(), site));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (address, site) in _asked.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await SendAsync(address, site, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotSent(logger, exception);
            }
    }

    private async Task SendAsync(string address, Uri site, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (!(await services.GetRequiredService<AttemptLimits>().TakeAsync(AttemptKey.OfReset(address), cancellationToken)).IsGiven
            || await services.GetRequiredService<IAccountDirectory>().FindByAddressAsync(address, cancellationToken) is not { State: AccountState.Active } account
            || await services.GetRequiredService<LocalSignIn>().IsClosedAsync(account, cancellationToken))
            return;
        var token = await services.GetRequiredService<PasswordTickets>().MakeAsync(account.Id, cancellationToken);
        await services.GetRequiredService<IAccountMails>().SendPasswordResetAsync(account, new Uri(site, "/account/new-password?token=" + token), PasswordTickets.Validity, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail to set a password anew could not be sent")]
    private static partial void NotSent(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail to set a password anew was asked for, but Http:PublicAddress is not set, and no link can be made without it")]
    private static partial void NoAddress(ILogger logger);
}
