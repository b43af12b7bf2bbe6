using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Protection;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("Message")]
[Implements(typeof(INode))]
[Requires(Permissions.MessagesRead)]
[Description("One message of one tenant. Its state is the state of its deliveries.")]
internal sealed class MessageNode(MessageRow row) : INode
{
    /// <summary>The content is decrypted and read by a scanner process.</summary>
    private const double ContentImpact = 500;

    private readonly Lazy<Verdict?> _verdict = new(() => row.VerdictJson is null ? null : StoredJson.ReadVerdict(row.VerdictJson));

    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Message, row.Id);

    [Description("The Message-ID header without angle brackets; empty when absent, null before inspection.")]
    public string? MessageIdHeader => row.MessageIdHeader;

    [Description("Decoded subject; null before inspection, empty where all of the mail is protected.")]
    public string? Subject => row.Subject;

    [Complexity(ContentImpact)]
    [Description("Subject of a mail of which all is protected, for its sender and for those who may read content; null for other mail and others.")]
    public async Task<string?> ProtectedSubject([FromServices] IProtectedMails mails, [FromServices] CallerContext caller, CancellationToken cancellationToken) =>
        row is { Subject: "", SenderMailboxId: not null } or { Subject: "", Mode: IntakeMode.Submission } ? await mails.SubjectAsync(caller.Current.Scope, row.Id, cancellationToken) : null;

    [Description("When the platform took it in.")]
    public DateTimeOffset ReceivedAt => row.ReceivedAt;

    [Description("Which way it goes.")]
    public MailDirection Direction => row.Direction;

    [Description("How it came in.")]
    public IntakeMode Mode => row.Mode;

    [Description("What the inspection says; null before it is done.")]
    public VerdictKind? Verdict => row.Verdict;

    [Description("The leading kind of attack; null when there is none.")]
    public AttackType? AttackType => row.AttackType;

    [Description("0 to 100; null before inspection.")]
    public int? Score => row.Score;

    [Description("Address of the From header; null before inspection.")]
    public string? FromAddress => row.FromAddress;

    [Description("Display name of the From header; null before inspection.")]
    public string? FromName => row.FromName;

    [Description("Whom it names as its author; null before inspection, and where it names nobody.")]
    public SenderNode? Sender => row.FromAddress is { Length: > 0 } address ? new SenderNode(row, address) : null;

    [Description("Addresses of the To header.")]
    public IReadOnlyList<string> To => Facts.To;

    [Description("Addresses of the Cc header.")]
    public IReadOnlyList<string> Cc => Facts.Cc;

    [Description("Addresses of the Reply-To header.")]
    public IReadOnlyList<string> ReplyTo => Facts.ReplyTo;

    [Description("The Date header; null when absent or unreadable.")]
    public DateTimeOffset? Date => Facts.Date;

    [Description("Whence it came: the first hop before the tenant's own relays.")]
    public OriginNode Origin => new(row, _verdict.Value?.Origin);

    [Description("Who vouches for the sender; null before inspection, and for mail going out.")]
    public AuthenticationNode? Authentication => _verdict.Value?.Authentication is { } facts ? new AuthenticationNode(facts) : null;

    [Description("Why the verdict is what it is, weightiest first.")]
    public IReadOnlyList<ReasonNode> Reasons => [.. (_verdict.Value?.Reasons ?? []).OrderByDescending(reason => Math.Abs(reason.Weight)).Select(reason => new ReasonNode(reason))];

    [Description("What the inspection could not ask or read, in stable ids.")]
    public IReadOnlyList<string> NotAsked => _verdict.Value?.NotAsked ?? [];

    [Description("What scripts, macros and shortcuts in it would do, as their emulation showed; at most 100.")]
    public IReadOnlyList<BehaviourNode> Behaviours => [.. (_verdict.Value?.Behaviours ?? []).Select(seen => new BehaviourNode(seen))];

    [Requires(Permissions.MessagesContent)]
    [Description("Classes of personal data in subject, body and files, one each; empty before inspection. It says nothing of the verdict.")]
    public IReadOnlyList<PersonalDataNode> PersonalData([FromServices] CallerContext caller) =>
        [.. (_verdict.Value?.PersonalData ?? []).Select(finding => new PersonalDataNode(finding, isOpen: caller.Current.Scope.AllowsFor(row.TenantId, Permissions.MessagesContent)))];

    [Description("How antivirus, patterns, feeds and lists fared, one a source; empty where none is set up, and before inspection.")]
    public IReadOnlyList<SourceNode> Sources => [.. (_verdict.Value?.Sources ?? []).Select(source => new SourceNode(source))];

    [Description("The version of the engine that gave the verdict.")]
    public string? EngineVersion => _verdict.Value?.EngineVersion;

    [Description("Attachments, by their content.")]
    public IReadOnlyList<AttachmentNode> Attachments => [.. Facts.Attachments.Select(facts => new AttachmentNode(facts))];

    [Description("Links in the body. Hostile text: never to be followed.")]
    public IReadOnlyList<string> Links => Facts.Links;

    [Description("That it is worth a second look for what was found after it had arrived; null: nothing was.")]
    public RaisedRiskNode? RaisedRisk => row is { Risk: { } risk, RiskAt: { } at } ? new RaisedRiskNode(risk, at) : null;

    [Description("The SMTP envelope and connection.")]
    public EnvelopeNode Envelope => new(row);

    [Description("Size in bytes.")]
    public long Size => row.Size;

    [Description("SHA-256 of the original, lower-case hex.")]
    public string Sha256 => row.Sha256;

    [Description("One delivery for each recipient.")]
    public IDataLoaderResult<IReadOnlyList<DeliveryNode>> Deliveries([FromServices] MessageLoaders loaders) => loaders.DeliveriesOf(row.Id);

    [Requires(Permissions.EventsRead)]
    [Description("What happened to it, oldest first.")]
    public IDataLoaderResult<IReadOnlyList<EventNode>> History([FromServices] MessageLoaders loaders) => loaders.EventsOf(row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("The tenant it belongs to.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);

    [Requires(Permissions.MessagesContent)]
    [Complexity(ContentImpact)]
    [Description("The message made safe to show. Each look is on the audit log.")]
    public Task<PreviewNode> Preview([Description("Why it is opened, 3 to 500 characters. People always say it, API clients where the tenant wants it; the first of a request counts.")] string? reason, [FromServices] MessageLoaders loaders, CancellationToken cancellationToken) => loaders.PreviewOf(row.Id, QuarantineRights.Preview, reason, cancellationToken);

    [Requires(Permissions.MessagesContent)]
    [Complexity(ContentImpact)]
    [Description("Header fields in the order they stand.")]
    public async Task<IReadOnlyList<HeaderNode>> Headers([Description("Why it is opened, 3 to 500 characters. People always say it, API clients where the tenant wants it; the first of a request counts.")] string? reason, [FromServices] MessageLoaders loaders, CancellationToken cancellationToken) =>
        (await loaders.PreviewOf(row.Id, QuarantineRights.Headers, reason, cancellationToken)).Headers;

    [Requires(Permissions.MessagesContent)]
    [Complexity(ContentImpact)]
    [Description("The tree of parts, in document order.")]
    public async Task<IReadOnlyList<PartNode>> Structure([Description("Why it is opened, 3 to 500 characters. People always say it, API clients where the tenant wants it; the first of a request counts.")] string? reason, [FromServices] MessageLoaders loaders, CancellationToken cancellationToken) =>
        (await loaders.PreviewOf(row.Id, QuarantineRights.Headers, reason, cancellationToken)).Structure;

    [Requires(Permissions.MessagesContent)]
    [Description("Where the original can be downloaded with the same token; null once purged. Add '?format=zip' for an encrypted archive.")]
    public string? RawUrl => row.BodyKey is null ? null : $"/v1/messages/{Id}/raw";

    private MessageFacts Facts => _verdict.Value?.Facts ?? MessageFacts.Empty;
}
