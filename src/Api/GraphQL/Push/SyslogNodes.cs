using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

[Named("SyslogTarget")]
[Implements(typeof(INode))]
[Requires(Permissions.PushRead)]
[Description("A collector that takes events by syslog over TLS (RFC 5424, RFC 5425).")]
internal sealed class SyslogTargetNode(SyslogTargetView view) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.SyslogTarget, view.Row.Id);

    [Description("Host name or address.")]
    public string Host => view.Row.Host;

    [Description("TCP port.")]
    public int Port => view.Row.Port;

    [Description("How events are written.")]
    public SyslogFormat Format => view.Row.Format;

    [Description("Facility of the messages, 0 to 23 (RFC 5424, 6.2.1).")]
    public int Facility => view.Row.Facility;

    [Description("For people.")]
    public string Description => view.Row.Description;

    [Description("Kinds of events that it takes, or groups such as 'delivery.*'; empty: all.")]
    public IReadOnlyList<string> Kinds => EventKindFilter.Read(view.Row.Kinds).Entries;

    [Description("Certificates in PEM that alone are trusted; null: those of the system.")]
    public string? TrustedRoots => view.Row.TrustedRoots;

    [Description("We sign in with a client certificate.")]
    public bool HasClientCertificate => view.Row.ClientCertificate is not null;

    [Description("Whether events are sent.")]
    public SyslogState State => view.Row.State;

    [Description("Whose events it takes.")]
    public PushOrigin Origin => view.Row.OfMsp ? PushOrigin.Msp : PushOrigin.Tenant;

    [Description("Events, of whatever kind, that are not known to have arrived. What was written in the last 20 seconds is among them.")]
    public long Behind => view.Behind;

    [Description("Since when the connection stands; null while it does not.")]
    public DateTimeOffset? ConnectedSince => view.Row.ConnectedSince;

    [Description("Connections in a row that failed.")]
    public int Failures => view.Row.Failures;

    [Description("What went wrong last.")]
    public string? LastError => view.Row.LastError;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => view.Row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => view.Row.CreatedBy;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => view.Row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => view.Row.ChangedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose events it takes; null for a target of an MSP.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(view.Row.OwnerId, cancellationToken);
}

internal sealed class SyslogFormatEnum : EnumerationGraphType
{
    public SyslogFormatEnum()
    {
        Name = "SyslogFormat";
        Description = "How an event is written.";
        Add("JSON", SyslogFormat.Json, "The JSON of the event feed.");
        Add("CEF", SyslogFormat.Cef, "ArcSight Common Event Format, version 0.");
        Add("LEEF", SyslogFormat.Leef, "IBM QRadar Log Event Extended Format, version 2.0, fields separated by tabs.");
        Add("ECS", SyslogFormat.Ecs, "JSON by the names of the Elastic Common Schema.");
    }
}

internal sealed class SyslogStateEnum : EnumerationGraphType
{
    public SyslogStateEnum()
    {
        Name = "SyslogState";
        Description = "Whether events are sent to a collector.";
        Add("ENABLED", SyslogState.Enabled, "They are.");
        Add("DISABLED", SyslogState.Disabled, "They wait.");
    }
}
