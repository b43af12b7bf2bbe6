using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Connectors;

[Description("Input of createConnector. A server is known by a certificate, by a login, or, with neither, by its address alone.")]
internal sealed record CreateConnectorInput : MutationInput
{
    [Id]
    [Description("The tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("For people, up to 200 characters.")]
    public required string Name { get; init; }

    [Description("Networks that it sends from, at most 50. Beside a certificate or a login both must hold; alone they are of /24 (IPv4) or /56 (IPv6) and smaller.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("SHA-256 fingerprints of its client certificates, at most 10, as 'openssl x509 -noout -fingerprint -sha256' gives them.")]
    public IReadOnlyList<string>? Certificates { get; init; }

    [Description("It logs in: a user name and a password are made.")]
    public bool? LogsIn { get; init; }
}

[Description("Input of updateConnector. What is left out stays.")]
internal sealed record UpdateConnectorInput : MutationInput
{
    [Id]
    [Description("The server.")]
    public required string ConnectorId { get; init; }

    [Description("For people.")]
    public string? Name { get; init; }

    [Description("Networks that it sends from; an empty list: any.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("Fingerprints of its client certificates; an empty list: none.")]
    public IReadOnlyList<string>? Certificates { get; init; }

    [Description("Make a new user name and password; those of before hold no more.")]
    public bool? NewLogin { get; init; }

    [Description("It does not log in any more.")]
    public bool? NoLogin { get; init; }
}

[Description("Input of removeConnector.")]
internal sealed record RemoveConnectorInput : MutationInput
{
    [Id]
    [Description("The server.")]
    public required string ConnectorId { get; init; }
}

[Requires(Permissions.ConnectorsWrite)]
[Description("Result of createConnector.")]
internal sealed class CreateConnectorPayload(ConnectorNode? connector, string? password, Outcome outcome, MutationInput input)
{
    [Description("The server.")]
    public ConnectorNode? Connector => connector;

    [Description("The password of its login, shown this once; null without a login, and on a repeat under the same idempotency key.")]
    public string? Password => outcome.Error is null ? password : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ConnectorsWrite)]
[Description("Result of updateConnector.")]
internal sealed class UpdateConnectorPayload(ConnectorNode? connector, string? password, Outcome outcome, MutationInput input)
{
    [Description("The server after the call.")]
    public ConnectorNode? Connector => connector;

    [Description("The password of its new login, shown this once; null where none was made.")]
    public string? Password => outcome.Error is null ? password : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ConnectorsWrite)]
[Description("Result of removeConnector.")]
internal sealed class RemoveConnectorPayload(Outcome outcome, RemoveConnectorInput input)
{
    [Id]
    [Description("The id of the server that is gone; null when it is not.")]
    public string? RemovedConnectorId => outcome.Error is null ? input.ConnectorId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
