using System.Buffers.Text;
using System.ComponentModel;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Transport;
using Platform.Api.Identity;
using Platform.Storage.Audit;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Clients;

/// <summary>What is done to an API client in its life: a new secret, other bounds, the documents it sends.</summary>
internal sealed class ClientKeyMutations(IClientRegistry clients, IAuditLog audit, CallerContext caller, MutationRunner runner, TimeProvider time)
{
    private const int MaxOverlapHours = 30 * 24;
    private const int DefaultOverlapHours = 24;
    private const int MaxNetworks = 100;
    private const int MaxDocuments = 200;
    private const int MaxDocumentCharacters = 256 * 1024;
    private const int MaxNameLength = 200;

    [Requires(Permissions.ClientsWrite)]
    [Description("Gives an API client a new secret, shown once. The one of before holds on for the overlap, so that no program is cut off.")]
    public async Task<RotateApiClientSecretPayload> RotateApiClientSecret([Description("Which client.")] RotateApiClientSecretInput input, CancellationToken cancellationToken)
    {
        string? secret = null;
        var outcome = await RunAsync("rotateApiClientSecret", input.ClientId, input, async client =>
        {
            var hours = input.OverlapHours ?? DefaultOverlapHours;
            if (hours is < 0 or > MaxOverlapHours)
                return Outcome.Failed(ErrorCodes.BadUserInput, $"The overlap is from 0 to {MaxOverlapHours} hours.", "overlapHours");
            var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            // Before the secret: whoever learns it is behind what the client does.
            await clients.ChangeAsync(client.ClientId, now => now with { Makers = [.. now.Makers.Union(caller.Current.Scope.People)] }, cancellationToken);
            await clients.RotateAsync(client.ClientId, made, time.GetUtcNow().AddHours(hours), cancellationToken);
            await AuditAsync(client, "client.secret-rotated", new { overlapHours = hours }, cancellationToken);
            secret = made;
            return new Outcome(client.ClientId, null);
        }, cancellationToken);
        return new RotateApiClientSecretPayload(await FindAsync(outcome, cancellationToken), secret, outcome, input);
    }

    [Requires(Permissions.ClientsWrite)]
    [Description("Changes what is given of an API client; what is left out stays.")]
    public async Task<ChangeApiClientPayload> ChangeApiClient([Description("The change.")] ChangeApiClientInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync("changeApiClient", input.ClientId, input, async client =>
        {
            var scope = caller.Current.Scope;
            if (input.DisplayName is { Length: 0 or > MaxNameLength })
                return Outcome.Failed(ErrorCodes.BadUserInput, $"The name has 1 to {MaxNameLength} characters.", "displayName");
            if (input.Permissions is { } permissions && (permissions.Count == 0 || !ClientReach.MayGive(scope, client.Tenants, permissions)))
                return Outcome.Failed(ErrorCodes.BadUserInput, "Name at least one permission, and only such as this client holds itself.", "permissions");
            if (input.ExpiresAt <= time.GetUtcNow())
                return Outcome.Failed(ErrorCodes.BadUserInput, "The end must lie in the future.", "expiresAt");
            if (input.Networks is { } networks && (networks.Count > MaxNetworks || networks.Any(network => !IPNetwork.TryParse(network, out _))))
                return Outcome.Failed(ErrorCodes.BadUserInput, $"Write each network as address/prefix, such as 192.0.2.0/24; at most {MaxNetworks}.", "networks");
            await clients.ChangeAsync(client.ClientId, now => now with
            {
                DisplayName = input.DisplayName ?? now.DisplayName,
                Permissions = input.Permissions?.ToHashSet(StringComparer.Ordinal) ?? now.Permissions,
                ExpiresAt = input.ExpiresAt ?? now.ExpiresAt,
                Networks = input.Networks ?? now.Networks,
                OnlyRegisteredDocuments = input.OnlyRegisteredDocuments ?? now.OnlyRegisteredDocuments,
            }, cancellationToken);
            await AuditAsync(client, "client.changed", new { input.DisplayName, input.Permissions, input.ExpiresAt, input.Networks, input.OnlyRegisteredDocuments }, cancellationToken);
            return new Outcome(client.ClientId, null);
        }, cancellationToken);
        return new ChangeApiClientPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.ClientsWrite)]
    [Description("Registers the GraphQL documents that an API client sends, in place of those before.")]
    public async Task<RegisterDocumentsPayload> RegisterDocuments([Description("The documents.")] RegisterDocumentsInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync("registerDocuments", input.ClientId, input, async client =>
        {
            if (input.Documents.Count > MaxDocuments || input.Documents.Sum(document => (long)document.Length) > MaxDocumentCharacters)
                return Outcome.Failed(ErrorCodes.BadUserInput, $"At most {MaxDocuments} documents of {MaxDocumentCharacters} characters in all are registered for a client.", "documents");
            var documents = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var document in input.Documents)
                documents[PersistedDocuments.Sha256(document)] = document;
            await clients.ChangeAsync(client.ClientId, now => now with { Documents = documents }, cancellationToken);
            await AuditAsync(client, "client.documents-registered", new { count = documents.Count }, cancellationToken);
            return new Outcome(client.ClientId, null);
        }, cancellationToken);
        return new RegisterDocumentsPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    private Task<Outcome> RunAsync(string operation, string clientId, MutationInput input, Func<ApiClient, Task<Outcome>> command, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        return runner.RunAsync(caller.Current.Home, operation, input, async () =>
        {
            var known = (await clients.ListAsync(scope.Tenants, scope.MspId, cancellationToken)).FirstOrDefault(pair => pair.Client.ClientId == clientId).Client;
            if (known is null)
                return Outcome.Failed(ErrorCodes.NotFound, "No such client is in reach.", "clientId");
            // Whoever could set the secret of a mightier client would be that client.
            return ClientReach.MayGive(scope, known.Tenants, known.Permissions)
                ? await command(known)
                : Outcome.Failed(ErrorCodes.Forbidden, "The client may do what you may not, so it is changed by somebody who may.", "clientId");
        }, cancellationToken);
    }

    // A client of an MSP has no tenant whose log would hold it; then it stands on that of each tenant.
    private async Task AuditAsync(ApiClient client, string action, object detail, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        foreach (var tenant in client.Tenants.Count > 0 ? client.Tenants.Take(1) : scope.Tenants)
            await audit.AppendAsync(scope, tenant, action, "client:" + client.ClientId, JsonSerializer.Serialize(detail), cancellationToken);
    }

    private async Task<ApiClientNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome is { Error: null, Id: { } id } && await clients.FindAsync(id, cancellationToken) is { } client ? new ApiClientNode(client, null) : null;
}

[Description("Input of rotateApiClientSecret.")]
internal sealed record RotateApiClientSecretInput : MutationInput
{
    [Id]
    [Description("Its client_id.")]
    public required string ClientId { get; init; }

    [Description("How many hours the secret of before holds on; by default 24, at most 720. With 0 it ends at once.")]
    public int? OverlapHours { get; init; }
}

[Description("Input of changeApiClient. What is left out stays.")]
internal sealed record ChangeApiClientInput : MutationInput
{
    [Id]
    [Description("Its client_id.")]
    public required string ClientId { get; init; }

    [Description("Name for people.")]
    public string? DisplayName { get; init; }

    [Description("What it may do.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    [Description("When it ends.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("Networks (CIDR) from which alone its tokens are taken; an empty list: from anywhere.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("True: it may send none but registered GraphQL documents.")]
    public bool? OnlyRegisteredDocuments { get; init; }
}

[Description("Input of registerDocuments.")]
internal sealed record RegisterDocumentsInput : MutationInput
{
    [Id]
    [Description("Its client_id.")]
    public required string ClientId { get; init; }

    [Description("All documents that it may send, in full; at most 200.")]
    public required IReadOnlyList<string> Documents { get; init; }
}

[Requires(Permissions.ClientsWrite)]
[Description("Result of rotateApiClientSecret.")]
internal sealed class RotateApiClientSecretPayload(ApiClientNode? client, string? secret, Outcome outcome, MutationInput input)
{
    [Description("The client; null when nothing was done.")]
    public ApiClientNode? Client => client;

    [Description("The new secret, shown this once; null on a repeat under the same idempotency key.")]
    public string? Secret => secret;

    [Description("Why nothing was done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ClientsWrite)]
[Description("Result of changeApiClient.")]
internal sealed class ChangeApiClientPayload(ApiClientNode? client, Outcome outcome, MutationInput input)
{
    [Description("The client; null when nothing was changed.")]
    public ApiClientNode? Client => client;

    [Description("Why nothing was changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ClientsWrite)]
[Description("Result of registerDocuments.")]
internal sealed class RegisterDocumentsPayload(ApiClientNode? client, Outcome outcome, MutationInput input)
{
    [Description("The client; null when nothing was registered.")]
    public ApiClientNode? Client => client;

    [Description("Why nothing was registered; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
