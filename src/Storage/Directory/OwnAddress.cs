namespace Platform.Storage.Directory;

public static class OwnAddress
{
    /// <returns>Whose own address it is, in whatever case: neither an alias, nor one with a tag, nor a role that another answers. Nobody's: both null.</returns>
    public static async ValueTask<RecipientLookup> FindOwnAsync(this IRecipientDirectory directory, string address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!MailAddress.TryParse(address, out var local, out var domain))
            return new RecipientLookup(null, null);
        var found = await directory.FindAsync(local, domain, cancellationToken);
        return found.Mailbox?.Address == $"{local}@{domain}" ? found : new RecipientLookup(null, null);
    }

    /// <returns>In whose domain an address is, whether or not there is such a mailbox; null: in nobody's.</returns>
    public static async ValueTask<TenantSettings?> FindTenantOfAuthorAsync(this IRecipientDirectory directory, string address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(directory);
        // The address of a journal may lie in anybody's domain.
        return MailAddress.TryParse(address, out var local, out var domain) && (await directory.FindAsync(local, domain, cancellationToken)).Tenant is { } tenant && tenant.Domains.Contains(domain) ? tenant : null;
    }
}
