using Platform.Benchmarks.MainJob;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.Tenants.Feed;
using Platform.Benchmarks.Tenants.Onboarding;
using Platform.Benchmarks.Tenants.Webhooks;

namespace Platform.Benchmarks.Tenants;

/// <summary>Tenants, sign-in and the machine interfaces.</summary>
internal static class TenantsSuite
{
    public static Suite Create() => new("tenants",
    [
        new IsolationBench(),
        new AuditsBench(),
        new BruteBench(),
        new OidcBench(),
        new FeedBench(),
        new SchemaBreakBench(),
        new SqlPerPageBench(),
        new OpenApiLintBench(),
        new PurgeBench(),
        new WebhooksBench(),
        new OnboardingBench(),
    ]);
}
