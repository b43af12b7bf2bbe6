using System.Net;
using Platform.Api.Identity.SignIn;
using Platform.Engine.Intelligence;
using Platform.Grains.Accounts;
using Platform.Storage.Access;

namespace Platform.Api.Edge.Whence;

/// <summary>
/// Whether somebody may come in from where it is (OUT2): one question for submission, sign-in, tokens, mail servers and the reader. What is
/// refused is recorded with its place, and who comes in is remembered by it.
/// </summary>
internal sealed partial class AccessGate(
    IAccessBook book, IAccessRefusals refusals, IAccountPlaces seen, INetworkData networks, IServiceScopeFactory scopes, TimeProvider time, ILogger<AccessGate> logger)
{
    /// <param name="address">Null, as in tests without a connection: in no network and of no country.</param>
    public AccessSource SourceOf(IPAddress? address)
    {
        var plain = address switch
        {
            null => IPAddress.Any,
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
            _ => address,
        };
        var place = networks.Find(plain);
        return new AccessSource(plain, place?.Country, place?.Asn, place?.Network);
    }

    /// <param name="account">Address of the mailbox or person, or <c>client:</c> and the id of a program; empty: nobody of the tenant's.</param>
    public async ValueTask<bool> AdmitsAsync(AccessWho who, string account, AccessService service, IPAddress? address, CancellationToken cancellationToken)
    {
        var rules = await book.OfAsync(who, cancellationToken);
        if (rules.Count == 0)
            return true;
        var source = SourceOf(address);
        if (AccessDecision.Of(rules, service, source, time.GetUtcNow()).Reason is not { } reason)
            return true;
        await NoteAsync(new RefusedLogin(who.TenantId, account, service, reason, source));
        return false;
    }

    /// <summary>The rules are a tenant's over its own people and programs: those of its MSP and the platform's staff come from anywhere.</summary>
    public async ValueTask<bool> AdmitsAsync(Caller caller, IPAddress? address, CancellationToken cancellationToken)
    {
        if (caller.Account is { } account)
        {
            return account.TenantId is not { } own
                || await AdmitsAsync(new AccessWho(own, null, account.Id), account.Address, caller.Service, address, cancellationToken);
        }

        if (caller.Scope.MspId is not null)
            return true;
        foreach (var tenant in caller.Scope.Tenants)
        {
            if (!await AdmitsAsync(new AccessWho(tenant), caller.Scope.Actor, caller.Service, address, cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>A login that failed, or that was not looked at.</summary>
    public Task FailedAsync(Guid tenantId, string account, AccessService service, AccessReason reason, IPAddress? address) =>
        NoteAsync(new RefusedLogin(tenantId, account, service, reason, SourceOf(address)));

    /// <summary>Remembers whence somebody came in, and tells where nobody travels there so fast.</summary>
    public async Task CameInAsync(Guid tenantId, string account, AccessService service, IPAddress? address, CancellationToken cancellationToken)
    {
        var source = SourceOf(address);
        var travel = await seen.SeenAsync(
            tenantId, account, new AccountPlace(source.Address.ToString(), source.Country, source.Asn, time.GetUtcNow(), AccessServices.NameOf(service)), cancellationToken);
        if (travel is null)
            return;
        var journey = new ToldJourney(travel.FromAddress, travel.FromCountry, travel.Kilometres, (int)travel.Elapsed.TotalMinutes);
        await refusals.TellTravelAsync(tenantId, account, service, source, journey, CancellationToken.None);
    }

    /// <summary>Whoever is refused stays refused, also where that cannot be recorded. The caller's going away changes nothing.</summary>
    private async Task NoteAsync(RefusedLogin refused)
    {
        try
        {
            if (!await refusals.NoteAsync(refused, CancellationToken.None))
                return;
            // Whoever sprays has not come to any limit yet.
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AttemptLimits>().HoldNetworkAsync(refused.TenantId, refused.Service, refused.Source.Address, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Unrecorded(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused login could not be recorded")]
    private static partial void Unrecorded(ILogger logger, Exception exception);
}
