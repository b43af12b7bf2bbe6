using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Directory;

[Description("Input of createTenant.")]
internal sealed record CreateTenantInput : MutationInput
{
    [Description("Short name, unique over the platform: lower-case letters, digits and hyphens.")]
    public required string Slug { get; init; }

    [Description("Name for people.")]
    public required string Name { get; init; }

    [Description("Language of its mails and reports: 'ja' or 'en'.")]
    public required string Language { get; init; }

    [Description("Where its mail is delivered: 'smtp://host:port' or 'maildir:PATH'.")]
    public required string Route { get; init; }

    [Description("Networks of its own relays.")]
    public IReadOnlyList<string>? TrustedHops { get; init; }

    [Description("Where journal copies arrive.")]
    public string? JournalAddress { get; init; }
}

[Description("Input of updateTenant. What is left out stays.")]
internal sealed record UpdateTenantInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name for people.")]
    public string? Name { get; init; }

    [Description("Language of its mails and reports: 'ja' or 'en'.")]
    public string? Language { get; init; }

    [Description("Where its mail is delivered: 'smtp://host:port' or 'maildir:PATH'.")]
    public string? Route { get; init; }

    [Description("Networks of its own relays.")]
    public IReadOnlyList<string>? TrustedHops { get; init; }

    [Description("Where journal copies arrive.")]
    public string? JournalAddress { get; init; }

    [Description("Where people forward suspicious mail to, an address in a domain of the tenant; empty turns it off.")]
    public string? ReportAddress { get; init; }
}

[Description("Input of createMailbox.")]
internal sealed record CreateMailboxInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Address within a domain of the tenant.")]
    public required string Address { get; init; }

    [Description("Name of the person.")]
    public string? DisplayName { get; init; }
}

[Description("Input of removeMailbox.")]
internal sealed record RemoveMailboxInput : MutationInput
{
    [Id]
    [Description("The mailbox to remove.")]
    public required string MailboxId { get; init; }
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of createTenant.")]
internal sealed class CreateTenantPayload(TenantNode? tenant, Outcome outcome, MutationInput input)
{
    [Description("The new tenant.")]
    public TenantNode? Tenant => tenant;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of updateTenant.")]
internal sealed class UpdateTenantPayload(TenantNode? tenant, Outcome outcome, MutationInput input)
{
    [Description("The tenant after the call.")]
    public TenantNode? Tenant => tenant;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of createMailbox.")]
internal sealed class CreateMailboxPayload(MailboxNode? mailbox, Outcome outcome, MutationInput input)
{
    [Description("The new mailbox.")]
    public MailboxNode? Mailbox => mailbox;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.DirectoryWrite)]
[Description("Result of removeMailbox.")]
internal sealed class RemoveMailboxPayload(Outcome outcome, RemoveMailboxInput input)
{
    [Id]
    [Description("The id of the mailbox that is gone; null when it is not.")]
    public string? RemovedMailboxId => outcome.Error is null ? input.MailboxId : null;

    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
