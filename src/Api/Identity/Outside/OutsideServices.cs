namespace Platform.Api.Identity.Outside;

/// <summary>Sign-in by the own OpenID providers of tenants. Needs the guarded way out.</summary>
internal static class OutsideServices
{
    public static IServiceCollection AddOutsideSignIn(this IServiceCollection services)
    {
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<OutsideTransactions>();
        services.AddSingleton<OutsideAddress>();
        services.AddSingleton<IdTokenCheck>();
        services.AddSingleton<CodeExchange>();
        services.AddSingleton<OutsideClaims>();
        services.AddSingleton<OutsideAudit>();
        services.AddSingleton<LocalSignIn>();
        services.AddSingleton<ProviderCheck>();
        services.AddSingleton<OutsideRequest>();
        services.AddScoped<OutsideLinks>();
        services.AddScoped<OutsideAccounts>();
        services.AddScoped<OutsideRoutes>();
        return services;
    }
}
