using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Approvals;
using Platform.Api.GraphQL.Audit;
using Platform.Api.GraphQL.Connectors;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Groups;
using Platform.Api.GraphQL.Holds;
using Platform.Api.GraphQL.Imports;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.NextHops;
using Platform.Api.GraphQL.Onboarding;
using Platform.Api.GraphQL.Purges;
using Platform.Api.GraphQL.Push;
using Platform.Api.GraphQL.Quarantine;
using Platform.Api.GraphQL.Reports;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.SendRules;
using Platform.Api.GraphQL.SignIn;
using Platform.Api.GraphQL.Submission;
using Platform.Api.GraphQL.Support;
using Platform.Api.GraphQL.Templates;
using Platform.Api.GraphQL.TenantExports;
using Platform.Api.GraphQL.Whence;
using Platform.Storage.Lists;
using Platform.Storage.Model;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Nodes;

internal sealed class NodeQueries(IPlatformDbFactory databases, CallerContext caller, TenantLoaders tenants, IListReading lists, HoldQueries holds, IWebhookReading webhooks, ISyslogReading syslog)
{
    [AnyClient]
    [Description("Anything by its id; null when it is unknown, out of reach, or of a kind the client may not see.")]
    public async Task<INode?> Node([Id][Description("Id of the thing.")] string id, CancellationToken cancellationToken)
    {
        if (!GlobalId.TryRead(id, out var kind, out var key) || !caller.Current.Scope.Allows(PermissionFor(kind)))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return kind switch
        {
            NodeKind.Message => await Find(db.Messages, row => row.Id == key) is { } row ? new MessageNode(row) : null,
            NodeKind.Delivery => await Find(db.Deliveries, row => row.Id == key) is { } row ? new DeliveryNode(row) : null,
            NodeKind.Event => await Find(db.Events, row => row.Id == key) is { } row ? EventNode.Of(row) : null,
            NodeKind.Tenant => await tenants.FindAsync(key, cancellationToken),
            NodeKind.Domain => await Find(db.Domains, row => row.Id == key) is { } row ? new DomainNode(row) : null,
            NodeKind.DomainClaim => await Find(db.DomainClaims, row => row.Id == key) is { } row ? new DomainClaimNode(row) : null,
            NodeKind.LdapDirectory => await Find(db.LdapDirectories, row => row.Id == key) is { } row ? new LdapDirectoryNode(row) : null,
            NodeKind.FlowCheck => await Find(db.FlowChecks, row => row.Id == key) is { } row ? new FlowCheckNode(row) : null,
            NodeKind.Mailbox => await Find(db.Mailboxes, row => row.Id == key) is { } row ? new MailboxNode(row) : null,
            NodeKind.Import => await Find(db.Imports, row => row.Id == key) is { } row ? new ImportNode(row) : null,
            NodeKind.ListEntry => await lists.FindAsync(caller.Current.Scope, key, cancellationToken) is { } entry ? new ListEntryNode(entry) : null,
            NodeKind.WebhookEndpoint => await webhooks.FindAsync(caller.Current.Scope, key, cancellationToken) is { } view ? new WebhookEndpointNode(view) : null,
            NodeKind.WebhookDelivery => await webhooks.FindDeliveryAsync(caller.Current.Scope, key, cancellationToken) is { } row ? new WebhookDeliveryNode(row) : null,
            NodeKind.SyslogTarget => await syslog.FindAsync(caller.Current.Scope, key, cancellationToken) is { } target ? new SyslogTargetNode(target) : null,
            NodeKind.AuditEntry => await Find(db.Audit, row => row.Id == key) is { } row ? new AuditEntryNode(row) : null,
            NodeKind.ReleaseRequest => await Find(db.ReleaseRequests, row => row.Id == key) is { } row ? new ReleaseRequestNode(row) : null,
            NodeKind.MailboxSender => await Find(db.MailboxSenders, row => row.Id == key) is { } row ? new MailboxSenderNode(row) : null,
            NodeKind.Report => await Find(db.Reports, row => row.Id == key) is { } row ? new ReportNode(row) : null,
            NodeKind.Rule => await Find(db.Rules, row => row.Id == key) is { } row ? new RuleNode(row) : null,
            NodeKind.Purge => await Find(db.Purges, row => row.Id == key) is { } row ? new PurgeNode(row) : null,
            NodeKind.Hold => await holds.FindAsync(key, cancellationToken),
            NodeKind.TenantExport => await Find(db.TenantExports, row => row.Id == key) is { } row ? new TenantExportNode(row) : null,
            NodeKind.Account => await Find(db.Accounts, row => row.Id == key) is { } row ? new AccountNode(row) : null,
            NodeKind.SupportGrant => await Find(db.SupportGrants, row => row.Id == key) is { } row ? new SupportGrantNode(row) : null,
            NodeKind.RuleReplay => await Find(db.RuleReplays, row => row.Id == key) is { } row ? new RuleReplayNode(row) : null,
            NodeKind.PolicyTemplate => await Find(db.PolicyTemplates, row => row.Id == key) is { } row ? new TemplateNode(row) : null,
            NodeKind.SignInProvider => await Find(db.SignInProviders, row => row.Id == key) is { } row ? new SignInProviderNode(row) : null,
            NodeKind.ProvisioningKey => await Find(db.ProvisioningKeys, row => row.Id == key) is { } row ? new ProvisioningKeyNode(row) : null,
            NodeKind.AppPassword => await Find(db.AppPasswords, row => row.Id == key) is { } row ? new AppPasswordNode(row) : null,
            NodeKind.TransportPolicy => await Find(db.TransportPolicies, row => row.Id == key) is { } row ? new TransportPolicyNode(row) : null,
            NodeKind.TransportDestination => await Find(db.TransportDestinations, row => row.Id == key) is { } row ? new TransportResultNode(row) : null,
            NodeKind.DkimKey => await Find(db.DkimKeys, row => row.Id == key) is { } row ? new DkimKeyNode(row) : null,
            NodeKind.AccessRule => await Find(db.AccessRules, row => row.Id == key) is { } row ? new AccessRuleNode(row) : null,
            NodeKind.Connector => await Find(db.Connectors, row => row.Id == key) is { } row ? new ConnectorNode(row) : null,
            NodeKind.SendRule => await Find(db.SendRules, row => row.Id == key) is { } row ? new SendRuleNode(row) : null,
            NodeKind.ApprovalChain => await Find(db.ApprovalChains, row => row.Id == key) is { } row ? new ApprovalChainNode(row) : null,
            NodeKind.ApprovalDeputy => await Find(db.ApprovalDeputies, row => row.Id == key) is { } row ? new ApprovalDeputyNode(row) : null,
            NodeKind.Group => await Find(db.Groups, row => row.Id == key) is { } row ? new GroupNode(row) : null,
            _ => null,
        };

        Task<TRow?> Find<TRow>(DbSet<TRow> rows, System.Linq.Expressions.Expression<Func<TRow, bool>> match)
            where TRow : class => rows.AsNoTracking().SingleOrDefaultAsync(match, cancellationToken);
    }

    private static string PermissionFor(NodeKind kind) => kind switch
    {
        NodeKind.Message or NodeKind.Delivery or NodeKind.ReleaseRequest or NodeKind.MailboxSender or NodeKind.Report => Permissions.MessagesRead,
        NodeKind.Event => Permissions.EventsRead,
        NodeKind.Import => Permissions.Scan,
        NodeKind.ListEntry => Permissions.ListsRead,
        NodeKind.AuditEntry or NodeKind.Purge => Permissions.AuditRead,
        NodeKind.Hold => Permissions.HoldsRead,
        NodeKind.TenantExport => Permissions.TenantExport,
        NodeKind.Group => Permissions.GroupsRead,
        NodeKind.PolicyTemplate => Permissions.TemplatesRead,
        NodeKind.WebhookEndpoint or NodeKind.WebhookDelivery or NodeKind.SyslogTarget => Permissions.PushRead,
        NodeKind.Account or NodeKind.ApprovalDeputy => Permissions.AccountsRead,
        NodeKind.SignInProvider or NodeKind.ProvisioningKey => Permissions.SignInRead,
        NodeKind.AppPassword => Permissions.SubmissionRead,
        NodeKind.TransportPolicy or NodeKind.TransportDestination or NodeKind.DkimKey => Permissions.TransportRead,
        NodeKind.AccessRule => Permissions.AccessRulesRead,
        NodeKind.Connector => Permissions.ConnectorsRead,
        NodeKind.SupportGrant => Permissions.AccessGrant,
        NodeKind.Rule or NodeKind.RuleReplay or NodeKind.ApprovalChain or NodeKind.SendRule => Permissions.PolicyRead,
        _ => Permissions.DirectoryRead,
    };
}
