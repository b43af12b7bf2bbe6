using Microsoft.Extensions.DependencyInjection;
using Platform.Storage.Reports;

namespace Platform.Storage.Quarantine;

internal static class QuarantineServices
{
    /// <summary>What people do with mail that is held for them, and say of verdicts.</summary>
    public static IServiceCollection AddQuarantine(this IServiceCollection services)
    {
        services.AddSingleton<IMailboxRights, MailboxRights>();
        services.AddSingleton<IMailboxSenders, MailboxSenders>();
        services.AddSingleton<IReleaseRequests, ReleaseRequests>();
        services.AddSingleton<IDigests, Digests>();
        services.AddSingleton<IMailOrders, MailOrders>();
        services.AddSingleton<ILinkActions, LinkActions>();
        services.AddSingleton<IReports, Reports.Reports>();
        services.AddSingleton<SameMail>();
        services.AddSingleton<ReportDecision>();
        services.AddSingleton<IReportMails, ReportMails>();
        services.AddSingleton<ILearningLabels, LearningLabels>();
        return services;
    }
}
