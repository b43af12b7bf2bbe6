using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Dns;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Onboarding.Domains;
using Platform.Grains.Onboarding.Flow;
using Platform.Grains.Onboarding.Guides;
using Platform.Grains.Onboarding.Ldap;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Onboarding;

public static class OnboardingServices
{
    /// <summary>Key of the resolver that looks for proofs, without a cache.</summary>
    public const string ProofResolver = "domain-proof";

    /// <summary>Questions of proofs under way at a time in this process.</summary>
    private const int Questions = 16;

    /// <summary><see cref="IDomainProofs"/> alone, for a host without the rest of the flow. Needs the storage and <see cref="FlowSettings"/>.</summary>
    public static IServiceCollection AddDomainProofs(this IServiceCollection services)
    {
        services.TryAddKeyedSingleton<IDnsResolver>(ProofResolver, (s, _) =>
        {
            var (dns, clock) = (s.GetRequiredService<FlowSettings>().Dns, s.GetRequiredService<TimeProvider>());
            return new BoundedResolver(new DnsClientResolver(dns, clock), Questions, dns.Wait, clock);
        });
        services.AddSingleton<MailFlowGuides>();
        services.AddSingleton<DomainProofs>();
        services.AddSingleton<IDomainProofs>(s => s.GetRequiredService<DomainProofs>());
        return services;
    }

    /// <summary>The background work of onboarding. After <see cref="FlowServices.AddPlatformFlow"/>.</summary>
    public static IServiceCollection AddOnboardingWorkers(this IServiceCollection services)
    {
        services.AddSingleton<DomainProofWorker>();
        services.AddHostedService(s => s.GetRequiredService<DomainProofWorker>());
        services.AddSingleton<RecordChecks>();
        services.AddSingleton<RouteCheck>();
        services.AddSingleton<RoundTrip>();
        services.AddSingleton<FlowCheckRun>();
        services.AddSingleton<FlowCheckWorker>();
        services.AddHostedService(s => s.GetRequiredService<FlowCheckWorker>());
        return services;
    }

    /// <summary>What says which directories of tenants may be named. After <see cref="Push.PushServices.AddPush"/>.</summary>
    public static IServiceCollection AddLdapDirectories(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<ILdapAddressRule, LdapAddressRule>());

    /// <summary>Reads the directories of tenants in the background. After <see cref="AddLdapDirectories"/> and <see cref="Push.PushServices.AddPushWorkers"/>.</summary>
    public static IServiceCollection AddLdapWorker(this IServiceCollection services)
    {
        services.AddSingleton<LdapSync>();
        services.AddSingleton<LdapWorker>();
        services.AddHostedService(s => s.GetRequiredService<LdapWorker>());
        return services;
    }
}
