using System.ComponentModel;
using System.Text.Json.Serialization;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Schema;

/// <summary>What every mutation takes.</summary>
internal abstract record MutationInput
{
    /// <summary>Not part of what is asked, so not part of what an idempotency key stands for.</summary>
    [JsonIgnore]
    [Description("Echoed in the payload.")]
    public string? ClientMutationId { get; init; }

    [JsonIgnore]
    [Description("Within a client, one key makes one command act once: a repeat gets the first answer. Up to 200 characters.")]
    public string? IdempotencyKey { get; init; }
}

[Named("MutationError")]
[AnyClient]
[Description("Why a command was not carried out.")]
internal sealed record MutationError(
    [property: Description("Stable code to branch on.")] string Code,
    [property: Description("A sentence that says what to do.")] string Message,
    [property: Description("The input field at fault, where there is one.")] string? Field,
    [property: Description("Where in a condition the fault is, in characters from 0.")] int? Position = null);

/// <summary>How a command ended, in a form that an idempotency key can keep.</summary>
internal sealed record Outcome(string? Id, MutationError? Error)
{
    public static Outcome Done(Guid id) => new(id.ToString(), null);

    public static Outcome Failed(string code, string message, string? field = null) => new(null, new MutationError(code, message, field));

    public static Outcome Refused(MutationError error) => new(null, error);

    /// <param name="language">Of the sentence about a condition.</param>
    public static Outcome Of(global::Platform.Storage.Rules.RuleResult result, string language) => result.Succeeded
        ? new Outcome(result.Id?.ToString(), null)
        : new Outcome(null, new MutationError(
            result.Code!, result.Error?.Render(System.Globalization.CultureInfo.GetCultureInfo(language)) ?? result.Message ?? "", result.Field, result.Error?.Position));

    public static Outcome Of<T>(global::Platform.Storage.Directory.CommandResult<T> result, Guid? id = null) =>
        result.Succeeded ? new Outcome(id?.ToString() ?? result.Value?.ToString(), null) : Failed(result.Code!, result.Message ?? "");

    [JsonIgnore]
    public IReadOnlyList<MutationError> Errors => Error is null ? [] : [Error];

    [JsonIgnore]
    public Guid? Key => Id is null ? null : Guid.Parse(Id);
}

/// <summary>Runs a command once for its key and turns what it refuses into typed errors.</summary>
internal sealed class MutationRunner(Idempotency idempotency, CallerContext caller)
{
    /// <param name="owner">Under which the key is kept: the tenant, or the MSP that makes one.</param>
    public Task<Outcome> RunAsync(Guid owner, string operation, MutationInput input, Func<Task<Outcome>> command, CancellationToken cancellationToken) =>
        RunAsync(owner, operation, input, command, Outcome.Refused, cancellationToken);

    /// <summary>For commands whose answer is more than an id.</summary>
    public async Task<TAnswer> RunAsync<TAnswer>(Guid owner, string operation, MutationInput input, Func<Task<TAnswer>> command, Func<MutationError, TAnswer> refused, CancellationToken cancellationToken)
    {
        try
        {
            return await idempotency.RunAsync(caller.Current.Scope, owner, input.IdempotencyKey, operation, input, command, cancellationToken);
        }
        catch (Exception exception) when (ErrorMapping.Translate(exception) is { } known)
        {
            return refused(new MutationError(known.Code, known.Message, known.Field));
        }
    }

    /// <summary>For commands of one tenant: finds it, then runs.</summary>
    public Task<Outcome> RunForTenantAsync(string? tenant, string operation, MutationInput input, Func<global::Platform.Storage.Scopes.Scope, Guid, Task<Outcome>> command, CancellationToken cancellationToken) =>
        RunForAsync(() => caller.Current.ForTenant(tenant), place => place.TenantId, operation, input, place => command(place.Scope, place.TenantId), Outcome.Refused, cancellationToken);

    /// <summary>For commands of whoever the input names.</summary>
    /// <param name="find">May refuse what was named.</param>
    /// <param name="owner">Under which the key is kept.</param>
    public async Task<TAnswer> RunForAsync<TPlace, TAnswer>(
        Func<TPlace> find,
        Func<TPlace, Guid> owner,
        string operation,
        MutationInput input,
        Func<TPlace, Task<TAnswer>> command,
        Func<MutationError, TAnswer> refused,
        CancellationToken cancellationToken)
    {
        TPlace place;
        try
        {
            place = find();
        }
        catch (ApiException known)
        {
            return refused(new MutationError(known.Code, known.Message, known.Field));
        }

        return await RunAsync(owner(place), operation, input, () => command(place), refused, cancellationToken);
    }
}
