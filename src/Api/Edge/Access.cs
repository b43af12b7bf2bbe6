namespace Platform.Api.Edge;

/// <summary>What a route or a field asks of its caller. Whatever declares nothing is refused.</summary>
/// <param name="Permission">Null: any signed-in client, or anybody when <paramref name="Public"/>.</param>
internal sealed record RequiredAccess(string? Permission, bool Public = false)
{
    public static RequiredAccess Anybody { get; } = new(null, Public: true);

    public static RequiredAccess AnyClient { get; } = new((string?)null);
}

internal enum AccessOutcome
{
    Granted,
    SignInFirst,
    PermissionMissing,
}

/// <summary>The one place that says yes or no, for REST routes and GraphQL fields alike.</summary>
internal static class Access
{
    public static AccessOutcome Check(CallerContext caller, RequiredAccess? required) => required switch
    {
        { Public: true } => AccessOutcome.Granted,
        _ when !caller.IsKnown => AccessOutcome.SignInFirst,
        null => AccessOutcome.PermissionMissing,
        { Permission: null } => AccessOutcome.Granted,
        { Permission: var permission } => caller.Current.Scope.Allows(permission) ? AccessOutcome.Granted : AccessOutcome.PermissionMissing,
    };

    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredAccess(permission));

    public static TBuilder AllowAnyClient<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(RequiredAccess.AnyClient);

    public static TBuilder AllowAnybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(RequiredAccess.Anybody);
}
