using System.Text;
using Platform.Storage.Directory;
using Platform.Storage.Push;
using Platform.Storage.Transactions;

namespace Platform.Storage.OutsideSignIn;

internal sealed class SignInProviders(IMoveRunner moves, IReadConnections reads, PushKeys keys) : ISignInProviders
{
    public async Task<SignInProvider?> FindByAddressAsync(string address, CancellationToken cancellationToken) => MailAddress.TryParse(address.Trim(), out _, out var domain)
        ? await ReadAsync("p.enabled AND d.name = @key", domain, cancellationToken, " JOIN domains d ON d.sign_in_provider_id = p.id AND d.tenant_id = p.tenant_id")
        : null;

    public Task<SignInProvider?> FindAsync(Guid id, CancellationToken cancellationToken) => ReadAsync("p.enabled AND p.id = @key", id, cancellationToken);

    public Task<SignInProvider?> FindAnyAsync(Guid id, CancellationToken cancellationToken) => ReadAsync("p.id = @key", id, cancellationToken);

    public async Task<string?> OpenSecretAsync(SignInProvider provider, CancellationToken cancellationToken) => provider.SealedSecret is { } stored
        ? Encoding.UTF8.GetString(await keys.OpenAsync(PushOwner.Tenant(provider.TenantId), SignInProviderCommands.SecretLabel(provider.Id), stored, cancellationToken))
        : null;

    public Task NoteSignInAsync(SignInProvider provider, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "UPDATE sign_in_providers SET last_sign_in_at = @now WHERE id = @id AND issuer = @issuer AND client_id = @client",
            ct,
            ("@now", session.NowMilliseconds),
            ("@id", provider.Id),
            ("@issuer", provider.Issuer),
            ("@client", provider.ClientId)),
        cancellationToken);

    private async Task<SignInProvider?> ReadAsync(string where, object key, CancellationToken cancellationToken, string join = "")
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync($"SELECT {StoredSignInProvider.Columns} FROM sign_in_providers p{join} WHERE {where}", Read, cancellationToken, ("@key", key));
    }

    private static SignInProvider Read(System.Data.Common.DbDataReader row)
    {
        var stored = StoredSignInProvider.Read(row);
        return new SignInProvider(
            stored.Id, stored.TenantId, stored.Name, stored.Issuer, stored.ClientId, stored.Scopes, stored.LocalSignIn, stored.CreatesAccounts, stored.RoleClaim, stored.Roles)
        {
            SealedSecret = stored.ClientSecret,
        };
    }
}
