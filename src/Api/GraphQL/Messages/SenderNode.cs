using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("Sender")]
[Requires(Permissions.MessagesRead)]
[Description("Whom a message names as its author. A claim until 'authentication' bears it out.")]
internal sealed class SenderNode(MessageRow row, string address)
{
    [Description("Address of the From header.")]
    public string Address => address;

    [Description("Display name of the From header. Hostile text.")]
    public string? Name => row.FromName;

    [Description("What stands behind the last '@'; null where there is none.")]
    public string? Domain => address.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..].ToLowerInvariant() : null;

    [Requires(Permissions.DirectoryRead)]
    [Description("The tenant's own mailbox of this address; null when it is nobody of the tenant.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] MailboxLoaders mailboxes) => mailboxes.Mailbox(row.TenantId, address.ToLowerInvariant());
}
