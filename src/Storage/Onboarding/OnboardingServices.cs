using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Plans;

namespace Platform.Storage.Onboarding;

internal static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services)
    {
        services.AddSingleton<IDomainClaims, DomainClaims>();
        services.AddSingleton<IMailboxImport, MailboxImport>();
        services.AddSingleton<IFlowChecks, FlowChecks>();
        services.AddSingleton<ITenantPlans, TenantPlans>();
        services.TryAddSingleton<ILdapAddressRule, AnyLdapAddress>();
        services.AddSingleton<ILdapDirectories, LdapDirectories>();
        return services;
    }
}
