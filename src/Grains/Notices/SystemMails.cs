using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Mails;
using Platform.Storage.Messages;
using Platform.Storage.Notices;

namespace Platform.Grains.Notices;

internal sealed partial class SystemMails(SystemMailWriter writer, INoticeQueue queue, FlowSettings settings, ILogger<SystemMails> logger) : ISystemMails
{
    public async Task<SystemMailOutcome> SendAsync(SystemMail mail, CancellationToken cancellationToken)
    {
        if (await writer.WriteAsync(mail, cancellationToken) is not { } message)
            return SystemMailOutcome.NoAddress;
        try
        {
            if (await queue.QueueAsync(message, mail.Template.GetType().Name, settings.Notices.MaxPerHour, cancellationToken))
                return SystemMailOutcome.Queued;
        }
        catch (StorageFullException)
        {
            // No row names it, and the room is wanted.
            await writer.DiscardAsync(message, CancellationToken.None);
            throw;
        }

        await writer.DiscardAsync(message, CancellationToken.None);
        LogTooMany(mail.TenantId, mail.Template.GetType().Name);
        return SystemMailOutcome.TooMany;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recipient of tenant {TenantId} has had its share of system mails of this hour; {Template} is not sent.")]
    private partial void LogTooMany(Guid tenantId, string template);
}

public static class SystemMailServices
{
    /// <summary><see cref="ISystemMails"/>. Needs the storage and <see cref="FlowSettings"/>.</summary>
    public static IServiceCollection AddSystemMails(this IServiceCollection services)
    {
        services.AddSingleton<MailRenderer>();
        services.AddSingleton<SystemMailWriter>();
        services.AddSingleton<ISystemMails, SystemMails>();
        return services;
    }
}
