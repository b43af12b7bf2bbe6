namespace Platform.Storage.Accounts;

/// <summary>A part of the platform that holds something of an account outside of the storage. Both may be called again.</summary>
public interface IAccountFarewell
{
    /// <summary>Ends its sign-ins and whatever was sent to it to sign in by; its credentials stay. Disabled, or its address is another's now.</summary>
    Task SignOutAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Lets go of all of it.</summary>
    Task LeaveAsync(Guid accountId, CancellationToken cancellationToken);
}
