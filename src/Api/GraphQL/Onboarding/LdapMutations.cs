using System.ComponentModel;
using System.Text.Json.Serialization;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

internal sealed class LdapMutations(ILdapDirectories directories, OnboardingQueries queries, MutationRunner runner)
{
    [Requires(Permissions.DirectoryWrite)]
    [Description("Says from which directory a tenant's mailboxes and groups are kept, in the place of the one before.")]
    public async Task<SetLdapDirectoryPayload> SetLdapDirectory([Description("The directory.")] SetLdapDirectoryInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "setLdapDirectory", input, async (scope, tenant) => Outcome.Of(await directories.SetAsync(scope, tenant, input.ToDirectory(), cancellationToken)), cancellationToken);
        return new SetLdapDirectoryPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Forgets a tenant's directory. Mailboxes and groups stay.")]
    public async Task<RemoveLdapDirectoryPayload> RemoveLdapDirectory([Description("Whose.")] RemoveLdapDirectoryInput input, CancellationToken cancellationToken) => new(
        await runner.RunForTenantAsync(input.Tenant, "removeLdapDirectory", input, async (scope, tenant) => Outcome.Of(await directories.RemoveAsync(scope, tenant, cancellationToken)), cancellationToken),
        input);

    [Requires(Permissions.DirectoryWrite)]
    [Description("Reads a tenant's directory now, in the background: its lastRun tells how that ended, and so does the event directory.synced.")]
    public async Task<RunLdapDirectoryPayload> RunLdapDirectory([Description("Whose, and whether to change anything.")] RunLdapDirectoryInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "runLdapDirectory", input, async (scope, tenant) => Outcome.Of(await directories.RunAsync(scope, tenant, input.Test, cancellationToken)), cancellationToken);
        return new RunLdapDirectoryPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    private async Task<LdapDirectoryNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id ? await queries.FindDirectoryAsync(id, cancellationToken) : null;
}

[Description("Input of setLdapDirectory.")]
internal sealed record SetLdapDirectoryInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Server of the directory, which must be reachable from here.")]
    public required string Host { get; init; }

    [Description("Port; 389, 636, or one from 1024 up.")]
    public required int Port { get; init; }

    [Description("How the way there is encrypted.")]
    public required LdapSecurity Security { get; init; }

    [Description("Certificates in PEM that alone are trusted; left out: those of the system.")]
    public string? TrustedRoots { get; init; }

    [Description("The name to sign in with.")]
    public required string BindName { get; init; }

    /// <summary>Out of what an idempotency key stands for: of that a hash is kept, by which a short secret could be guessed.</summary>
    [JsonIgnore]
    [Description("Its secret, kept encrypted; left out: as before, for the same server and name.")]
    public string? BindSecret { get; init; }

    [Description("Where the search begins, such as 'ou=people,dc=example,dc=com'.")]
    public required string Base { get; init; }

    [Description("Which entries are mailboxes (RFC 4515); left out: '(mail=*)'.")]
    public string? Filter { get; init; }

    [Description("Attribute that holds the address; left out: 'mail'.")]
    public string? AddressAttribute { get; init; }

    [Description("Attribute that holds the name of the person; left out: 'displayName'.")]
    public string? NameAttribute { get; init; }

    [Description("Attribute that holds further addresses, such as 'proxyAddresses'; left out: they are not kept from here.")]
    public string? AliasAttribute { get; init; }

    [Description("Attribute that holds the groups, such as 'memberOf'; left out: they are not kept from here.")]
    public string? GroupAttribute { get; init; }

    [Description("Minutes from the end of a run to the next, 15 to 10,080; left out or 0: only when asked.")]
    public int? EveryMinutes { get; init; }

    [Description("A run that would remove more than this share of the mailboxes it keeps removes none, 1 to 100 percent; left out: 10.")]
    public int? MaxRemovalPercent { get; init; }

    internal NewLdapDirectory ToDirectory() => new(
        Host, Port, Security, TrustedRoots, BindName, BindSecret, Base, Filter ?? "(mail=*)", AddressAttribute ?? "mail", NameAttribute ?? "displayName", AliasAttribute ?? "", GroupAttribute ?? "",
        EveryMinutes ?? 0, MaxRemovalPercent ?? 10);
}

[Description("Input of removeLdapDirectory.")]
internal sealed record RemoveLdapDirectoryInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }
}

[Description("Input of runLdapDirectory.")]
internal sealed record RunLdapDirectoryInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("True: nothing is changed.")]
    public required bool Test { get; init; }
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of setLdapDirectory.")]
internal sealed class SetLdapDirectoryPayload(LdapDirectoryNode? directory, Outcome outcome, MutationInput input)
{
    [Description("The directory after the call.")]
    public LdapDirectoryNode? Directory => directory;

    [Description("Why it was not set; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of removeLdapDirectory.")]
internal sealed class RemoveLdapDirectoryPayload(Outcome outcome, MutationInput input)
{
    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of runLdapDirectory.")]
internal sealed class RunLdapDirectoryPayload(LdapDirectoryNode? directory, Outcome outcome, MutationInput input)
{
    [Description("The directory, whose run is due.")]
    public LdapDirectoryNode? Directory => directory;

    [Description("Why it is not run; empty when it is.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
