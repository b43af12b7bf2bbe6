using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;

namespace Platform.Api.GraphQL.Accounts;

[Named("SignedInAccount")]
[AnyClient]
[Description("The account of the person who is signed in.")]
internal sealed class SignedInAccountNode(SignInAccount account, Storage.Scopes.Scope scope)
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Account, account.Id);

    [Description("Mail address in lower case.")]
    public string Address => account.Address;

    [Description("Name for people.")]
    public string Name => account.Name;

    [Description("Language of its pages and mails: 'ja' or 'en'; null: as the browser asks.")]
    public string? Language => account.Language;

    [Description("What it may do now: that of its roles which the token was issued for.")]
    public IReadOnlyList<string> Permissions => [.. scope.Permissions.Where(scope.Allows).Order(StringComparer.Ordinal)];

    [Description("It sees what was delivered to its own mailbox and nothing else.")]
    public bool OwnMailboxOnly => !scope.IsWhole;
}
