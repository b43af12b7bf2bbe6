using GraphQL.Types;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Api.GraphQL.Lists;

internal sealed class ListActionEnum : EnumerationGraphType
{
    public ListActionEnum()
    {
        Name = "ListAction";
        Description = "Which of the two lists.";
        Add("ALLOW", ListAction.Allow, "The allow list: spam and bulk mail of a proven sender is delivered; attacks are not.");
        Add("BLOCK", ListAction.Block, "The block list: at least quarantined.");
    }
}

internal sealed class ListEntryKindEnum : EnumerationGraphType
{
    public ListEntryKindEnum()
    {
        Name = "ListEntryKind";
        Description = "What an entry names.";
        Add("ADDRESS", ListEntryKind.Address, "The mail address of a sender.");
        Add("DOMAIN", ListEntryKind.Domain, "The domain of a sender.");
        Add("HOST", ListEntryKind.Host, "The host of a link: a name or an IP address.");
        Add("URL", ListEntryKind.Url, "A link, without scheme and fragment.");
        Add("FILE", ListEntryKind.File, "The digest of a file: SHA-256, or to block it MD5 or SHA-1.");
        Add("NETWORK", ListEntryKind.Network, "The network whence a message came, CIDR.");
    }
}

internal sealed class ListOriginEnum : EnumerationGraphType
{
    public ListOriginEnum()
    {
        Name = "ListOrigin";
        Description = "Whose list it is.";
        Add("TENANT", ListOrigin.Tenant, "The tenant's own.");
        Add("MSP", ListOrigin.Msp, "That of the MSP, which all its tenants inherit.");
    }
}

/// <summary>What of a message's author is listed.</summary>
internal enum SenderPart
{
    Address,
    Domain,
}

internal sealed class SenderPartEnum : EnumerationGraphType
{
    public SenderPartEnum()
    {
        Name = "SenderPart";
        Description = "What of a message's author is listed.";
        Add("ADDRESS", SenderPart.Address, "The address.");
        Add("DOMAIN", SenderPart.Domain, "The domain, and what stands below it.");
    }
}
