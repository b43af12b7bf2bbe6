using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

internal sealed class LdapSecurityEnum : EnumerationGraphType
{
    public LdapSecurityEnum()
    {
        Name = "LdapSecurity";
        Description = "How the way to a directory is encrypted; its certificate is always verified.";
        Add("TLS", LdapSecurity.Tls, "TLS from the first byte (ldaps), as a rule port 636.");
        Add("START_TLS", LdapSecurity.StartTls, "StartTLS (RFC 4511, 4.14), as a rule port 389.");
    }
}

[Named("LdapDirectory")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("A tenant's own directory (LDAP), from which its mailboxes and groups are kept.")]
internal sealed class LdapDirectoryNode(LdapDirectoryRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.LdapDirectory, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("Its server.")]
    public string Host => row.Host;

    [Description("Its port.")]
    public int Port => row.Port;

    [Description("How the way there is encrypted.")]
    public LdapSecurity Security => row.Security;

    [Description("Certificates in PEM that alone are trusted; null: those of the system.")]
    public string? TrustedRoots => row.TrustedRoots;

    [Description("The name to sign in with; its secret is never shown.")]
    public string BindName => row.BindName;

    [Description("Where the search begins.")]
    public string Base => row.Base;

    [Description("Which entries are mailboxes (RFC 4515).")]
    public string Filter => row.Filter;

    [Description("Attribute that holds the address.")]
    public string AddressAttribute => row.AddressAttribute;

    [Description("Attribute that holds the name of the person.")]
    public string NameAttribute => row.NameAttribute;

    [Description("Attribute that holds further addresses; empty: they are not kept from here.")]
    public string AliasAttribute => row.AliasAttribute;

    [Description("Attribute that holds the groups; empty: they are not kept from here.")]
    public string GroupAttribute => row.GroupAttribute;

    [Description("Minutes from the end of a run to the next; 0: only when asked.")]
    public int EveryMinutes => row.EveryMinutes;

    [Description("A run that would remove more than this share of the mailboxes it keeps removes none, in percent.")]
    public int MaxRemovalPercent => row.MaxRemovalPercent;

    [Description("When the next run is due; null: none is.")]
    public DateTimeOffset? NextRunAt => row.DueAt;

    [Description("The last run that ended.")]
    public LdapRunNode? LastRun => LdapRun.Read(row.LastRun) is { } run ? new LdapRunNode(run) : null;
}

[Named("LdapRun")]
[Requires(Permissions.DirectoryRead)]
[Description("A run over a tenant's directory.")]
internal sealed class LdapRunNode(LdapRun run)
{
    [Description("When it began.")]
    public DateTimeOffset StartedAt => run.StartedAt;

    [Description("When it ended.")]
    public DateTimeOffset EndedAt => run.EndedAt;

    [Description("'done', 'tested' (nothing was changed), 'held' (too many mailboxes would go, so that none did) or 'failed'.")]
    public string Outcome => run.Outcome;

    [Description("Entries with an address.")]
    public int Entries => run.Entries;

    [Description("Mailboxes made.")]
    public int Created => run.Created;

    [Description("Mailboxes changed.")]
    public int Changed => run.Changed;

    [Description("Mailboxes that were so already.")]
    public int Unchanged => run.Unchanged;

    [Description("Entries that were refused.")]
    public int Refused => run.Refused;

    [Description("Mailboxes removed, or in a test that would be.")]
    public int Removed => run.Removed;

    [Description("Why it failed; null when it did not.")]
    public string? Error => run.Error;

    [Description("Entries that were refused, by their place, the first 200.")]
    public IReadOnlyList<LdapEntryErrorNode> EntryErrors => [.. run.Errors.Select(error => new LdapEntryErrorNode(error.Line, error.Code, error.Message))];
}

[Named("LdapEntryError")]
[Requires(Permissions.DirectoryRead)]
[Description("Why an entry of a directory was refused.")]
internal sealed class LdapEntryErrorNode(int place, string code, string message)
{
    [Description("Its place in the order of the directory, from 1.")]
    public int Place => place;

    [Description("Stable code to branch on.")]
    public string Code => code;

    [Description("A sentence that says what to do.")]
    public string Message => message;
}
