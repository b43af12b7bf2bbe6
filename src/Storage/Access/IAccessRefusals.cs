namespace Platform.Storage.Access;

/// <summary>
/// Keeps what was not let in, with the place. Attempts that are alike are one row an hour with a count, and an event at the 1st, 10th, 100th ...
/// of them; a tenant has so many rows an hour at most.
/// </summary>
public interface IAccessRefusals
{
    /// <summary>The first of its kind is durable when this returns; what follows within seconds is counted together.</summary>
    /// <returns>True: this attempt shows that its network tries few passwords on many accounts: of whatever tenants, or, where a mail server reports it (<see cref="AccessService.MailServer"/>), of its own.</returns>
    Task<bool> NoteAsync(RefusedLogin refused, CancellationToken cancellationToken);

    /// <summary>Tells that somebody came in from where it cannot have travelled to.</summary>
    Task TellTravelAsync(Guid tenantId, string account, AccessService service, AccessSource source, ToldJourney journey, CancellationToken cancellationToken);

    /// <summary>Writes what is counted and not written yet.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Whence somebody came in last, and how far that is.</summary>
/// <param name="Kilometres">At least.</param>
/// <param name="Minutes">Between the two.</param>
public sealed record ToldJourney(string Address, string Country, int Kilometres, int Minutes);

/// <param name="Account">Address of a mailbox or person of the tenant, or <c>client:</c> and the id of a program; empty: none of its. Never what a stranger made up.</param>
public sealed record RefusedLogin(Guid TenantId, string Account, AccessService Service, AccessReason Reason, AccessSource Source);
