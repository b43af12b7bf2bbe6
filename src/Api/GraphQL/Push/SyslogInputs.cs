using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

[Description("Input of createSyslogTarget.")]
internal sealed record CreateSyslogTargetInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach and origin is TENANT.")]
    public string? Tenant { get; init; }

    [Description("Whose events are sent; by default a tenant's. MSP is for clients of an MSP.")]
    public PushOrigin? Origin { get; init; }

    [Description("Host name or address; its certificate must name it.")]
    public required string Host { get; init; }

    [Description("TCP port; by default 6514.")]
    public int? Port { get; init; }

    [Description("How events are written; by default JSON.")]
    public SyslogFormat? Format { get; init; }

    [Description("Facility of the messages, 0 to 23; by default 16, local0.")]
    public int? Facility { get; init; }

    [Description("For people, up to 200 characters.")]
    public string? Description { get; init; }

    [Description("Kinds of events, such as 'delivery.quarantined', or groups such as 'delivery.*'; left out or empty: all.")]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Description("Certificates in PEM that alone are trusted; left out: those of the system.")]
    public string? TrustedRoots { get; init; }

    [Description("Certificate and unencrypted key in PEM to sign in with, one behind the other. Kept encrypted and never shown.")]
    public string? ClientCertificate { get; init; }

    [Description("Cursor of the event feed to begin behind; left out, with what happens from now on.")]
    public string? After { get; init; }
}

[Description("Input of updateSyslogTarget. What is left out stays.")]
internal sealed record UpdateSyslogTargetInput : MutationInput
{
    [Id]
    [Description("The target.")]
    public required string TargetId { get; init; }

    [Description("Host name or address.")]
    public string? Host { get; init; }

    [Description("TCP port.")]
    public int? Port { get; init; }

    [Description("How events are written.")]
    public SyslogFormat? Format { get; init; }

    [Description("Facility of the messages, 0 to 23.")]
    public int? Facility { get; init; }

    [Description("For people.")]
    public string? Description { get; init; }

    [Description("Kinds of events or groups of them; empty: all.")]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Description("Certificates in PEM that alone are trusted; empty: those of the system.")]
    public string? TrustedRoots { get; init; }

    [Description("Certificate and unencrypted key in PEM; empty: none.")]
    public string? ClientCertificate { get; init; }

    [Description("Whether events are sent.")]
    public bool? Enabled { get; init; }
}

[Description("Input of removeSyslogTarget.")]
internal sealed record RemoveSyslogTargetInput : MutationInput
{
    [Id]
    [Description("The target.")]
    public required string TargetId { get; init; }
}

[Requires(Permissions.PushWrite)]
[Description("Result of createSyslogTarget.")]
internal sealed class CreateSyslogTargetPayload(SyslogTargetNode? target, Outcome outcome, MutationInput input)
{
    [Description("The target after the call.")]
    public SyslogTargetNode? Target => target;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of updateSyslogTarget.")]
internal sealed class UpdateSyslogTargetPayload(SyslogTargetNode? target, Outcome outcome, MutationInput input)
{
    [Description("The target after the call.")]
    public SyslogTargetNode? Target => target;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of removeSyslogTarget.")]
internal sealed class RemoveSyslogTargetPayload(Outcome outcome, RemoveSyslogTargetInput input)
{
    [Id]
    [Description("The id of the target that is gone; null when it is not.")]
    public string? RemovedTargetId => outcome.Error is null ? input.TargetId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
