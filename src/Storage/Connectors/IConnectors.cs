using System.Net;
using Platform.Storage.Access;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Storage.Connectors;

/// <summary>Changes of the servers that send for a tenant. Each writes an event and an audit entry. Whoever makes one lets a server send as anybody of the tenant.</summary>
public interface IConnectorCommands
{
    /// <returns>Its id. Codes: <c>NOT_FOUND</c>, <c>INVALID_NAME</c>, <c>INVALID_CONNECTOR</c>, <c>CONNECTOR_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewConnector connector, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreateAsync"/>
    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid connectorId, ConnectorChange change, CancellationToken cancellationToken);

    /// <summary>What it sends is refused from the next message on.</summary>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid connectorId, CancellationToken cancellationToken);
}

/// <summary>The servers that send for tenants, as sessions meet them; from memory, and anew within seconds of a change.</summary>
public interface IConnectorBook
{
    /// <summary>Whose login it is; null: nobody's.</summary>
    ValueTask<Connector?> FindLoginAsync(string login, CancellationToken cancellationToken);

    ValueTask<Connector?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All that know a session that did not log in, of whatever tenants.</summary>
    ValueTask<IReadOnlyList<Connector>> KnowingAsync(IPAddress address, string? certificate, CancellationToken cancellationToken);

    /// <summary>One of them is known by a certificate, so that it is worth asking for one.</summary>
    ValueTask<bool> AsksForCertificatesAsync(CancellationToken cancellationToken);

    /// <summary>Notes and tells that it sends, once an hour from the same address.</summary>
    Task NoteUseAsync(Connector connector, AccessSource source, CancellationToken cancellationToken);
}

/// <param name="Login">User name and keys of a login; null: it does not log in.</param>
public sealed record NewConnector(string Name, IReadOnlyList<string> Networks, IReadOnlyList<string> Certificates, ConnectorLogin? Login);

public sealed record ConnectorLogin(string UserName, AppPasswordKeys Keys);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="Login">In place of the one before.</param>
/// <param name="NoLogin">It does not log in any more.</param>
public sealed record ConnectorChange(string? Name, IReadOnlyList<string>? Networks, IReadOnlyList<string>? Certificates, ConnectorLogin? Login, bool NoLogin);
