using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.Keys;
using Platform.Storage.Links;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Notices;
using Platform.Storage.Onboarding;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Provisioning;
using Platform.Storage.Purging;
using Platform.Storage.Push;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Quarantine;
using Platform.Storage.Retention;
using Platform.Storage.Rules;
using Platform.Storage.Search;
using Platform.Storage.Sending;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Submission;
using Platform.Storage.Support;
using Platform.Storage.Telemetry;
using Platform.Storage.Templates;
using Platform.Storage.Tracking;
using Platform.Storage.Transport;
using Platform.Storage.Transactions;

namespace Platform.Storage.Setup;

public static class StorageServices
{
    /// <summary>Registers all of this project. Await <see cref="IStorageSetup.PrepareAsync"/> before the first use.</summary>
    public static IServiceCollection AddPlatformStorage(this IServiceCollection services, StorageSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<StatementCount>();
        services.AddSingleton<PlatformKeys>();
        services.AddSingleton<StorageReadiness>();
        services.AddSingleton<SoleProcess>();
        services.AddSingleton<IStorageSetup, StorageSetup>();
        services.AddSingleton<TenantKeys>();
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<BodyFolders>();
        services.AddSingleton<SealLanes>();
        services.AddSingleton<BodySweep>();
        services.AddSingleton<FileBodyStore>();
        services.AddSingleton<IBodyStore>(s => s.GetRequiredService<FileBodyStore>());
        services.AddSingleton<IMessageFlow, MessageFlow>();
        services.AddSingleton<IOutgoingMail, OutgoingMail>();
        services.AddSingleton<IApprovals, Approvals>();
        services.AddSingleton<IProtectedMails, ProtectedMails>();
        services.AddSingleton<IReaderDesk, ReaderDesk>();
        services.AddSingleton<ISendRuleCommands, SendRuleCommands>();
        services.AddSingleton<ISenderGroups, SenderGroups>();
        services.AddSingleton<IApprovalChains, ApprovalChains>();
        services.AddSingleton<FeedCursors>();
        services.AddSingleton<FeedSignal>();
        services.AddSingleton<EventTrim>();
        services.AddHostedService<EventTrimService>();
        services.AddSingleton<IEventFeed, EventFeed>();
        services.AddSingleton<ITenantEvents, TenantEvents>();
        services.AddSingleton<SqliteSearchFile>();
        services.AddSingleton<IMessageSearch, SqliteMessageSearch>();
        services.AddSingleton<SearchSource>();
        services.AddSingleton<SearchProjection>();
        services.AddHostedService(s => s.GetRequiredService<SearchProjection>());
        services.AddHostedService<BodySweepService>();
        services.AddSingleton<RecipientDirectory>();
        services.AddSingleton<IRecipientDirectory>(s => s.GetRequiredService<RecipientDirectory>());
        services.TryAddSingleton<IRouteRule, AnyRoute>();
        services.AddSingleton<IDirectoryCommands, DirectoryCommands>();
        services.AddSingleton<TenantLists>();
        services.AddSingleton<ITenantLists>(s => s.GetRequiredService<TenantLists>());
        services.AddSingleton<IListCommands, ListCommands>();
        services.AddSingleton<IListReading, ListReading>();
        services.AddSingleton<IRuleCommands, RuleCommands>();
        services.AddSingleton<IRuleBook, RuleBook>();
        services.AddSingleton<IPolicyBook, PolicyBook>();
        services.AddSingleton<IPolicyCommands, PolicyCommands>();
        services.AddSingleton<IPolicyReading, PolicyReading>();
        services.AddSingleton<IGroupCommands, GroupCommands>();
        services.AddSingleton<ITemplateCommands, TemplateCommands>();
        services.AddSingleton<ITemplateReading, TemplateReading>();
        services.AddSingleton<IAppPasswords, AppPasswords>();
        services.AddSingleton<ISendLedger, SendLedger>();
        services.AddSingleton<ISendBlocks, SendBlocks>();
        services.AddSingleton<IKnownAttackers, KnownAttackers>();
        services.AddSingleton<IReadTokens, ReadTokens>();
        services.AddSingleton<IOpenKeys, OpenKeys>();
        services.AddSingleton<IReadStore, ReadStore>();
        services.AddSingleton<IReadLedger, ReadLedger>();
        services.AddSingleton<OftenWritten>();
        services.AddSingleton<ICorrespondence, Correspondence>();
        services.AddSingleton<ITransportPolicies, TransportPolicies>();
        services.AddSingleton<IMtaStsStore, MtaStsStore>();
        services.AddSingleton<IDkimKeys, DkimKeys>();
        services.AddSingleton<ITlsReports, TlsReports>();
        services.AddSingleton<IConnectorBook, ConnectorBook>();
        services.AddSingleton<IConnectorCommands, ConnectorCommands>();
        services.AddSingleton<IAccessBook, AccessBook>();
        services.AddSingleton<IAccessRuleCommands, AccessRuleCommands>();
        services.AddSingleton<IAccessRefusals, AccessRefusals>();
        services.AddHostedService<AccessRefusalWriter>();
        services.AddSingleton<SealedTexts>();
        services.AddSingleton<IStoredVerdicts, StoredVerdicts>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<IAccountDirectory>(s => s.GetRequiredService<AccountDirectory>());
        services.AddSingleton<InvitationTokens>();
        services.AddSingleton<IAccountCommands, AccountCommands>();
        services.AddSingleton<IRoleCommands, RoleCommands>();
        services.AddSingleton<IInvitations, Invitations>();
        services.AddSingleton<PushFeeds>();
        services.AddSingleton<PushKeys>();
        services.TryAddSingleton<IPushAddressRule, AnyPushAddress>();
        services.AddSingleton<ISyslogCommands, SyslogCommands>();
        services.AddSingleton<ISyslogQueue, SyslogQueue>();
        services.AddSingleton<ISyslogReading, SyslogReading>();
        services.AddSingleton<ISignInProviderCommands, SignInProviderCommands>();
        services.AddSingleton<ISignInProviders, SignInProviders>();
        services.AddSingleton<IProvisioningCommands, ProvisioningCommands>();
        services.AddSingleton<IProvisioning, ProvisioningStore>();
        services.AddSingleton<WebhookSignal>();
        services.AddSingleton<IWebhookCommands, WebhookCommands>();
        services.AddSingleton<IWebhookQueue, WebhookQueue>();
        services.AddSingleton<IWebhookReading, WebhookReading>();
        services.AddSingleton<ISupportAccess, SupportAccess>();
        services.AddSingleton<IMspContentAccess, MspContentAccess>();
        services.AddHostedService<SupportExpiry>();
        services.AddSingleton<IActionLinks, ActionLinks>();
        services.AddSingleton<INoticeQueue, NoticeQueue>();
        services.AddSingleton<IWorkSignal, WorkSignal>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IReceiptSigner, ReceiptSigner>();
        services.AddRetention();
        services.AddQuarantine();
        services.AddOnboarding();
        if (settings.Provider == StorageProvider.Postgres)
            AddPostgres(services);
        else
            AddSqlite(services);
        services.AddSingleton<IPlatformDbFactory>(s => s.GetRequiredService<IPlatformDbSource>());
        return services;
    }

    /// <summary>For a context of another project that lives beside the platform's: the same PostgreSQL database, or a SQLite file of its own in the data folder.</summary>
    public static DbContextOptionsBuilder UseStorage(this DbContextOptionsBuilder builder, StorageSettings settings, string embeddedFile)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Provider == StorageProvider.Postgres
            ? builder.UseNpgsql(settings.ConnectionString)
            : builder.UseSqlite($"Data Source={Path.Combine(settings.DataDirectory, embeddedFile)}");
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<IReadConnections>(s => s.GetRequiredService<SqliteConnections>());
        services.AddSingleton<IMoveRunner, SqliteMoveRunner>();
        services.AddSingleton<IPlatformDbSource, SqlitePlatformDbSource>();
        services.AddSingleton<IStorageScrub, SqliteScrub>();
    }

    private static void AddPostgres(IServiceCollection services)
    {
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton<IReadConnections>(s => s.GetRequiredService<PostgresConnections>());
        services.AddSingleton<IMoveRunner, PostgresMoveRunner>();
        services.AddSingleton<IPlatformDbSource, PostgresPlatformDbSource>();
        services.AddSingleton<IStorageScrub, PostgresScrub>();
    }
}
