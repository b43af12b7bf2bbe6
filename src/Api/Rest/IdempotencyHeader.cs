namespace Platform.Api.Rest;

/// <summary>The Idempotency-Key field of POSTs that create.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    public static string? Read(HttpRequest request) => request.Headers.TryGetValue(Name, out var values) ? values.ToString() : null;

    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesIdempotencyKeyMetadata());
}

/// <summary>For the description of the route.</summary>
internal sealed record TakesIdempotencyKeyMetadata;
