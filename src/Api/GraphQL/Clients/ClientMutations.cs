using System.Buffers.Text;
using System.ComponentModel;
using System.Security.Cryptography;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Identity;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Clients;

internal sealed class ClientMutations(IClientRegistry clients, IRecipientDirectory directory, IAuditLog audit, ITenantPlans plans, CallerContext caller, MutationRunner runner, TimeProvider time)
{
    private const int MaxNameLength = 200;

    [Requires(Permissions.ClientsWrite)]
    [Description("Makes an API client for one tenant, with at most the permissions of the one who makes it. The secret is shown once.")]
    public async Task<CreateApiClientPayload> CreateApiClient([Description("The client.")] CreateApiClientInput input, CancellationToken cancellationToken)
    {
        string? secret = null;
        var outcome = await runner.RunForTenantAsync(input.Tenant, "createApiClient", input, async (scope, tenant) =>
        {
            if (input.DisplayName.Length is 0 or > MaxNameLength)
                return Outcome.Failed(ErrorCodes.BadUserInput, $"The name has 1 to {MaxNameLength} characters.", "displayName");
            if (input.Permissions.Count == 0 || !ClientReach.MayGive(scope, [tenant], input.Permissions))
                return Outcome.Failed(ErrorCodes.BadUserInput, "Name at least one permission, and only such as this client holds itself.", "permissions");
            if (input.ExpiresAt <= time.GetUtcNow())
                return Outcome.Failed(ErrorCodes.BadUserInput, "The end must lie in the future.", "expiresAt");
            var own = await clients.ListAsync(new HashSet<Guid> { tenant }, null, cancellationToken);
            if (await plans.AdmitAsync(tenant, PlanResource.ApiClients, own.Count, cancellationToken) is { Succeeded: false } full)
                return Outcome.Of(full);

            var settings = await directory.FindTenantAsync(tenant, cancellationToken) ?? throw new ScopeViolationException();
            var clientId = $"{settings.Slug}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
            var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            await clients.EnsureAsync(
                new ApiClient(clientId, input.DisplayName, [tenant], null, input.Permissions.ToHashSet(StringComparer.Ordinal), input.ExpiresAt) { Makers = scope.People },
                made,
                cancellationToken);
            await audit.AppendAsync(scope, tenant, "client.created", "client:" + clientId, "{}", cancellationToken);
            secret = made;
            return new Outcome(clientId, null);
        }, cancellationToken);
        return new CreateApiClientPayload(outcome.Id is { } id ? await FindAsync(id, cancellationToken) : null, secret, outcome, input);
    }

    [Requires(Permissions.ClientsWrite)]
    [Description("Ends an API client: its tokens are refused within ten seconds.")]
    public async Task<RemoveApiClientPayload> RemoveApiClient([Description("Which client.")] RemoveApiClientInput input, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        var outcome = await runner.RunAsync(caller.Current.Home, "removeApiClient", input, async () =>
        {
            var known = (await clients.ListAsync(scope.Tenants, scope.MspId, cancellationToken)).FirstOrDefault(pair => pair.Client.ClientId == input.ClientId).Client;
            if (known is null || known.Tenants.Count == 0)
                return Outcome.Failed(ErrorCodes.NotFound, "No such client of a tenant is in reach.", "clientId");
            if (await clients.RemoveAsync(known.ClientId, cancellationToken))
                await audit.AppendAsync(scope, known.Tenants[0], "client.removed", "client:" + known.ClientId, "{}", cancellationToken);
            return new Outcome(known.ClientId, null);
        }, cancellationToken);
        return new RemoveApiClientPayload(outcome, input);
    }

    private async Task<ApiClientNode?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        await clients.FindAsync(clientId, cancellationToken) is { } client ? new ApiClientNode(client, null) : null;
}

[Description("Input of createApiClient.")]
internal sealed record CreateApiClientInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name for people.")]
    public required string DisplayName { get; init; }

    [Description("What it may do: names such as 'messages.read'.")]
    public required IReadOnlyList<string> Permissions { get; init; }

    [Description("When it ends; left out, it does not.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}

[Description("Input of removeApiClient.")]
internal sealed record RemoveApiClientInput : MutationInput
{
    [Id]
    [Description("Its client_id.")]
    public required string ClientId { get; init; }
}

[Requires(Permissions.ClientsWrite)]
[Description("Result of createApiClient.")]
internal sealed class CreateApiClientPayload(ApiClientNode? client, string? secret, Outcome outcome, MutationInput input)
{
    [Description("The new client.")]
    public ApiClientNode? Client => client;

    [Description("Its secret, shown this once and kept only as a hash; null on a repeat under the same idempotency key.")]
    public string? Secret => secret;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.ClientsWrite)]
[Description("Result of removeApiClient.")]
internal sealed class RemoveApiClientPayload(Outcome outcome, RemoveApiClientInput input)
{
    [Id]
    [Description("The client_id that has ended; null when it has not.")]
    public string? RemovedClientId => outcome.Error is null ? input.ClientId : null;

    [Description("Why it was not ended; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
