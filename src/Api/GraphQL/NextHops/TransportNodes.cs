using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Transport;
using Platform.Storage.Scopes;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.NextHops;

[Named("TransportPolicy")]
[Implements(typeof(INode))]
[Requires(Permissions.TransportRead)]
[Description("A tenant's word on TLS towards one domain outside, or towards all; see docs/transport.md.")]
internal sealed class TransportPolicyNode(TransportPolicyRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.TransportPolicy, row.Id);

    [Id]
    [Description("The tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("The domain; null: all that have no word of their own.")]
    public string? Domain => row.Domain == TransportPolicyRow.AllDomains ? null : row.Domain;

    [Description("What must hold.")]
    public TransportTls Tls => row.Tls;

    [Description("When it was last set.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who set it.")]
    public string ChangedBy => row.ChangedBy;
}

[Named("TransportResult")]
[Implements(typeof(INode))]
[Requires(Permissions.TransportRead)]
[Description("A domain that mail was sent to, and how the way there was.")]
internal sealed class TransportResultNode(TransportDestinationRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.TransportDestination, row.Id);

    [Id]
    [Description("The tenant that sent.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("The domain.")]
    public string Domain => row.Domain;

    [Description("What held at the last try.")]
    public TransportPolicyKind Policy => row.Policy;

    [Description("Who asked for that.")]
    public TransportSource Source => row.Source;

    [Description("When a mail host was last reached.")]
    public DateTimeOffset? LastSuccessAt => row.LastSuccessAt;

    [Description("Which host that was.")]
    public string? LastSuccessHost => row.LastSuccessHost;

    [Description("Under which version of TLS; null: in the clear, or never.")]
    public string? LastTlsVersion => row.LastTlsVersion;

    [Description("Under which cipher suite, by its name at IANA.")]
    public string? LastCipher => row.LastCipher;

    [Description("When a try last failed before a host judged the mail.")]
    public DateTimeOffset? LastFailureAt => row.LastFailureAt;

    [Description("Which host that was.")]
    public string? LastFailureHost => row.LastFailureHost;

    [Description("What failed about TLS; null: it was something else, such as no connection.")]
    public TlsResult? LastFailureResult => row.LastFailureResult;

    [Description("What failed, in a sentence. Parts of it come from the other side.")]
    public string? LastFailureReason => row.LastFailureReason;

    [Description("Sessions of the last 62 days by how they went.")]
    public IDataLoaderResult<IReadOnlyList<TransportCount>> Counts([FromServices] TransportLoaders loaders) => loaders.Counts(row.TenantId, row.Domain);
}

[Requires(Permissions.TransportRead)]
[Description("Sessions that went alike.")]
internal sealed record TransportCount(
    [property: Description("How they went.")] TlsResult Result,
    [property: Description("How many.")] long Sessions);

[Named("DkimKey")]
[Implements(typeof(INode))]
[Requires(Permissions.TransportRead)]
[Description("A key by which mail of a domain is signed; see docs/transport.md. The private key never leaves the platform.")]
internal sealed class DkimKeyNode(DkimKeyRow row) : INode
{
    private readonly DkimKeyRow _row = row;

    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.DkimKey, _row.Id);

    [Id]
    [Description("The tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, _row.TenantId);

    [Description("The domain that signs.")]
    public string Domain => _row.Domain;

    [Description("Which of the domain's keys.")]
    public string Selector => _row.Selector;

    [Description("Its kind.")]
    public DkimKeyKind Kind => _row.Kind;

    [Description("Where it stands.")]
    public DkimKeyState State => _row.State;

    [Description("Name of the TXT record to publish.")]
    public string RecordName => Engine.Authentication.Dkim.DkimPublication.NameOf(_row.Selector, _row.Domain);

    [Description("Text of the record, in one piece.")]
    public string RecordText => Engine.Authentication.Dkim.DkimPublication.TextOf(DkimKeyKinds.TypeOf(_row.Kind), _row.PublicKey);

    [Description("The record as a line of a zone file.")]
    public string ZoneLine => Engine.Authentication.Dkim.DkimPublication.LineOf(_row.Selector, _row.Domain, RecordText);

    [Description("After so many days of signing another key is made; 0: only by hand.")]
    public int RotationDays => _row.RotationDays;

    [Description("When DNS was last asked for the record.")]
    public DateTimeOffset? CheckedAt => _row.CheckedAt;

    [Description("What was wrong then: 'record-missing', 'record-different', 'dns-silent' or 'key-unreadable' (the private key cannot be opened and signs nothing: make another); null: nothing.")]
    public string? Problem => _row.Problem;

    [Description("Since when it signs, or signed.")]
    public DateTimeOffset? ActiveAt => _row.ActiveAt;

    [Description("Since when it signs no more.")]
    public DateTimeOffset? RetiringAt => _row.RetiringAt;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => _row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => _row.CreatedBy;
}
