using Platform.Storage.Directory;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Storage.Onboarding.Ldap;

/// <summary>Directories of tenants: set by people and programs, run by workers under a lease.</summary>
public interface ILdapDirectories
{
    /// <returns>Id of the directory; else <c>INVALID_LDAP</c>, <c>LDAP_SECRET_REQUIRED</c>, <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, NewLdapDirectory directory, CancellationToken cancellationToken);

    /// <summary>Mailboxes and groups stay.</summary>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Runs it now, in the background.</summary>
    /// <param name="test">Nothing is changed.</param>
    Task<CommandResult<Guid>> RunAsync(Scope scope, Guid tenantId, bool test, CancellationToken cancellationToken);

    Task<LdapJob?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken);

    Task EndAsync(LdapJob job, LdapRun run, CancellationToken cancellationToken);

    /// <summary>Mailboxes that a directory made and that are still there, by address.</summary>
    Task<IReadOnlyDictionary<string, Guid>> MailboxesAsync(LdapJob job, CancellationToken cancellationToken);
}

/// <summary>Which servers may be named.</summary>
public interface ILdapAddressRule
{
    /// <returns>A sentence that says what is wrong; null when it may be named.</returns>
    string? Refuse(string host, int port);
}

/// <summary>Any server; for a store without workers.</summary>
internal sealed class AnyLdapAddress : ILdapAddressRule
{
    public string? Refuse(string host, int port) => null;
}

/// <param name="BindSecret">Null: as before.</param>
/// <param name="Filter">RFC 4515.</param>
/// <param name="EveryMinutes">0: only when asked; else 15 to 10,080.</param>
/// <param name="MaxRemovalPercent">1 to 100.</param>
public sealed record NewLdapDirectory(
    string Host,
    int Port,
    LdapSecurity Security,
    string? TrustedRoots,
    string BindName,
    string? BindSecret,
    string Base,
    string Filter,
    string AddressAttribute,
    string NameAttribute,
    string AliasAttribute,
    string GroupAttribute,
    int EveryMinutes,
    int MaxRemovalPercent);

/// <param name="DueAt">What was asked for since has another.</param>
public sealed record LdapJob(Guid Id, Guid TenantId, Guid Token, bool Test, NewLdapDirectory Directory, DateTimeOffset DueAt);

/// <param name="Outcome"><c>done</c>, <c>tested</c>, <c>held</c> (too many would be removed) or <c>failed</c>.</param>
/// <param name="Error">Why it failed, cleaned and cut; null when it did not.</param>
public sealed record LdapRun(DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Outcome, int Entries, int Created, int Changed, int Unchanged, int Refused, int Removed, string? Error, IReadOnlyList<MailboxLineError> Errors)
{
    public static LdapRun? Read(string? json) => json is null ? null : System.Text.Json.JsonSerializer.Deserialize(json, LdapJsonContext.Default.LdapRun);
}
