using System.Buffers.Text;
using Platform.Storage.Events;

namespace Platform.Api.Edge;

/// <summary>The kinds of things that have an id; the number is part of every id given out and never changes.</summary>
internal enum NodeKind : byte
{
    Message = OutwardId.Message,
    Delivery = OutwardId.Delivery,
    Event = OutwardId.Event,
    Tenant = OutwardId.Tenant,
    Domain = 5,
    Mailbox = 6,
    Import = 7,
    AuditEntry = 8,
    Msp = 9,
    ListEntry = 11,
    Rule = 12,
    RuleReplay = 13,
    Account = 20,
    Role = 21,
    SupportGrant = 22,
    Group = 23,
    PolicyTemplate = 24,
    WebhookEndpoint = 30,
    WebhookDelivery = 31,
    SyslogTarget = 32,
    Purge = 40,
    Hold = 41,
    TenantExport = 42,
    ContentRequest = 43,
    ReleaseRequest = 50,
    MailboxSender = 51,
    Report = 52,
    SignInProvider = 53,
    ProvisioningKey = 54,
    AppPassword = 55,
    TransportPolicy = 56,
    TransportDestination = 57,
    DkimKey = 58,
    AccessRule = 59,
    DomainClaim = 60,
    FlowCheck = 61,
    LdapDirectory = 62,
    Connector = 63,
    ApprovalChain = 70,
    ApprovalDeputy = 71,
    SendRule = 72,
}

/// <summary>
/// Ids as the outside sees them, the same on GraphQL, REST and the event feed: kind and UUID, 17 bytes as base64url. Opaque;
/// that they can be decoded is nobody's business, and whether the thing is in reach is asked of the scope, never of the id.
/// </summary>
internal static class GlobalId
{
    private const int Bytes = OutwardId.Bytes;

    /// <summary>Characters of an id.</summary>
    public const int Length = 23;

    public static string Of(NodeKind kind, Guid id) => OutwardId.Of((byte)kind, id);

    public static bool TryRead(string text, out NodeKind kind, out Guid id)
    {
        kind = default;
        id = default;
        Span<byte> bytes = stackalloc byte[Bytes + 1];
        if (text.Length != Length || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Bytes)
            return false;
        kind = (NodeKind)bytes[0];
        id = new Guid(bytes[1..Bytes], bigEndian: true);
        return Enum.IsDefined(kind) && Of(kind, id) == text;
    }

    /// <summary>The id within, or null when it is of another kind or malformed: to the caller just something unknown.</summary>
    public static Guid? Find(string text, NodeKind kind) => TryRead(text, out var found, out var id) && found == kind ? id : null;

    /// <exception cref="ApiException">Malformed or of another kind.</exception>
    public static Guid Read(string text, NodeKind kind, string field) =>
        Find(text, kind) ?? throw ApiException.BadInput(field, $"'{field}' is no id of a {kind.ToString().ToLowerInvariant()}.");
}
