using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Deliveries;

/// <summary>Where one delivery goes.</summary>
internal abstract record RelayRoute
{
    /// <param name="Root">Absolute folder.</param>
    public sealed record ToMaildir(string Root) : RelayRoute;

    public sealed record ToHost(DeliveryRoute.Smtp Route) : RelayRoute;

    /// <summary>Outside of the tenant: only notices of ours and mail of its people go there.</summary>
    public sealed record ToOutside(string Domain) : RelayRoute;

    public sealed record None(DeliveryFailure Failure) : RelayRoute;
}

/// <summary>
/// Mail for a tenant takes the tenant's route, whatever its recipient's domain: nothing that came in can be sent elsewhere.
/// Notices of ours and mail of the tenant's own people go to the outside, or by the route where the recipient is the tenant's own.
/// </summary>
internal sealed class RouteFinder(IRecipientDirectory directory, MaildirWriter maildir)
{
    public async Task<RelayRoute> FindAsync(RelayLease lease, CancellationToken cancellationToken)
    {
        if (await directory.FindTenantAsync(lease.TenantId, cancellationToken) is not { } tenant)
            return new RelayRoute.None(new DeliveryFailure("4.3.5", "The tenant is not in the directory."));

        var (local, domain) = SmtpAddress.Split(lease.Recipient);
        if ((lease.Mode.IsOurs() || lease.Mode == IntakeMode.Submission) && (await directory.FindAsync(local, domain, cancellationToken)).Tenant?.Id != tenant.Id)
            return new RelayRoute.ToOutside(domain.ToLowerInvariant());

        return DeliveryRoute.Parse(tenant.Route, out var error) switch
        {
            DeliveryRoute.Smtp smtp => new RelayRoute.ToHost(smtp),
            DeliveryRoute.Maildir { Path: var path } when maildir.RootOf(path) is { } root => new RelayRoute.ToMaildir(root),
            DeliveryRoute.Maildir => new RelayRoute.None(new DeliveryFailure("4.3.5", "The tenant's Maildir lies outside of the allowed folders.")),
            _ => new RelayRoute.None(new DeliveryFailure("4.3.5", $"The tenant's route cannot be used. {error}")),
        };
    }
}
